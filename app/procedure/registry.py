"""Own which template and which builder an open step is shown with, put together from the owners of the steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.procedure import panels_committee, panels_core, panels_preparation, panels_vote
from app.procedure.panels import Panel
from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow

_OWNERS = (panels_core, panels_preparation, panels_vote, panels_committee)

#: Step to the builder of its inside.
PANELS: dict[str, Panel] = {key: panel for owner in _OWNERS for key, panel in owner.PANELS.items()}
#: Step to the short words of its proof.
PROOFS: dict[str, Callable[[Dossier], str]] = {key: proof for owner in _OWNERS for key, proof in owner.PROOFS.items()}


def template_of(key: str) -> str:
    """Return the template of a step's inside; steps without one of their own share the form that records a fact."""
    return f"procedure/steps/{key}.html" if key in PANELS else "procedure/steps/_fact.html"


def inside_of(place: ComplexRow, dossier: Dossier, key: str, today: date) -> dict[str, Any]:
    """Build the values a step's template needs."""
    panel = PANELS.get(key)
    return panels_core.fact_panel(key, today) if panel is None else panel(place, dossier, today)


def proof_of(dossier: Dossier, key: str) -> str:
    """Return the short words of a done step's proof: its owner's, else the note of the fact."""
    if key in PROOFS:
        return PROOFS[key](dossier)
    fact = dossier.facts.get(key)
    return fact.note if fact is not None else ""
