"""Own what the one set-up page shows: every small form with what is kept, and what is still missing.

Each part of the page is a form of its own, so that it works without scripts; only the one that failed keeps what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from flask import render_template
from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.elections.forms import (
    BasicsForm,
    CandidateForm,
    ElectMatterForm,
    MaterialForm,
    MatterForm,
    NewMatterForm,
    ScopeForm,
    TrusteesForm,
)
from app.elections.queries import draft_problems, trustee_choices
from app.elections.readiness import implements, may_announce
from app.elections.sentences import PARTY_NAMES, say_problem
from app.elections.types import CandidateRow, ElectionRow, MatterRow, Party, TrusteeChoice
from app.roll.queries import roll_buildings
from app.statute.policies import policy_registry
from app.tenancy.types import ComplexRow
from app.values.clock import CHINA

_Form = TypeVar("_Form", bound=FlaskForm)


@dataclass(frozen=True)
class MatterForms:
    """Hold the forms of one matter."""

    row: MatterRow
    form: MatterForm
    new_candidate: CandidateForm
    material: MaterialForm
    candidates: list[tuple[CandidateRow, CandidateForm]] = field(default_factory=list)


def setup_page(
    election: ElectionRow, place: ComplexRow, now: datetime, failed: FlaskForm | None = None, refusal: str = ""
) -> str:
    """Render the set-up page of a draft; ``failed`` is the form that was just refused, ``refusal`` why a part of it was."""
    problems = draft_problems(election, now)
    choices = trustee_choices(place)
    return render_template(
        "elections/edit_election.html",
        election=election,
        basics=_chosen(failed, basics_form(election)),
        new_matter=_chosen(failed, NewMatterForm(formdata=None, prefix="new-")),
        matters=[_matter_forms(matter, failed) for matter in election.matters],
        scope=_chosen(failed, scope_form(election)),
        policies=list(policy_registry().values()),
        implements=implements,
        trustees=_chosen(failed, trustees_form(election, choices)),
        lonely=[PARTY_NAMES[party] for party in Party if all(choice.party is not party for choice in choices)],
        problems=problems,
        say_problem=say_problem,
        ready=may_announce(problems),
        failed=failed,
        refusal=refusal,
    )


def basics_form(election: ElectionRow | None) -> BasicsForm:
    """Return the form of the basics with what is kept."""
    if election is None:
        return BasicsForm(formdata=None)
    kept = {
        "kind": election.kind.value,
        "title": election.title,
        "opens_at": election.opens_at.astimezone(CHINA),
        "closes_at": election.closes_at.astimezone(CHINA),
    }
    return BasicsForm(formdata=None, data=kept)


def matter_form(matter: MatterRow, *, typed: bool = False) -> MatterForm:
    """Return the form of a matter, with what was typed in this request or with what is kept."""
    shape = ElectMatterForm if matter.elects else MatterForm
    prefix = f"m{matter.id}-"
    if typed:
        return shape(prefix=prefix)
    kept = {"title": matter.title, "summary": matter.summary, "seats": matter.seats}
    return shape(formdata=None, prefix=prefix, data=kept)


def candidate_form(candidate: CandidateRow, *, typed: bool = False) -> CandidateForm:
    """Return the form of a candidate, with what was typed in this request or with what is kept."""
    prefix = f"c{candidate.id}-"
    if typed:
        return CandidateForm(prefix=prefix)
    kept = {"name": candidate.name, "building": candidate.building, "introduction": candidate.introduction}
    return CandidateForm(formdata=None, prefix=prefix, data=kept)


def new_candidate_form(matter_id: int, *, typed: bool = False) -> CandidateForm:
    """Return the form that adds a candidate to a matter."""
    prefix = f"n{matter_id}-"
    return CandidateForm(prefix=prefix) if typed else CandidateForm(formdata=None, prefix=prefix)


def material_form(matter_id: int, *, typed: bool = False) -> MaterialForm:
    """Return the form that adds a paper to a matter."""
    prefix = f"p{matter_id}-"
    return MaterialForm(prefix=prefix) if typed else MaterialForm(formdata=None, prefix=prefix)


def trustees_form(election: ElectionRow, choices: list[TrusteeChoice], *, typed: bool = False) -> TrusteesForm:
    """Return the form of the trustees, one list for each side."""
    kept = {trustee.party.value: trustee.account_id for trustee in election.trustees}
    form = TrusteesForm(prefix="t-") if typed else TrusteesForm(formdata=None, prefix="t-", data=kept)
    for party in Party:
        of_party = [
            SelectChoice(choice.account_id, f"{choice.organisation}　{choice.name}")
            for choice in choices
            if choice.party is party
        ]
        form[party.value].choices = [SelectChoice(0, "—"), *of_party]
    return form


def scope_form(election: ElectionRow, *, typed: bool = False) -> ScopeForm:
    """Return the form of the buildings that decide, those of the live roll."""
    known = roll_buildings()
    if typed:
        return ScopeForm(known, prefix="s-")
    return ScopeForm(known, formdata=None, prefix="s-", data={"buildings": list(election.scope)})


def _matter_forms(matter: MatterRow, failed: FlaskForm | None) -> MatterForms:
    return MatterForms(
        row=matter,
        form=_chosen(failed, matter_form(matter)),
        new_candidate=_chosen(failed, new_candidate_form(matter.id)),
        material=_chosen(failed, material_form(matter.id)),
        candidates=[(candidate, _chosen(failed, candidate_form(candidate))) for candidate in matter.candidates],
    )


def _chosen(failed: FlaskForm | None, kept: _Form) -> _Form:
    """Return the refused form in the place of the kept one that it is."""
    same = failed is not None and type(failed) is type(kept) and failed._prefix == kept._prefix
    return failed if same else kept  # type: ignore[return-value]
