"""Own the form for a new place; what may stand there is decided by the service."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Length

from app.access.roles import Scope
from app.tenancy.labels import SCOPE_NAMES
from app.tenancy.queries import all_places

#: Kind of a new place to the kind of place above it.
PARENTS = {Scope.STREET: Scope.DISTRICT, Scope.COMMUNITY: Scope.STREET, Scope.COMPLEX: Scope.COMMUNITY}
#: Kinds that may be added.
KINDS = (Scope.DISTRICT, *PARENTS)


class DistrictForm(FlaskForm):
    """Ask for a name."""

    name = StringField(_l("名称"), [DataRequired(_l("请输入名称。")), Length(max=60, message=_l("最多 60 个字。"))])


class StreetForm(DistrictForm):
    """Ask for the place above and a name."""

    parent = SelectField(_l("属于"), coerce=int, validate_choice=True)


class CommunityForm(StreetForm):
    """Ask also for the help line."""

    help_phone = StringField(
        _l("服务电话"), [DataRequired(_l("请输入服务电话，业主页面上要用。")), Length(max=40, message=_l("最多 40 个字。"))]
    )


class ComplexForm(StreetForm):
    """Ask also for the name in addresses and the address."""

    slug = StringField(_l("网址里的名字"), [DataRequired(_l("请输入网址里的名字。"))])
    address = StringField(_l("地址"), [Length(max=200, message=_l("最多 200 个字。"))])


def place_form(kind: Scope) -> Any:
    """Return the form for a kind of place, with the places it may belong to."""
    forms: dict[Scope, Any] = {
        Scope.DISTRICT: DistrictForm,
        Scope.STREET: StreetForm,
        Scope.COMMUNITY: CommunityForm,
        Scope.COMPLEX: ComplexForm,
    }
    form = forms[kind]()
    if kind in PARENTS:
        form.parent.label.text = SCOPE_NAMES[PARENTS[kind]]
        rows = [row for row in all_places() if row.scope is PARENTS[kind]]
        form.parent.choices = [SelectChoice(row.id, " · ".join((*row.above, row.name))) for row in rows]
    return form
