"""Own what the open steps show that have no owner of their own: the form that records any step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.procedure.forms import FactForm
from app.procedure.panels import Panel
from app.procedure.types import Dossier


def fact_form(step: str) -> FactForm:
    """Return the form that records a step, with what was typed into it; several may stand on one page."""
    return FactForm(prefix=f"{step}-")


def fact_panel(step: str, today: date) -> dict[str, Any]:
    """Return the form that records a step, filled with today."""
    return {"form": FactForm(formdata=None, prefix=f"{step}-", done_on=today)}


#: Step to the builder of what its inside shows.
PANELS: dict[str, Panel] = {}

#: Step to the short words of its proof, shown once it is done.
PROOFS: dict[str, Callable[[Dossier], str]] = {}
