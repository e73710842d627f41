"""Own the strip that the home page of a complex shows of each running procedure."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from app.procedure import labels
from app.procedure.plan import Plan, plan_of
from app.procedure.queries import running_dossiers
from app.procedure.stages import public_stages
from app.tenancy.types import ComplexRow
from app.web.clock import now


@dataclass(frozen=True, slots=True)
class Strip:
    """Hold one running procedure at a glance."""

    title: str
    #: (state, word) of each stage, at most seven.
    stages: tuple[tuple[str, str], ...]
    url: str


def procedure_strips(place: ComplexRow) -> list[Strip]:
    """Return the strip of every procedure that runs in the complex of the page."""
    at = now()
    return [_strip(place, plan_of(dossier, at)) for dossier in running_dossiers()]


def _strip(place: ComplexRow, plan: Plan) -> Strip:
    procedure = plan.dossier.procedure
    stages = tuple((stage.state, labels.stage_of(stage.key, procedure.kind)) for stage in public_stages(plan))
    return Strip(procedure.title, stages, url_for("procedure.show_timeline", complex=place.slug, code=procedure.code))
