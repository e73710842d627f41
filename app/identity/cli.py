"""Own the command ``yeyi accounts create``: the first administrator of an installation."""

from __future__ import annotations

import os
from pathlib import Path

import click

from app.access.roles import Role, Scope
from app.statute.languages import Bilingual, Language
from app.statute.one_line import OneLineCommand, OneLineError

_TAKEN = Bilingual("这个登录名已经有人用了：{login}", "this sign-in name is taken: {login}")
_NOT_THERE = Bilingual("这个身份不能放在这样的地方：{role}，{scope}", "this role is not held in such a place: {role}, {scope}")
_BARRED = Bilingual("物业公司不能有这个身份：{role}", "the property company cannot hold this role: {role}")
_DONE = Bilingual(
    "账号：{login}\n一次性显示的密码：{password}\n第一次登录时，用手机设置动态数字。",
    "account: {login}\npassword, shown once: {password}\nThe second factor is set up at the first sign-in.",
)
_ROLES = [role.value for role in Role if role not in (Role.OWNER, Role.PUBLIC)]


@click.group("accounts", help="Work with the staff accounts of this installation.")
def accounts() -> None:
    """Group the commands about accounts."""


@accounts.command("create", cls=OneLineCommand, help="Create a staff account with a role and print its password once.")
@click.argument("login")
@click.option("--name", required=True, help="Name of the person.")
@click.option("--organisation", required=True, help="Organisation the person acts for.")
@click.option("--role", type=click.Choice(_ROLES), default=Role.PLATFORM_ADMIN.value)
@click.option("--scope", type=click.Choice([scope.value for scope in Scope]), default=Scope.PLATFORM.value)
@click.option("--scope-id", type=click.IntRange(min=0), default=0, help="Id of the place; 0 for the whole platform.")
@click.option("--lang", type=click.Choice([str(lang) for lang in Language]), default=str(Language.ZH))
def create(login: str, name: str, organisation: str, role: str, scope: str, scope_id: int, lang: str) -> None:
    """Create the account and give the role in one unit of work."""
    from app import create_app
    from app.db.session import begin_write, commit, db
    from app.identity.services.create_staff import LoginNameTaken, create_staff
    from app.identity.services.grant_role import PropertyCompanyBarred, RoleNotHeldThere, grant_role
    from app.settings import SettingsRefused, installed_settings
    from app.web.clock import now

    try:
        app = create_app(installed_settings(os.environ, Path(__file__).parents[2]))
    except SettingsRefused as refused:
        raise OneLineError(str(refused)) from refused
    with app.app_context():
        try:
            begin_write()
            made = create_staff(login, name, organisation, at=now(), by=None)
            grant_role(made.account_id, Role(role), Scope(scope), scope_id, at=now(), by=None)
            commit()
        except LoginNameTaken as problem:
            raise OneLineError(_TAKEN.say(lang).format(login=login)) from problem
        except RoleNotHeldThere as problem:
            raise OneLineError(_NOT_THERE.say(lang).format(role=role, scope=scope)) from problem
        except PropertyCompanyBarred as problem:
            raise OneLineError(_BARRED.say(lang).format(role=role)) from problem
        finally:
            db.session.remove()
            db.engine.dispose()
    click.echo(_DONE.say(lang).format(login=login, password=made.password))
