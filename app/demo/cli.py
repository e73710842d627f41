"""Own the ``yeyi demo`` command."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import click


@click.command()
@click.option("--reset", is_flag=True, help="Remove the demonstration's data and fill it afresh.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--quiet-when-filled", is_flag=True, hidden=True)
def demo(reset: bool, as_json: bool, quiet_when_filled: bool) -> None:
    """Fill the demonstration district once, and print its complexes, elections and accounts."""
    from app import create_app
    from app.db.migrate import upgrade
    from app.demo.fill_district import fill_district, is_filled
    from app.settings import read_settings
    from app.web.clock import MachineClock

    settings = read_settings({**os.environ, "YEYI_DEMO": "1"}, Path(__file__).parents[2])
    if reset:
        _remove(settings.instance_path, settings.migration_database_url)
    upgrade(settings.migration_database_url)
    app = create_app(settings)
    with app.app_context():
        filled = is_filled()
    if not filled:
        click.echo("正在准备演示数据，大约半分钟…", err=True)
        fill_district(settings, MachineClock().now())
    with app.app_context():
        report = _report(settings.instance_path)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    _print(report, brief=filled and quiet_when_filled)


def _remove(instance: Path, database_url: str) -> None:
    """Take away the demonstration's database and files; only its own, and only what it made."""
    from app.db.migrate import current_revision, downgrade

    if database_url.startswith("sqlite"):
        for path in instance.glob("yeyi.sqlite3*"):
            path.unlink()
    elif current_revision(database_url):
        downgrade(database_url, "base")
    shutil.rmtree(instance / "demo-keys", ignore_errors=True)
    (instance / "demo-accounts.json").unlink(missing_ok=True)


def _report(instance: Path) -> dict[str, Any]:
    from dataclasses import asdict

    from app.db.session import read_in_tenant
    from app.elections.queries import list_elections
    from app.identity.demo_accounts import read_accounts
    from app.tenancy.queries import all_complexes

    places = all_complexes()
    elections = [
        {"id": row.uuid, "complex": place.slug, "title": row.title, "state": row.state.value}
        for place in places
        for row in read_in_tenant(place.id, lambda: list_elections(drafts=True))
    ]
    return {
        "complexes": [{"slug": place.slug, "name": place.name} for place in places],
        "elections": elections,
        "accounts": [asdict(account) for account in read_accounts(instance / "demo-accounts.json")],
    }


def _print(report: dict[str, Any], *, brief: bool) -> None:
    port = os.environ.get("PORT", "8000")
    if not brief:
        for election in report["elections"]:
            click.echo(f"{election['complex']:<12} {election['state']:<10} {election['title']}  {election['id']}")
        click.echo()
        for account in report["accounts"]:
            click.echo(f"{account['role']}\n    {account['sign_in']}  {account['secret']}  {account['hint']}")
        click.echo()
    click.echo(f"打开 http://localhost:{port}/dev ，那里有演示时钟、账号、短信和开箱钥匙。")
