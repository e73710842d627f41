"""Own the command ``yeyi rules list``: every value of every pack with its source (pure, needs no instance)."""

from __future__ import annotations

import json

import click

from app.statute.languages import Bilingual, Language
from app.statute.one_line import OneLineCommand, OneLineError
from app.statute.rule_list import PACKS, lines_of, list_values, pack_title

_UNKNOWN = Bilingual("没有这个规则包", "no such rule pack")


@click.group("rules", help="Show the numbers of the law and the defaults, each with its source.")
def rules() -> None:
    """Hold the commands on rules."""


@rules.command("list", cls=OneLineCommand, help="List every value of every pack with source, confidence and who checked it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--pack", "pack_id", default=None, help=f"Only this pack: {', '.join(PACKS)}.")
@click.option("--lang", type=click.Choice([str(lang) for lang in Language]), default=str(Language.ZH))
def list_rules(as_json: bool, pack_id: str | None, lang: str) -> None:
    """List the values; exit 0, or 2 when there is no such pack."""
    if pack_id is not None and pack_id not in PACKS:
        raise OneLineError(f"--pack: {_UNKNOWN.say(lang)} ({pack_id!a}; {', '.join(PACKS)})")
    packs = {name: list_values(name) for name in PACKS if pack_id in (None, name)}
    if as_json:
        document = {
            "packs": [
                {"id": name, "title": pack_title(name).say(lang), "values": [value.as_json(lang) for value in values]}
                for name, values in packs.items()
            ]
        }
        click.echo(json.dumps(document, ensure_ascii=False).encode())
        return
    click.echo("\n".join(lines_of(packs, lang)))
