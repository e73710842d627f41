"""Own the shape of the forms of the own rules; what a clause may say is decided by the statute."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from app.rulebook.sentences import BASIS_NAMES
from app.rulebook.services.propose_change import Clause
from app.rulebook.services.withdraw_change import REASON_LIMIT
from app.rulebook.types import DocumentRow
from app.statute.own_rules import PAGE_LIMIT, Basis
from app.statute.policies import Policy, policy_registry
from app.web.filters import current_lang

_FILL = _l("请填写。")


class ClauseForm(FlaskForm):
    """Ask where a clause stands; the value is a field of each kind."""

    basis = RadioField(_l("写在哪里"), [InputRequired(_l("请选一项。"))])
    page = IntegerField(_l("第几页"), [InputRequired(_FILL), NumberRange(1, PAGE_LIMIT, _l("请填页码，例如 7。"))])
    sentence = TextAreaField(_l("原文这一句，照抄"), [DataRequired(_FILL)])
    document = SelectField(_l("原件"), coerce=int)
    file = FileField(_l("或上传新的原件（PDF 或照片，会公开）"))

    def clause(self, key: str) -> Clause:
        """Return what was typed in a valid form."""
        file = self.file.data
        upload = (file.filename, file.read()) if file and file.filename else None
        return Clause(
            key=key,
            value=str(self["value"].data or "").strip(),
            basis=Basis(self.basis.data),
            page=self.page.data or 0,
            sentence=self.sentence.data or "",
            file_id=self.document.data or None,
            upload=upload,
        )


class PolicyClauseForm(ClauseForm):
    """Ask which way of a policy the rules choose."""

    value = RadioField(_l("规定"), [InputRequired(_l("请选一项。"))])


class PeriodClauseForm(ClauseForm):
    """Ask for the number of days or months the rules fix."""

    value = StringField(_l("规定"), [DataRequired(_FILL), Length(max=3, message=_l("请填整数。"))])


class WithdrawalForm(FlaskForm):
    """Ask why a clause is withdrawn."""

    reason = StringField(
        _l("为什么撤回（公开）"), [DataRequired(_FILL), Length(max=REASON_LIMIT, message=_l("最多 200 个字。"))]
    )


def clause_form(key: str, documents: Sequence[DocumentRow], *, first_assembly_held: bool, typed: bool) -> ClauseForm:
    """Return the form of one value, with what was typed in this request or empty."""
    policy = policy_registry().get(key)
    shape = PeriodClauseForm if policy is None else PolicyClauseForm
    usual = Basis.RULES if first_assembly_held else Basis.VOTING_RULES
    latest = documents[0].file_id if documents else 0
    form = shape() if typed else shape(formdata=None, data={"basis": usual.value, "document": latest})
    form.basis.choices = [SelectChoice(basis.value, name) for basis, name in BASIS_NAMES.items()]
    stored = [SelectChoice(document.file_id, document.name) for document in documents]
    form.document.choices = [*stored, SelectChoice(0, _l("没有，只有纸质的"))]
    if policy is not None:
        form["value"].choices = _choices(policy)
    return form


def _choices(policy: Policy) -> list[SelectChoice]:
    lang = current_lang()
    return [
        SelectChoice(choice.value, choice.wording.say(lang) + (str(_l("（默认）")) if choice.value == policy.default else ""))
        for choice in policy.values
    ]
