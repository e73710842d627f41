"""Own the shape of the set-up forms; what may be announced is decided by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateTimeLocalField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from app.elections.readiness import INTRODUCTION_LIMIT, TITLE_LIMIT
from app.elections.sentences import KIND_NAMES, PARTY_NAMES
from app.elections.services.save_draft import Basics
from app.elections.services.save_matter import SUMMARY_LIMIT, MatterText
from app.elections.services.withdraw_election import REASON_LIMIT
from app.elections.types import ElectionKind, Party
from app.statute.matters import matter_types
from app.statute.rule_pack import Matter
from app.values.clock import CHINA
from app.web.filters import current_lang

_TYPED = _l("请填写。")
_MOMENT = "%Y-%m-%dT%H:%M"


class MomentField(DateTimeLocalField):
    """Ask for a day and a minute in China's one time zone; what was typed wrongly stays in the field."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the browser's value, which has no zone."""
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = datetime.strptime(valuelist[0][:16], _MOMENT).replace(tzinfo=CHINA)
        except ValueError as problem:
            self.data = None
            raise ValueError(str(_l("请选日期和时间，例如 2027-05-22 09:00。"))) from problem


def _lines(limit: int) -> Length:
    return Length(max=limit, message=_l("最多 %(max)d 个字。"))


class BasicsForm(FlaskForm):
    """Ask what the vote is, and when."""

    kind = SelectField(_l("这是什么投票"), choices=[SelectChoice(kind, KIND_NAMES[kind]) for kind in ElectionKind])
    title = StringField(_l("投票的名称"), [DataRequired(_TYPED), _lines(TITLE_LIMIT)])
    opens_at = MomentField(_l("开始投票"), [InputRequired(_l("请选日期和时间，例如 2027-05-22 09:00。"))], format=[_MOMENT])
    closes_at = MomentField(_l("截止投票"), [InputRequired(_l("请选日期和时间，例如 2027-05-22 09:00。"))], format=[_MOMENT])

    def validate_closes_at(self, field: Any) -> None:
        """Refuse a window that ends before it begins; its length is checked by the rules."""
        if self.opens_at.data and field.data and field.data <= self.opens_at.data:
            raise ValidationError(str(_l("截止时间要晚于开始时间。")))

    def basics(self) -> Basics:
        """Return the typed values."""
        opens_at, closes_at = self.opens_at.data, self.closes_at.data
        if opens_at is None or closes_at is None:
            raise ValueError("the form was not validated")
        return Basics(ElectionKind(self.kind.data), self.title.data or "", opens_at, closes_at)


class NewMatterForm(FlaskForm):
    """Ask for the kind of a matter to add from its template."""

    kind = SelectField(_l("加一个表决事项"), coerce=Matter)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = current_lang()
        self.kind.choices = [
            SelectChoice(kind.value, f"{law.item}. {law.name.say(lang)}") for kind, law in matter_types().items()
        ]


class MatterForm(FlaskForm):
    """Ask for the words of a matter."""

    title = StringField(_l("题目"), [DataRequired(_TYPED), _lines(TITLE_LIMIT)])
    summary = TextAreaField(_l("说明"), [_lines(SUMMARY_LIMIT)])

    def text(self) -> MatterText:
        """Return the typed values."""
        return MatterText(self.title.data or "", self.summary.data or "")


class ElectMatterForm(MatterForm):
    """Ask for the words and the seats of an election."""

    seats = IntegerField(_l("选几位"), [InputRequired(_TYPED), NumberRange(1, 30, _l("请填 1 到 30 的数。"))])

    def text(self) -> MatterText:
        """Return the typed values."""
        return MatterText(self.title.data or "", self.summary.data or "", self.seats.data)


class CandidateForm(FlaskForm):
    """Ask what is published of a candidate."""

    name = StringField(_l("姓名"), [DataRequired(_TYPED), _lines(20)])
    building = StringField(_l("楼栋"), [_lines(20)])
    introduction = TextAreaField(_l("简介（最多 50 个字）"), [_lines(INTRODUCTION_LIMIT)])
    photo = FileField(_l("照片"))


class MaterialForm(FlaskForm):
    """Ask for a paper of a matter."""

    title = StringField(_l("材料名称"), [DataRequired(_TYPED), _lines(TITLE_LIMIT)])
    file = FileField(_l("文件（PDF 或照片）"))


class ScopeForm(FlaskForm):
    """Ask which buildings decide; nothing chosen is the whole complex."""

    buildings = SelectMultipleField(_l("只由这几栋的业主表决"))

    def __init__(self, known: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.buildings.choices = [SelectChoice(building, building) for building in known]


class TrusteesForm(FlaskForm):
    """Ask for one trustee of each side."""

    operator = SelectField(PARTY_NAMES[Party.OPERATOR], coerce=int)
    supervisor = SelectField(PARTY_NAMES[Party.SUPERVISOR], coerce=int)
    group = SelectField(PARTY_NAMES[Party.GROUP], coerce=int)


class WithdrawForm(FlaskForm):
    """Ask why an election is withdrawn."""

    reason = TextAreaField(_l("为什么撤回（业主都能看到）"), [DataRequired(_TYPED), _lines(REASON_LIMIT)])
