"""Own how owners are named on screens: persons masked, companies in full, the unnamed by what they are."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from app.web.filters import mask_name


def owner_name(kind: str, name: str) -> str:
    """Name one owner for a list: 王*芳, 江城商贸有限公司, 开发商."""
    if not name:
        return str(_("开发商") if kind == "developer" else _("业主不详"))
    return name if kind in ("organisation", "developer") else mask_name(name)


def owner_names(owners: Iterable[tuple[str, str]]) -> list[str]:
    """Name the owners of a unit."""
    return [owner_name(kind, name) for kind, name in owners]
