"""Own the shape of the forms of the preparation; what may happen is decided by the rules and the services."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, ValidationError

from app.procedure.eligibility import Declared, Finding, Requirement
from app.procedure.forms import at_most, uploaded
from app.procedure.group_list import BELONGS_LIMIT, NAME_LIMIT
from app.procedure.nominating import INTRODUCTION_LIMIT
from app.procedure.preparation_sentences import (
    DECLARED_NAMES,
    FINDING_NAMES,
    PROPOSED_BY_NAMES,
    REQUIREMENT_NAMES,
    SIDE_NAMES,
)
from app.procedure.services.answer_objection import ANSWER_LIMIT
from app.procedure.services.decide_nomination import REASON_LIMIT
from app.procedure.services.nominate_candidate import Candidacy
from app.procedure.services.receive_objection import TEXT_LIMIT
from app.procedure.services.save_group import MemberChange
from app.procedure.types import Side

_TYPED = _l("请填写。")
_CHOSEN = _l("请选一项。")
_PHOTO = _l("请拍一张照片，或选一张。")
#: A pasted list of thirty people.
_LIST_LIMIT = 3000
_DOOR_LIMIT = 40


def _declared(item: Declared, *, required: bool) -> SelectField:
    return SelectField(
        DECLARED_NAMES[item],
        [InputRequired(_CHOSEN)] if required else [],
        choices=[SelectChoice("", "—"), SelectChoice("no", _l("没有")), SelectChoice("yes", _l("有"))],
    )


class GroupListForm(FlaskForm):
    """Ask for members, one a line."""

    members = TextAreaField(_l("名单，一行一位：姓名，门牌或单位"), [DataRequired(_TYPED), at_most(_LIST_LIMIT)])


class MemberForm(FlaskForm):
    """Ask what a row of the group's list should become."""

    name = StringField(_l("姓名"), [DataRequired(_TYPED), at_most(NAME_LIMIT)])
    side = SelectField(_l("代表哪一方"), choices=[SelectChoice(side.value, name) for side, name in SIDE_NAMES.items()])
    belongs_to = StringField(_l("业主写门牌，其他人写单位"), [DataRequired(_TYPED), at_most(BELONGS_LIMIT)])
    is_head = BooleanField(_l("担任组长"))

    def change(self) -> MemberChange:
        """Return the typed values."""
        return MemberChange(self.name.data or "", Side(self.side.data), self.belongs_to.data or "", bool(self.is_head.data))


class PostingForm(FlaskForm):
    """Ask where a paper hangs and for the photo of it."""

    place = SelectField(_l("贴在哪里"))
    photo = FileField(_l("拍一张贴好的样子"))

    def validate_photo(self, field: Any) -> None:
        """Ask for a file; what is in it the store finds out."""
        require_file(field, _PHOTO)


class DeclarationForm(FlaskForm):
    """Ask for what a candidate declares; every part may be left open until the check."""

    arrears = _declared(Declared.ARREARS, required=False)
    illegal_building = _declared(Declared.ILLEGAL_BUILDING, required=False)
    company_ties = _declared(Declared.COMPANY_TIES, required=False)

    def declaration(self) -> dict[str, str]:
        """Return what was declared; what was left open is left out."""
        return {item.value: self[item.value].data for item in Declared if self[item.value].data}


class RecordNominationForm(DeclarationForm):
    """Ask for a proposal that came on paper."""

    name = StringField(_l("姓名"), [DataRequired(_TYPED), at_most(NAME_LIMIT)])
    door = StringField(_l("门牌"), [DataRequired(_TYPED), at_most(_DOOR_LIMIT)])
    proposed_by = SelectField(
        _l("怎么来的"), choices=[SelectChoice(key, PROPOSED_BY_NAMES[key]) for key in ("owners", "self", "community")]
    )
    introduction = TextAreaField(_l("简介（最多 50 个字）"), [at_most(INTRODUCTION_LIMIT)])
    photo = FileField(_l("照片"))

    def candidacy(self) -> Candidacy:
        """Return the typed values; reading the file."""
        return Candidacy(self.introduction.data or "", uploaded(self.photo), self.declaration())


class CompleteNominationForm(FlaskForm):
    """Ask for the words and the picture of somebody who was proposed."""

    introduction = TextAreaField(_l("简介（最多 50 个字）"), [at_most(INTRODUCTION_LIMIT)])
    photo = FileField(_l("照片"))


def _requirement(item: Requirement) -> SelectField:
    named = [SelectChoice(finding.value, name) for finding, name in FINDING_NAMES.items()]
    return SelectField(REQUIREMENT_NAMES[item], choices=[SelectChoice("", "—"), *named])


class CheckForm(DeclarationForm):
    """Ask what was found of a proposed person, requirement by requirement."""

    consent = _requirement(Requirement.CONSENT)
    capacity = _requirement(Requirement.CAPACITY)
    law_abiding = _requirement(Requirement.LAW_ABIDING)
    keeps_rules = _requirement(Requirement.KEEPS_RULES)
    public_spirited = _requirement(Requirement.PUBLIC_SPIRITED)
    able = _requirement(Requirement.ABLE)
    has_time = _requirement(Requirement.HAS_TIME)
    reason = TextAreaField(_l("不符合的，写明原因"), [at_most(REASON_LIMIT)])
    evidence = FileField(_l("审查材料（可以不交）"))

    def checks(self, *, all_met: bool) -> dict[str, str]:
        """Return what was found; ``all_met`` answers what was left open with met."""
        open_answer = Finding.MET.value if all_met else ""
        return {item.value: self[item.value].data or open_answer for item in Requirement}


class TakeOffForm(FlaskForm):
    """Ask why somebody leaves the list."""

    reason = StringField(_l("为什么移出名单"), [DataRequired(_TYPED), at_most(REASON_LIMIT)])


class ObjectionForm(FlaskForm):
    """Ask to what is objected and why; the choices are those open today."""

    about = RadioField(_l("对什么有异议"), [InputRequired(_CHOSEN)])
    subject = SelectField(_l("针对哪一位（不针对某个人就不选）"), validate_choice=False)
    text = TextAreaField(_l("您的异议和理由"), [DataRequired(_TYPED), at_most(TEXT_LIMIT)])


class AnswerForm(FlaskForm):
    """Ask for the answer to an objection."""

    verdict = RadioField(
        _l("结论"),
        [InputRequired(_CHOSEN)],
        choices=[SelectChoice("upheld", _l("采纳")), SelectChoice("refused", _l("不采纳"))],
    )
    answer = TextAreaField(_l("答复（所有业主都能看到，不要写姓名、电话）"), [DataRequired(_TYPED), at_most(ANSWER_LIMIT)])


class DraftsForm(FlaskForm):
    """Ask whether the rules and the covenant change, and for the new texts."""

    rules = RadioField(_l("议事规则"), [InputRequired(_CHOSEN)])
    rules_file = FileField(_l("议事规则草案（PDF 或照片）"))
    covenant = RadioField(_l("管理规约"), [InputRequired(_CHOSEN)])
    covenant_file = FileField(_l("管理规约草案（PDF 或照片）"))

    def __init__(self, *args: Any, must_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [] if must_draft else [SelectChoice("unchanged", _l("不修改，沿用现在的"))]
        for field in (self.rules, self.covenant):
            field.choices = [*kept, SelectChoice("drafted", _l("有草案，交业主大会表决"))]
            if must_draft and not field.data:
                field.data = "drafted"


class SelfNominationForm(FlaskForm):
    """Ask an owner who wants to stand for everything that will be posted of him."""

    unit_code = RadioField(_l("以哪套房的业主身份"), [InputRequired(_CHOSEN)])
    introduction = TextAreaField(_l("介绍自己（最多 50 个字）"), [DataRequired(_TYPED), at_most(INTRODUCTION_LIMIT)])
    photo = FileField(_l("照片"))
    arrears = _declared(Declared.ARREARS, required=True)
    illegal_building = _declared(Declared.ILLEGAL_BUILDING, required=True)
    company_ties = _declared(Declared.COMPANY_TIES, required=True)
    agrees = BooleanField(
        _l("我愿意参选，同意公示我的姓名、楼栋、照片、简介和上面的声明"), [InputRequired(_l("要同意公示才能参选。"))]
    )

    def validate_photo(self, field: Any) -> None:
        """Ask for a file."""
        require_file(field, _PHOTO)

    def candidacy(self) -> Candidacy:
        """Return the typed values; reading the file."""
        declared = {item.value: self[item.value].data for item in Declared}
        return Candidacy(self.introduction.data or "", uploaded(self.photo), declared)


class NeighbourForm(FlaskForm):
    """Ask an owner whom he proposes."""

    name = StringField(_l("他的姓名"), [DataRequired(_TYPED), at_most(NAME_LIMIT)])
    door = StringField(_l("他的门牌"), [DataRequired(_TYPED), at_most(_DOOR_LIMIT)])
    introduction = TextAreaField(_l("为什么推荐他（最多 50 个字）"), [at_most(INTRODUCTION_LIMIT)])


def require_file(field: Any, sentence: Any) -> None:
    """Refuse a file field in which nothing was chosen."""
    if field.data is None or not getattr(field.data, "filename", ""):
        raise ValidationError(str(sentence))
