"""Own what the open steps of the committee's changes and of the owners' own proposals show."""

from __future__ import annotations

from collections.abc import Callable

from app.procedure.panels import Panel
from app.procedure.types import Dossier

#: Step to the builder of what its inside shows.
PANELS: dict[str, Panel] = {}

#: Step to the short words of its proof, shown once it is done.
PROOFS: dict[str, Callable[[Dossier], str]] = {}
