"""Own the shape of the forms that every step and the procedure as a whole use; the rules decide what is accepted."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Length

TEXT_LIMIT = 500
_TOO_LONG = _l("最多 %(max)d 个字。")
_DAY = _l("请选日期，例如 2027-05-22。")


class DayField(DateField):
    """Ask for a day; what was typed wrongly stays in the field."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the browser's value."""
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = date.fromisoformat(valuelist[0].strip())
        except ValueError as problem:
            self.data = None
            raise ValueError(str(_DAY)) from problem


class FactForm(FlaskForm):
    """Ask when a step was done, what is to be said of it, and for the paper that proves it."""

    done_on = DayField(_l("完成的日期"), [InputRequired(_DAY)])
    note = TextAreaField(_l("说明（可以不写）"), [Length(max=TEXT_LIMIT, message=_TOO_LONG)])
    file = FileField(_l("证明材料（PDF 或照片，可以不传）"))


def uploaded(field: Any) -> bytes | None:
    """Return the bytes of an upload field; None where nothing was chosen."""
    file = field.data
    return file.read() if file and file.filename else None
