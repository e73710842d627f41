"""Own the menus: which entries a person sees, by role and by the complex of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.permissions import Permission as P
from app.web.gate import Place


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """Hold one entry of a menu."""

    key: str
    label: str
    url: str
    count: int = 0


def menus(actor: Actor, place: Place | None) -> dict[str, Any]:
    """Return the menus and fixed addresses of a page."""
    signed_in = actor.is_signed_in
    return {
        "owner_menu": _owner_menu(actor, place) if place else [],
        "desk_menu": _desk_menu(actor, place),
        "public_menu": _public_menu(actor, place),
        "sign_out_url": url_for("identity.sign_out") if signed_in else None,
        "account_url": url_for("identity.account") if signed_in else None,
        "rules_url": _rules_url(place),
        "roles_url": url_for("tenancy.roles") if "tenancy.roles" in current_app.view_functions else None,
        "demo_url": url_for("demo.show_tools") if "demo.show_tools" in current_app.view_functions else None,
    }


def _rules_url(place: Place | None) -> str | None:
    """Return where the rules in force stand: the complex's own page, or every value with its source."""
    endpoint = "rulebook.show_rules" if place else "rulebook.show_all_rules"
    arguments: dict[str, Any] = {"complex": place.slug} if place else {}
    return url_for(endpoint, **arguments) if endpoint in current_app.view_functions else None


def _owner_menu(actor: Actor, place: Place) -> list[MenuEntry]:
    own = P.BALLOT_READ_OWN in actor.permissions
    entries = [
        ("home", _("首页"), "elections.show_complex"),
        ("vote", _("投票"), "elections.list_votes"),
    ]
    if own or not actor.is_staff:
        entries.append(("me", _("我的票"), "ballots.my_ballot" if own else "roll.start_claim"))
    return _existing(entries, place)


def _desk_menu(actor: Actor, place: Place | None) -> list[MenuEntry]:
    entries = [("places", _("我的小区"), "identity.desk")]
    above = [
        ("overview", _("预警"), "procedure.show_overview", P.PROCEDURE_READ),
        ("district", _("全区情况"), "ballots.show_district", P.DISTRICT_READ),
        ("platform_accounts", _("工作账号"), "identity.list_accounts", P.PLATFORM_MANAGE),
        ("platform_places", _("地方"), "tenancy.list_places", P.PLATFORM_MANAGE),
    ]
    entries += [(key, label, endpoint) for key, label, endpoint, permission in above if actor.may(permission)]
    menu = _existing(entries, None)
    if place is None:
        return menu
    wanted = [
        ("today", _("今天"), "procedure.show_desk", P.COMPLEX_READ),
        ("roll", _("小区与名册"), "roll.show_roll", P.ROLL_READ),
        ("committee", _("业委会"), "committee.show_record", P.PROCEDURE_READ),
        ("rules", _("议事规则"), "rulebook.list_changes", P.PROCEDURE_READ),
        ("procedures", _("一次换届/表决"), "procedure.list_procedures", P.PROCEDURE_READ),
        ("votes", _("投票"), "elections.list_elections", P.ELECTION_READ),
        ("record", _("公开记录"), "board.show_record", P.PUBLIC_READ),
    ]
    allowed = [(key, label, endpoint) for key, label, endpoint, permission in wanted if actor.may(permission)]
    return menu + _existing(allowed, place)


def _public_menu(actor: Actor, place: Place | None) -> list[MenuEntry]:
    if place is not None:
        entries = [
            ("home", _("首页"), "elections.show_complex"),
            ("votes", _("投票"), "elections.list_votes"),
            ("committee", _("业委会"), "committee.show_committee"),
            ("record", _("公开记录"), "board.show_record"),
            ("receipts", _("查回执"), "ballots.find_receipt"),
        ]
        return _existing(entries, place)
    entries = [("home", _("小区"), "tenancy.home")]
    if actor.is_staff:
        entries.append(("desk", _("工作台"), "identity.desk"))
    elif not actor.is_signed_in:
        entries.append(("sign_in", _("登录"), "identity.sign_in"))
    return _existing(entries, None)


def _existing(entries: list[tuple[str, str, str]], place: Place | None) -> list[MenuEntry]:
    arguments: dict[str, Any] = {"complex": place.slug} if place else {}
    return [
        MenuEntry(key, label, url_for(endpoint, **arguments))
        for key, label, endpoint in entries
        if endpoint in current_app.view_functions
    ]
