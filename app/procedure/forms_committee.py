"""Own the shape of the forms of the committee's changes, petitions and proposals; the rules decide what is accepted."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, MultipleFileField
from wtforms import RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired

from app.elections.readiness import TITLE_LIMIT
from app.elections.services.save_matter import SUMMARY_LIMIT
from app.procedure.forms import DayField, at_most, uploaded
from app.procedure.petitioning import STATEMENT_LIMIT
from app.procedure.services.record_petition import Petition
from app.procedure.services.record_proposal import Proposal
from app.procedure.types import Dossier, ProcedureKind
from app.statute.matters import matter_types
from app.statute.rule_pack import Matter

_DAY = _l("请选日期，例如 2027-05-22。")
_TYPED = _l("请填写。")
_LINES_LIMIT = 60_000


class DayForm(FlaskForm):
    """Ask for the day of an act."""

    on = DayField(_l("日期"), [InputRequired(_DAY)])

    def day(self) -> date:
        """Return the day of a valid form."""
        return cast(date, self.on.data)


class PetitionForm(DayForm):
    """Ask who petitions, why, and for the signed paper."""

    by = RadioField(_l("谁提议"), [InputRequired(_l("请选一项。"))])
    members = SelectMultipleField(_l("提议的委员"))
    reasons = TextAreaField(_l("理由（和公告一起公布）"), [DataRequired(_TYPED), at_most(STATEMENT_LIMIT)])
    paper = FileField(_l("提议书（PDF 或照片，可以不传，不公开）"))

    def petition(self) -> Petition:
        """Return the typed values."""
        by_members = self.by.data == "members"
        members = tuple(int(value) for value in self.members.data or ()) if by_members else ()
        return Petition(self.day(), self.reasons.data or "", members, by_members, uploaded(self.paper))


class SignaturesForm(FlaskForm):
    """Ask for a list of doors that signed."""

    lines = TextAreaField(_l("签名的门牌"), [DataRequired(_TYPED), at_most(_LINES_LIMIT)])


class PetitionCheckForm(DayForm):
    """Ask who answers for the comparison with the roll."""

    checked_by = StringField(_l("核对人（单位和姓名）"), [DataRequired(_TYPED), at_most(60)])


class ReplyForm(DayForm):
    """Ask for the reply of the member concerned."""

    text = TextAreaField(_l("答复（和理由一起公布）"), [DataRequired(_TYPED), at_most(STATEMENT_LIMIT)])
    paper = FileField(_l("答复原件（PDF 或照片，可以不传，不公开）"))


class ProposalForm(DayForm):
    """Ask what is to be decided, with its papers."""

    title = StringField(_l("题目（印在选票上）"), [DataRequired(_TYPED), at_most(TITLE_LIMIT)])
    summary = TextAreaField(_l("说明：做什么、花多少钱、谁出钱"), [DataRequired(_TYPED), at_most(SUMMARY_LIMIT)])
    papers = MultipleFileField(_l("方案、报价等材料（PDF 或照片，公开）"))

    def proposal(self) -> Proposal:
        """Return the typed values; a paper is called by the name of its file."""
        files = [file for file in self.papers.data or () if file and file.filename]
        papers = [(str(file.filename).rsplit(".", 1)[0][:TITLE_LIMIT] or "材料", file.read()) for file in files]
        return Proposal(self.title.data or "", self.summary.data or "", self.day(), papers)


def petition_form(dossier: Dossier, today: date | None = None) -> PetitionForm:
    """Return the form of a petition, with what was typed in this request unless a day is given to begin with."""
    form = PetitionForm(prefix="petition-") if today is None else PetitionForm(formdata=None, prefix="petition-", on=today)
    form.by.choices = [SelectChoice("owners", _l("业主联名"))]
    if dossier.procedure.kind is ProcedureKind.RECALL:
        form.by.choices.append(SelectChoice("members", _l("委员联名")))
    serving = dossier.term.serving if dossier.term is not None else ()
    form.members.choices = [SelectChoice(str(row.id), row.name) for row in serving]
    return form


def signatures_form(*, typed: bool = False) -> SignaturesForm:
    """Return the form of a pasted list of doors."""
    return SignaturesForm(prefix="signatures-") if typed else SignaturesForm(formdata=None, prefix="signatures-")


def check_form(today: date | None = None) -> PetitionCheckForm:
    """Return the form that confirms the comparison with the roll."""
    prefix = "check-"
    return PetitionCheckForm(prefix=prefix) if today is None else PetitionCheckForm(formdata=None, prefix=prefix, on=today)


def reply_form(today: date | None = None) -> ReplyForm:
    """Return the form of the reply."""
    return ReplyForm(prefix="answer-") if today is None else ReplyForm(formdata=None, prefix="answer-", on=today)


def proposal_form(dossier: Dossier, today: date | None = None) -> ProposalForm:
    """Return the form of a proposal; it begins with the template of its matter."""
    if today is None:
        return ProposalForm(prefix="plan-")
    kept: dict[str, Any] = {"on": today}
    if dossier.procedure.matter:
        template = matter_types(dossier.procedure.rule_pack)[Matter(dossier.procedure.matter)]
        kept |= {"title": template.template_title.zh, "summary": template.template_summary.zh}
    return ProposalForm(formdata=None, prefix="plan-", data=kept)


def leaver_form(member_id: int, today: date | None = None) -> DayForm:
    """Return the form in which a leaver's hand-over is recorded."""
    prefix = f"leaver{member_id}-"
    return DayForm(prefix=prefix) if today is None else DayForm(formdata=None, prefix=prefix, on=today)
