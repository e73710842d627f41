"""Own the shape of the committee's forms; what may be recorded is decided by the rules."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from app.committee.sentences import ENDING_NAMES
from app.committee.services.record_term import TermFacts
from app.committee.types import MemberRow, Office, TermRow

_DAY = _l("请选日期，例如 2027-06-30。")


class TermForm(FlaskForm):
    """Ask what a term is."""

    number = IntegerField(_l("第几届"), [InputRequired(_l("请填写。")), NumberRange(1, 99, _l("请填 1 到 99 的数。"))])
    starts_on = DateField(_l("任期从"), [InputRequired(_DAY)])
    ends_on = DateField(_l("任期到（最后一天）"), [InputRequired(_DAY)])
    seats = IntegerField(_l("委员名额"), [InputRequired(_l("请填写。")), NumberRange(1, 30, _l("请填 1 到 30 的数。"))])
    filed_on = DateField(_l("备案日期（没有可不填）"), [Optional()])
    filing_number = StringField(_l("备案编号（没有可不填）"), [Length(max=60, message=_l("最多 60 个字。"))])

    def facts(self) -> TermFacts:
        """Return the typed values of a valid form."""
        number, starts_on, ends_on, seats = self.number.data, self.starts_on.data, self.ends_on.data, self.seats.data
        if number is None or starts_on is None or ends_on is None or seats is None:
            raise ValueError("the form was not validated")
        return TermFacts(
            number=number,
            starts_on=starts_on,
            ends_on=ends_on,
            seats=seats,
            filed_on=self.filed_on.data,
            filing_number=self.filing_number.data or "",
        )


class NewTermForm(TermForm):
    """Ask also who belongs to it, as a list to paste."""

    members = TextAreaField(_l("委员名单"), [DataRequired(_l("请填写。")), Length(max=2000, message=_l("最多 2000 个字。"))])


class DayForm(FlaskForm):
    """Ask for the day of an act."""

    on = DateField(_l("日期"), [InputRequired(_DAY)])

    def day(self) -> date:
        """Return the day of a valid form."""
        if self.on.data is None:
            raise ValueError("the form was not validated")
        return self.on.data


class EndForm(DayForm):
    """Ask why and when a membership ended, with the paper that proves it."""

    reason = RadioField(_l("离任原因"), [InputRequired(_l("请选一项。"))])
    on = DateField(_l("从哪天起不再任职"), [InputRequired(_DAY)])
    note = StringField(_l("说明（可不填，不公开）"), [Length(max=200, message=_l("最多 200 个字。"))])
    evidence = FileField(_l("证明材料（辞职书、决定等，PDF 或照片，可不传，不公开）"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.choices = [SelectChoice(ending.value, name) for ending, name in ENDING_NAMES.items()]


class OfficesForm(FlaskForm):
    """Ask who chairs the committee and who stands in."""

    chair = SelectField(_l("主任"), coerce=int)
    vice_chair = SelectField(_l("副主任"), coerce=int)

    @property
    def vice_chair_ids(self) -> tuple[int, ...]:
        """Return the chosen vice-chair, or nobody."""
        return (self.vice_chair.data,) if self.vice_chair.data else ()


def offices_form(term: TermRow, *, typed: bool) -> OfficesForm:
    """Return the form of the offices with the members in office, as typed or with what is kept."""
    kept = {row.office: row.id for row in term.serving}
    data = {"chair": kept.get(Office.CHAIR, 0), "vice_chair": kept.get(Office.VICE_CHAIR, 0)}
    form = OfficesForm() if typed else OfficesForm(formdata=None, data=data)
    choices = [SelectChoice(row.id, member_label(row)) for row in term.serving]
    form.chair.choices = [SelectChoice(0, _l("请选")), *choices]
    form.vice_chair.choices = [SelectChoice(0, _l("不设")), *choices]
    return form


def member_label(row: MemberRow) -> str:
    """Name a person as lists do, ``赵文娟（3栋）``."""
    return f"{row.name}（{row.building}）" if row.building else row.name
