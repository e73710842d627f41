"""Own the form of what keeps a step from being done; the rules themselves stand beside the steps they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from app.procedure.types import Dossier


@dataclass(frozen=True, slots=True)
class Blocker:
    """Hold one thing that keeps a step from being done, or only deserves a warning."""

    #: Name of the sentence in ``sentences``.
    code: str
    #: Values the sentence needs.
    values: Mapping[str, str | int] = field(default_factory=dict)
    #: A warning does not stop the step.
    is_warning: bool = False
    #: Only the street may let the step pass, with a reason and a name; false where the law leaves no room.
    may_override: bool = True


#: Says what keeps a step from being done on a day.
Rule = Callable[[Dossier, date], Iterable[Blocker]]
