"""Own the command ``yeyi roll check``: a dry run of the roll import (pure, needs no instance)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from app.roll.errors import RollFileRefused
from app.roll.persons import identify_persons, propose_developer
from app.roll.reading import limits, read_roll
from app.roll.rules import bridge_sentences, headcount_bridge, totals_of, voters_of
from app.roll.types import BridgeLine, BridgeReason, Handling, Problem, RollTable, RollTotals
from app.statute.languages import Language
from app.statute.one_line import OneLineCommand, OneLineError

_REASONS = {
    BridgeReason.DEVELOPER: "developer: unsold and undelivered units are one voter",
    BridgeReason.SEVERAL_UNITS: "one voter, several units",
    BridgeReason.COMPANY: "one company, several units",
}
_HEADINGS = {
    Handling.FIXED: ("已自动修正", "Fixed automatically"),
    Handling.CONFIRM: ("请您确认", "To confirm"),
    Handling.MUST_RESOLVE: ("必须处理", "To resolve"),
}


@click.group("roll", help="Work with roll files.")
def roll() -> None:
    """Group the commands about rolls."""


@roll.command("check", cls=OneLineCommand, help="Try the import of a roll file without storing anything.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--lang", type=click.Choice([str(lang) for lang in Language]), default=str(Language.ZH))
@click.pass_context
def check(ctx: click.Context, file: Path, as_json: bool, lang: str) -> None:
    """Check the file; exit 0 when nothing is left to decide, 1 when something is, 2 when it is no roll."""
    try:
        limits.require_size(file.stat().st_size)
        table = read_roll(file.read_bytes(), file.name)
    except OSError as error:
        raise OneLineError(f"{file}: {error.strerror}") from error
    except RollFileRefused as refusal:
        message = refusal.message_en if Language.of(lang) is Language.EN else refusal.message_zh
        raise OneLineError(" ".join(f"{file}: {message}".split())) from refusal
    voters = voters_of(table.rows, identify_persons(table.rows, propose_developer(table.rows)))
    totals, bridge = totals_of(table.rows, voters), headcount_bridge(table.rows, voters)
    if as_json:
        document = _as_json(table, totals, bridge, lang)
        # Bytes, so that the document is UTF-8 whatever the terminal's encoding.
        click.echo(json.dumps(document, ensure_ascii=False).encode())
    else:
        click.echo("\n".join(_as_lines(table, totals, bridge, lang)))
    is_decided = not (table.problems_of(Handling.CONFIRM) or table.problems_of(Handling.MUST_RESOLVE))
    ctx.exit(0 if is_decided else 1)


def _as_json(table: RollTable, totals: RollTotals, bridge: Sequence[BridgeLine], lang: str) -> dict[str, object]:
    return {
        "file_sha256": table.file_sha256,
        "sheets": [
            {"name": sheet.name, "header_row": sheet.header_row, "columns": {text: str(role) for text, role in sheet.columns}}
            for sheet in table.sheets
        ],
        "units": totals.units,
        "voters": totals.voters,
        "area": str(totals.area),
        **{str(handling): [_problem_json(item, lang) for item in table.problems_of(handling)] for handling in Handling},
        "headcount_bridge": [
            {"reason": _REASONS[line.reason], "key": str(line.reason), "units": line.units, "voters": line.voters}
            for line in bridge
        ],
    }


def _problem_json(problem: Problem, lang: str) -> dict[str, object]:
    found: dict[str, object] = {"sheet": problem.sheet, "row": problem.row, "kind": str(problem.kind)}
    if problem.rows:
        found["rows"] = list(problem.rows)
    if problem.before is not None:
        found |= {"before": problem.before, "after": problem.after}
    return found | {"message": _sentence(problem, lang)}


def _sentence(problem: Problem, lang: str) -> str:
    return problem.message_en if Language.of(lang) is Language.EN else problem.message_zh


def _as_lines(table: RollTable, totals: RollTotals, bridge: Sequence[BridgeLine], lang: str) -> list[str]:
    is_english = Language.of(lang) is Language.EN
    if is_english:
        lines = [f"{totals.units:,} units, {totals.voters:,} voters, {totals.area.grouped()} m2"]
    else:
        lines = [f"房屋 {totals.units:,} · 业主 {totals.voters:,} 人 · 面积 {totals.area.grouped()}㎡"]
    lines.append(bridge_sentences(totals, bridge)[1 if is_english else 0])
    for handling in Handling:
        found = table.problems_of(handling)
        if found:
            lines.append(f"{_HEADINGS[handling][1 if is_english else 0]}: {len(found)}")
            lines.extend(f"  {item.sheet} {item.row or '-'}  {item.kind}  {_sentence(item, lang)}" for item in found)
    return lines
