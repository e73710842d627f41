"""Own the sentences of the committee's changes and of the owners' own proposals: what blocks a step and the way out, and refusals."""

from __future__ import annotations

from flask_babel import LazyString

#: Code of a blocker to its sentence with the way out; placeholders as in its values.
BLOCKER_SENTENCES: dict[str, LazyString] = {}

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {}
