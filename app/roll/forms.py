"""Own the shape of the roll's forms; what counts as a match or a clean file is decided elsewhere."""

from __future__ import annotations

import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError


class UploadForm(FlaskForm):
    """Ask for a roll file."""

    file = FileField(_l("名册文件"), [FileRequired(_l("请先选一个文件。"))])


class ConfirmForm(FlaskForm):
    """Ask who the developer is, and for the yes to what was understood."""

    # Whether the answer was offered is decided by the service, which reads the file again.
    developer = RadioField(
        _l("哪一家是开发商？"), [InputRequired(_l("请选一项；都不是，就选“没有开发商”。"))], validate_choice=False
    )
    seen = BooleanField(_l("“请确认”里的每一条我都看过了"))

    def require_seen(self) -> bool:
        """Say whether the questions were ticked off; the reason for a no stands beside the box."""
        if not self.seen.data:
            self.seen.errors = [str(_l("请先看完“请确认”里的内容，再在这里打勾。"))]
        return bool(self.seen.data)


class ClaimForm(FlaskForm):
    """Ask for the name and the last six of the document, and for consent, separately."""

    name = StringField(_l("姓名"), [DataRequired(_l("请输入姓名。")), Length(max=80)])
    tail = StringField(_l("证件号后六位"), [DataRequired(_l("请输入证件号的最后 6 位。")), Length(max=40)])
    agreed = BooleanField(_l("我同意这样使用我的信息"), [DataRequired(_l("要先同意，才能核对。"))])

    def validate_tail(self, field: Any) -> None:
        """Refuse what cannot be the end of a document number; what was typed stays in the field."""
        text = "".join(unicodedata.normalize("NFKC", field.data or "").split())
        if len(text) < 6 or not all(char.isalnum() or char in "×✕" for char in text):
            raise ValidationError(str(_l("应是证件号的最后 6 位，数字或字母，X 也算一位。")))
