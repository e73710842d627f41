"""Own the command ``yeyi elections export`` (app/README.md Commands): the same bytes as the public download, as a folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.errors import NotFound
from app.statute.languages import Bilingual, Language
from app.statute.one_line import OneLineCommand, OneLineError

if TYPE_CHECKING:
    from app.tenancy.types import ComplexRow

_UNKNOWN = Bilingual("没有这次投票：{uuid}", "no such election: {uuid}")
_NOT_READY = Bilingual("结果还没有公布，没有核对记录：{uuid}", "the result is not published, so there is no record: {uuid}")
_IN_USE = Bilingual("文件夹不是空的：{out}", "the folder is not empty: {out}")
_DONE = Bilingual("已写出 {files} 个文件：{out}", "{files} files written: {out}")


@click.command("export", cls=OneLineCommand, help="Write the record package of a published election.")
@click.argument("uuid")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write.")
@click.option("--lang", type=click.Choice([str(lang) for lang in Language]), default=str(Language.ZH))
def export(uuid: str, out: Path, lang: str) -> None:
    """Write the files of the package below a folder that is empty or missing."""
    from app import create_app
    from app.db.session import db, read_in_tenant
    from app.settings import SettingsRefused, installed_settings
    from app.verifier.package import write_files

    if out.is_dir() and any(out.iterdir()):
        raise OneLineError(_IN_USE.say(lang).format(out=out))
    try:
        app = create_app(installed_settings(os.environ, Path(__file__).parents[2]))
    except SettingsRefused as refused:
        raise OneLineError(str(refused)) from refused
    with app.app_context():
        try:
            place = _place_of(uuid, lang)
            files = read_in_tenant(place.id, lambda: _files(place.slug, uuid, lang))
        finally:
            db.session.remove()
            db.engine.dispose()
    write_files(out, files)
    click.echo(_DONE.say(lang).format(files=len(files), out=out))


def _place_of(uuid: str, lang: str) -> ComplexRow:
    """Find the complex an election belongs to; its uuid is unique in the whole installation."""
    from app.db.session import read_in_tenant
    from app.elections.queries import list_elections
    from app.tenancy.queries import all_complexes

    for place in all_complexes():
        if any(row.uuid == uuid for row in read_in_tenant(place.id, list_elections)):
            return place
    raise OneLineError(_UNKNOWN.say(lang).format(uuid=uuid))


def _files(slug: str, uuid: str, lang: str) -> dict[str, bytes]:
    from app.ballots.services.build_record import record_files

    try:
        return record_files(slug, uuid)
    except NotFound as problem:
        raise OneLineError(_NOT_READY.say(lang).format(uuid=uuid)) from problem
