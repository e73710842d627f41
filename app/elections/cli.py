"""Own the command ``yeyi elections list``; ``export`` is added by the ballots slice, which lies above."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.statute.languages import Bilingual, Language
from app.statute.one_line import OneLineCommand, OneLineError

if TYPE_CHECKING:
    from app.elections.types import ElectionRow
    from app.settings import Settings

_UNKNOWN = Bilingual("没有这个小区：{slug}", "no such complex: {slug}")
_NONE = Bilingual("还没有投票。", "No elections yet.")


@click.group("elections", help="Work with the elections of this installation.")
def elections() -> None:
    """Group the commands about elections."""


@elections.command("list", cls=OneLineCommand, help="List elections: id, complex, kind, state, window.")
@click.option("--complex", "slug", help="Only those of one complex, by its name in addresses.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--lang", type=click.Choice([str(lang) for lang in Language]), default=str(Language.ZH))
def list_all(slug: str | None, as_json: bool, lang: str) -> None:
    """List the elections of every complex, or of one, drafts included."""
    try:
        rows = _rows(slug)
    except UnknownComplex as problem:
        raise OneLineError(_UNKNOWN.say(lang).format(slug=slug)) from problem
    if as_json:
        click.echo(json.dumps([election_json(place, row) for place, row in rows], ensure_ascii=False).encode())
        return
    for place, row in rows:
        click.echo(f"{row.uuid}  {place:<16} {row.kind:<14} {row.state:<10} {_window(row)}  {row.title}")
    if not rows:
        click.echo(_NONE.say(lang))


class UnknownComplex(Exception):
    """Say that no complex has the name that was asked for."""


def _rows(slug: str | None) -> list[tuple[str, ElectionRow]]:
    """List every election with the name of its complex; the connections are closed at the end."""
    from app import create_app
    from app.db.session import db, read_in_tenant
    from app.elections import queries
    from app.tenancy.queries import all_complexes

    with create_app(local_settings()).app_context():
        try:
            places = [place for place in all_complexes() if slug in (None, place.slug)]
            if slug is not None and not places:
                raise UnknownComplex(slug)
            return [
                (place.slug, row)
                for place in places
                for row in read_in_tenant(place.id, lambda: queries.list_elections(drafts=True))
            ]
        finally:
            # First back into the pool, or the pool could not close it.
            db.session.remove()
            db.engine.dispose()


def election_json(slug: str, row: ElectionRow) -> dict[str, str]:
    """Return the fields of one line of the list, times in China's zone."""
    from app.values.clock import china_iso

    return {
        "id": row.uuid,
        "complex": slug,
        "kind": row.kind.value,
        "state": row.state.value,
        "opens_at": china_iso(row.opens_at),
        "closes_at": china_iso(row.closes_at),
        "title": row.title,
    }


def local_settings() -> Settings:
    """Return the settings of this installation; an instance that the demonstration filled is read as such.

    Raises: OneLineError when a production setting is missing.
    """
    from app.settings import SettingsRefused, installed_settings

    try:
        return installed_settings(os.environ, Path(__file__).parents[2])
    except SettingsRefused as refused:
        raise OneLineError(str(refused)) from refused


def _window(row: ElectionRow) -> str:
    from app.values.clock import CHINA

    opens_at, closes_at = (moment.astimezone(CHINA) for moment in (row.opens_at, row.closes_at))
    return f"{opens_at:%Y-%m-%d %H:%M} - {closes_at:%Y-%m-%d %H:%M}"
