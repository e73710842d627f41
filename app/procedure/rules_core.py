"""Own what keeps every step from being done: an order of the street to stop. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.procedure.blocking import Blocker, Rule
from app.procedure.types import Dossier, ProcedureState


def _stopped(dossier: Dossier, today: date) -> Iterator[Blocker]:
    if dossier.procedure.state is ProcedureState.STOPPED:
        yield Blocker("procedure_stopped", may_override=False)


#: Rules of every step.
EVERYWHERE: tuple[Rule, ...] = (_stopped,)

#: Rules of single steps.
RULES: dict[str, tuple[Rule, ...]] = {}
