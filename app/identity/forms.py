"""Own the shape of the sign-in forms; who is right is decided by the services."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, Length, Regexp, ValidationError

from app.identity.phones import NotAPhone, normalise_phone


class PhoneForm(FlaskForm):
    """Ask for the telephone number."""

    phone = StringField(_l("手机号"), [DataRequired(_l("请输入手机号。"))])

    def validate_phone(self, field: Any) -> None:
        """Refuse what is not a mobile number; what was typed stays in the field."""
        try:
            normalise_phone(field.data)
        except NotAPhone as problem:
            raise ValidationError(str(_l("手机号应是 11 位数字，请看看有没有输错。"))) from problem


class CodeForm(FlaskForm):
    """Ask for the digits of the text message or of the authenticator."""

    code = StringField(
        _l("短信里的数字"),
        [DataRequired(_l("请输入收到的 6 位数字。")), Regexp(r"\s*\d{6}\s*$", message=_l("应是 6 位数字。"))],
    )


class StaffForm(FlaskForm):
    """Ask for the name and password of staff."""

    login_name = StringField(_l("登录名"), [DataRequired(_l("请输入登录名。")), Length(max=60)])
    password = PasswordField(_l("密码"), [DataRequired(_l("请输入密码。")), Length(max=200)])


class SecondFactorForm(FlaskForm):
    """Ask for the code of the authenticator."""

    code = StringField(
        _l("动态数字"),
        [DataRequired(_l("请输入手机上显示的 6 位数字。")), Regexp(r"\s*\d{6}\s*$", message=_l("应是 6 位数字。"))],
    )


class NewStaffForm(FlaskForm):
    """Ask who the new member of staff is."""

    login_name = StringField(
        _l("登录名"),
        [
            DataRequired(_l("请输入登录名。")),
            Regexp(r"\s*[A-Za-z0-9][A-Za-z0-9._-]{1,59}\s*$", message=_l("只能用字母、数字、点和短横线，2 到 60 个。")),
        ],
    )
    name = StringField(_l("姓名"), [DataRequired(_l("请输入姓名。")), Length(max=40, message=_l("最多 40 个字。"))])
    organisation = StringField(_l("单位"), [DataRequired(_l("请输入单位。")), Length(max=80, message=_l("最多 80 个字。"))])


class GrantForm(FlaskForm):
    """Ask for a role and the place it is held in; the place is written ``scope:id``."""

    role = SelectField(_l("身份"), [DataRequired(_l("请选身份。"))])
    place = SelectField(_l("在哪里"), [DataRequired(_l("请选地方。"))])
