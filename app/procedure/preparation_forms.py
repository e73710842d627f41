"""Own the forms of the preparation as its pages hold them: with what is kept, or with what was typed in this request.

Several forms stand on one page, so each has its prefix, by which the one that was refused is found again.
"""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.procedure.forms_preparation import (
    AnswerForm,
    CheckForm,
    CompleteNominationForm,
    DraftsForm,
    GroupListForm,
    MemberForm,
    ObjectionForm,
    PostingForm,
    RecordNominationForm,
    TakeOffForm,
)
from app.procedure.nominating import candidate_label, eligible
from app.procedure.objecting import open_windows
from app.procedure.preparation_errors import ObjectionNotDue
from app.procedure.preparation_queries import posting_places
from app.procedure.preparation_sentences import ABOUT_NAMES
from app.procedure.types import Dossier, GroupMemberRow, NominationRow, ProcedureKind

_Form = TypeVar("_Form", bound=FlaskForm)


def chosen(failed: FlaskForm | None, kept: _Form) -> _Form:
    """Return the refused form in the place of the kept one that it is."""
    same = failed is not None and type(failed) is type(kept) and failed._prefix == kept._prefix
    return failed if same else kept  # type: ignore[return-value]


def group_list_form(*, typed: bool = False) -> GroupListForm:
    """Return the form of a pasted list."""
    return GroupListForm(prefix="list-") if typed else GroupListForm(formdata=None, prefix="list-")


def record_form(*, typed: bool = False) -> RecordNominationForm:
    """Return the form of a proposal on paper."""
    return RecordNominationForm(prefix="paper-") if typed else RecordNominationForm(formdata=None, prefix="paper-")


def member_form(row: GroupMemberRow, *, typed: bool = False) -> MemberForm:
    """Return the form of a member, with what was typed in this request or with what is kept."""
    prefix = f"m{row.id}-"
    if typed:
        return MemberForm(prefix=prefix)
    kept = {"name": row.name, "side": row.side.value, "belongs_to": row.belongs_to, "is_head": row.is_head}
    return MemberForm(formdata=None, prefix=prefix, data=kept)


def complete_form(row: NominationRow, *, typed: bool = False) -> CompleteNominationForm:
    """Return the form of a candidate's words and picture."""
    prefix = f"c{row.id}-"
    if typed:
        return CompleteNominationForm(prefix=prefix)
    return CompleteNominationForm(formdata=None, prefix=prefix, data={"introduction": row.introduction})


def check_form(row: NominationRow, *, typed: bool = False) -> CheckForm:
    """Return the form of a candidate's check."""
    prefix = f"k{row.id}-"
    if typed:
        return CheckForm(prefix=prefix)
    return CheckForm(formdata=None, prefix=prefix, data={**row.checks, **row.declaration, "reason": row.reason})


def take_off_form(nomination_id: int, *, typed: bool = False) -> TakeOffForm:
    """Return the form by which somebody leaves the list."""
    prefix = f"o{nomination_id}-"
    return TakeOffForm(prefix=prefix) if typed else TakeOffForm(formdata=None, prefix=prefix)


def answer_form(number: int, *, typed: bool = False) -> AnswerForm:
    """Return the form of the answer to an objection."""
    prefix = f"a{number}-"
    return AnswerForm(prefix=prefix) if typed else AnswerForm(formdata=None, prefix=prefix)


def drafts_form(dossier: Dossier, *, typed: bool = False) -> DraftsForm:
    """Return the form of the drafts; a first election has no texts it could keep."""
    must_draft = dossier.procedure.kind is ProcedureKind.FIRST_ELECTION
    if typed:
        return DraftsForm(prefix="drafts-", must_draft=must_draft)
    return DraftsForm(formdata=None, prefix="drafts-", must_draft=must_draft)


def posting_form(paper: str, *, typed: bool = False) -> PostingForm:
    """Return the form of a paper's posting with the places of the complex."""
    prefix = f"{paper}-"
    form = PostingForm(prefix=prefix) if typed else PostingForm(formdata=None, prefix=prefix)
    form.place.choices = [SelectChoice(where, where) for where in posting_places()]
    return form


def objection_form(dossier: Dossier, today: date, about: str = "", *, typed: bool = False) -> ObjectionForm:
    """Return the form of an objection; one thing alone, where ``about`` is given, is chosen already.

    Raises: ObjectionNotDue for something that is never objected to.
    """
    if about and about not in ABOUT_NAMES:
        raise ObjectionNotDue(about=about)
    prefix = f"{about or 'new'}-"
    abouts = [about] if about else [window.about for window in open_windows(dossier, today)]
    kept = {"about": abouts[0]} if len(abouts) == 1 else {}
    form = ObjectionForm(prefix=prefix) if typed else ObjectionForm(formdata=None, prefix=prefix, data=kept)
    form.about.choices = [SelectChoice(each, ABOUT_NAMES[each]) for each in abouts]
    people = [candidate_label(row.name, row.unit_code) for row in eligible(dossier)] if "candidates" in abouts else []
    form.subject.choices = [SelectChoice("", "—"), *(SelectChoice(name, name) for name in people)]
    return form
