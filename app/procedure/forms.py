"""Own the shape of the forms that every step and the procedure as a whole use; the rules decide what is accepted."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.procedure.beginning import TITLE_LIMIT, Beginning
from app.procedure.types import ProcedureKind
from app.statute.rule_pack import Matter

TEXT_LIMIT = 500
_TOO_LONG = _l("最多 %(max)d 个字。")
_TYPED = _l("请填写。")
_REASON = _l("原因（所有人都能看到，不要写个人信息）")
_DAY = _l("请选日期，例如 2027-05-22。")
_SEATS = _l("请填人数，例如 5。")
_DAYS = _l("请填 1 至 99 之间的数。")
#: Years that can be meant; the calendar itself ends soon after the last year a browser lets people type.
_YEARS = range(2000, 2100)


def at_most(limit: int) -> Length:
    """Return the validator of a text's length in characters."""
    return Length(max=limit, message=_TOO_LONG)


class DayField(DateField):
    """Ask for a day of this century; what was typed wrongly stays in the field."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the browser's value."""
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError as problem:
            self.data = None
            raise ValueError(str(_DAY)) from problem
        if self.data.year not in _YEARS:
            self.data = None
            raise ValueError(str(_DAY))


class NumberField(IntegerField):
    """Ask for a whole number; what was typed wrongly stays in the field, and ``example`` says what is meant."""

    def __init__(self, label: Any, validators: list[Any], *, example: Any, **kwargs: Any) -> None:
        super().__init__(label, validators, **kwargs)
        self._example = example

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the browser's value."""
        try:
            super().process_formdata(valuelist)
        except ValueError as problem:
            raise ValueError(str(self._example)) from problem


class FactForm(FlaskForm):
    """Ask when a step was done, what is to be said of it, and for the paper that proves it."""

    done_on = DayField(_l("完成的日期"), [InputRequired(_DAY)])
    note = TextAreaField(_l("说明（可以不写）"), [at_most(TEXT_LIMIT)])
    file = FileField(_l("证明材料（PDF 或照片，可以不传）"))


def uploaded(field: Any) -> bytes | None:
    """Return the bytes of an upload field; None where nothing was chosen."""
    file = field.data
    return file.read() if file and file.filename else None


class BeginForm(FlaskForm):
    """Ask what a procedure needs beyond the record; each kind shows only its own fields."""

    seats = NumberField(_l("新一届业委会的委员人数"), [Optional(), NumberRange(min=1, message=_SEATS)], example=_SEATS)
    member_id = SelectField(_l("要罢免的委员"), [Optional()], coerce=int, validate_choice=False)
    matter = SelectField(_l("要表决的事项"), [Optional()], validate_choice=False)
    title = StringField(_l("这次表决的名称"), [at_most(TITLE_LIMIT)])
    scope = SelectMultipleField(_l("由哪些楼栋表决（不选就是全小区）"), validate_choice=False)

    def beginning(self, kind: ProcedureKind) -> Beginning:
        """Return what was asked for."""
        decides = kind in (ProcedureKind.DECISION, ProcedureKind.EXTRAORDINARY)
        elects_all = kind in (ProcedureKind.FIRST_ELECTION, ProcedureKind.RENEWAL)
        return Beginning(
            kind=kind,
            seats=self.seats.data if elects_all else None,
            member_id=self.member_id.data if kind is ProcedureKind.RECALL else None,
            matter=Matter(self.matter.data) if decides and self.matter.data in set(Matter) else None,
            scope=tuple(self.scope.data or ()) if decides else (),
            title=self.title.data or "" if decides else "",
        )


class DateForm(FlaskForm):
    """Ask for the day of a step; empty goes back to the computed day."""

    on = DayField(_l("改到哪一天"), [Optional()])


class DaysForm(FlaskForm):
    """Ask for a number of days; empty goes back to the default."""

    days = NumberField(_l("天数"), [Optional(), NumberRange(min=1, max=99, message=_DAYS)], example=_DAYS)


class OrderForm(FlaskForm):
    """Ask the street for the reason of an order, who answers for it and where it was given."""

    reason = TextAreaField(_REASON, [InputRequired(_TYPED), at_most(TEXT_LIMIT)])
    signed_by = StringField(_l("负责人的姓名和职务"), [InputRequired(_TYPED), at_most(40)])
    place = StringField(_l("在哪里作出的决定"), [InputRequired(_TYPED), at_most(40)])
    file = FileField(_l("书面决定（PDF 或照片，可以不传）"))


class ReasonForm(FlaskForm):
    """Ask why a procedure is given up."""

    reason = TextAreaField(_REASON, [InputRequired(_TYPED), at_most(TEXT_LIMIT)])
