"""Own the administrator's pages of staff accounts: the list, a new account, its roles, disabling."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.access.roles import Role, Scope
from app.db.session import rollback
from app.errors import NotFound
from app.identity.forms import GrantForm, NewStaffForm
from app.identity.login import signed_in_account
from app.identity.queries import staff_account, staff_accounts
from app.identity.services.create_staff import LoginNameTaken, create_staff
from app.identity.services.disable_account import disable_account, enable_account
from app.identity.services.grant_role import PropertyCompanyBarred, RoleNotHeldThere, grant_role
from app.identity.services.take_back_role import take_back_role
from app.identity.types import HeldRole, StaffRow
from app.tenancy.labels import ROLE_NAMES, SCOPE_NAMES
from app.tenancy.queries import all_places
from app.web.clock import now
from app.web.errors import sentence_of
from app.web.pagination import page_of

#: Roles an administrator gives; that of an owner comes from the roll.
_GIVEN = tuple(role for role in Role if role not in (Role.OWNER, Role.PUBLIC))


def list_accounts() -> str:
    """List the staff accounts with their roles, with a search by name, sign-in name and organisation."""
    wanted = request.args.get("q", "").strip()
    rows = [row for row in staff_accounts() if any(wanted in text for text in _texts(row))]
    return render_template(
        "identity/list_accounts.html",
        page=page_of(rows, request.args.get("page")),
        wanted=wanted,
        place_names=_place_names(),
        role_names=ROLE_NAMES,
    )


def new_account() -> str:
    """Ask who the new member of staff is."""
    return render_template("identity/new_account.html", form=NewStaffForm())


def create_account() -> str | tuple[str, int]:
    """Create the account and show its password, on this answer only."""
    form = NewStaffForm()
    if not form.validate_on_submit():
        return render_template("identity/new_account.html", form=form), 422
    login_name, name, organisation = (str(field.data).strip() for field in (form.login_name, form.name, form.organisation))
    try:
        made = create_staff(login_name, name, organisation, at=now(), by=_me())
    except LoginNameTaken as problem:
        rollback()
        form.login_name.errors = [sentence_of(problem)]
        return render_template("identity/new_account.html", form=form), 422
    return render_template("identity/account_created.html", made=made, login_name=login_name, name=name)


def show_staff(account_id: int) -> str:
    """Show one account with its roles and what can be done."""
    return _staff_page(staff_account(account_id), _grant_form())


def give_role(account_id: int) -> str | Response | tuple[str, int]:
    """Give the account a role in a place; a refusal stands beside the field."""
    row, form = staff_account(account_id), _grant_form()
    if not form.validate_on_submit():
        return _staff_page(row, form), 422
    scope, _colon, scope_id = str(form.place.data).partition(":")
    try:
        grant_role(account_id, Role(form.role.data), Scope(scope), int(scope_id), at=now(), by=_me())
    except RoleNotHeldThere as problem:
        form.place.errors = [sentence_of(problem)]
        return _staff_page(row, form), 422
    except PropertyCompanyBarred as problem:
        form.role.errors = [sentence_of(problem)]
        return _staff_page(row, form), 422
    flash(_("身份已经给了。"), "done")
    return redirect(url_for(".show_staff", account_id=account_id))


def confirm_take_back(account_id: int, grant_id: int) -> str:
    """Ask before a role is taken back."""
    row = staff_account(account_id)
    grant = _grant(row, grant_id)
    return render_template(
        "identity/confirm_take_back.html", row=row, grant=grant, place_names=_place_names(), role_names=ROLE_NAMES
    )


def take_back(account_id: int, grant_id: int) -> Response:
    """Take a role back."""
    take_back_role(account_id, grant_id, at=now(), by=_me())
    flash(_("身份已经收回。"), "done")
    return redirect(url_for(".show_staff", account_id=account_id))


def confirm_disable(account_id: int) -> str:
    """Ask before an account is disabled or enabled."""
    return render_template("identity/confirm_disable.html", row=staff_account(account_id))


def disable(account_id: int) -> Response:
    """Disable an account and end its sessions."""
    disable_account(account_id, at=now(), by=_me())
    flash(_("账号已经停用，所有设备都已退出。"), "done")
    return redirect(url_for(".show_staff", account_id=account_id))


def enable(account_id: int) -> Response:
    """Let an account sign in again."""
    enable_account(account_id, at=now(), by=_me())
    flash(_("账号已经恢复，可以登录了。"), "done")
    return redirect(url_for(".show_staff", account_id=account_id))


def _staff_page(row: StaffRow, form: GrantForm) -> str:
    return render_template(
        "identity/show_staff.html", row=row, form=form, place_names=_place_names(), role_names=ROLE_NAMES, me=_me()
    )


def _grant_form() -> GrantForm:
    form = GrantForm()
    blank = SelectChoice("", _("请选择"))
    form.role.choices = [blank, *(SelectChoice(role.value, str(ROLE_NAMES[role])) for role in _GIVEN)]
    places = [SelectChoice(f"{scope}:{place_id}", name) for (scope, place_id), name in _place_names().items()]
    form.place.choices = [blank, *places]
    return form


def _place_names() -> dict[tuple[Scope, int], str]:
    """Map every place to its kind and name, with the names above it."""
    names = {(Scope.PLATFORM, 0): str(SCOPE_NAMES[Scope.PLATFORM])}
    for row in all_places():
        names[row.scope, row.id] = f"{SCOPE_NAMES[row.scope]}：{' · '.join((*row.above, row.name))}"
    return names


def _grant(row: StaffRow, grant_id: int) -> HeldRole:
    for grant in row.roles:
        if grant.id == grant_id:
            return grant
    raise NotFound("grant_not_found")


def _texts(row: StaffRow) -> tuple[str, str, str]:
    return (row.login_name, row.display_name, row.organisation)


def _me() -> int:
    return signed_in_account().account_id
