"""Own the stages that show a procedure at a glance: squares in the overview of the street, a strip for the public. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from app.procedure.plan import Plan, PlanStep

#: Stage to its steps, in order: one square each.
STAGES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "report": frozenset({"application", "alarm", "report", "vacancy", "petition", "petition_check", "reply", "proposal"}),
        "group": frozenset({"group_formed", "group_posted"}),
        "roll": frozenset({"roll", "drafts"}),
        "candidates": frozenset({"candidates"}),
        "notice": frozenset({"notice", "trustees"}),
        "voting": frozenset({"voting_opens", "voting_closes"}),
        "count": frozenset({"preliminary"}),
        "result": frozenset({"objections_close", "certified", "decision_posted", "first_meeting"}),
        "filing": frozenset({"vacancy_filing", "filing", "seals"}),
        "handover": frozenset({"member_handover", "handover"}),
    }
)
#: Stages that the public sees as one.
_PUBLIC = (
    ("report",),
    ("group",),
    ("roll",),
    ("candidates",),
    ("notice", "voting"),
    ("count",),
    ("result", "filing", "handover"),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Hold one stage with its state."""

    key: str
    #: ``done``, ``now``, ``late``, ``query`` where objections wait, ``next``; empty where the procedure has no such stage.
    state: str
    #: Day of its last step; None where it is not known.
    on: date | None = None
    #: Whether the day is the last one by which it should be done.
    is_by: bool = False


def stages_of(plan: Plan) -> tuple[Stage, ...]:
    """Return the state of every stage."""
    return tuple(_stage(plan, key, STAGES[key]) for key in STAGES)


def public_stages(plan: Plan) -> tuple[Stage, ...]:
    """Return the stages that the public strip shows, at most seven; those without a step are left out."""
    found = (_stage(plan, keys[0], frozenset().union(*(STAGES[key] for key in keys))) for keys in _PUBLIC)
    return tuple(stage for stage in found if stage.state)


def _stage(plan: Plan, key: str, keys: frozenset[str]) -> Stage:
    steps = [step for step in plan.steps if step.key in keys]
    if not steps:
        return Stage(key, "")
    last = steps[-1]
    return Stage(key, _state(plan, steps), last.shown_on, last.is_by and not last.is_done)


def _state(plan: Plan, steps: list[PlanStep]) -> str:
    if all(step.is_done for step in steps):
        return "done"
    if any(step.is_late for step in steps):
        return "late"
    waiting = [step for step in steps if step.is_open and not step.is_done]
    if any(blocker.code.startswith("objections_open") for step in waiting for blocker in step.blockers):
        return "query"
    return "now" if waiting and plan.dossier.procedure.is_running else "next"
