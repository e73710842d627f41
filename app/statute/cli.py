"""Own the commands ``yeyi count`` and ``yeyi timeline``: a case file in, result or dates out (pure, needs no instance)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from app.errors import Malformed
from app.statute.case_errors import error_line
from app.statute.case_file import parse_case
from app.statute.count import count_matter
from app.statute.holiday_tables import published_holidays as published_tables
from app.statute.languages import Bilingual, Language
from app.statute.one_line import OneLineCommand, OneLineError
from app.statute.output import outcome_json, outcome_lines
from app.statute.timeline import plan
from app.statute.timeline_case import parse_timeline
from app.statute.timeline_output import timeline_json, timeline_lines

_UNREADABLE = Bilingual("无法读取", "cannot be read")


@click.command("count", cls=OneLineCommand, help="Count one matter: units, owners and ballots in, the legal result out.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--lang", type=click.Choice([str(lang) for lang in Language]), default=str(Language.ZH))
@click.pass_context
def count(ctx: click.Context, case: Path, as_json: bool, lang: str) -> None:
    """Count the case; exit 0 for every verdict, 1 when the case contradicts itself, 2 when it cannot be counted."""
    try:
        outcome = count_matter(parse_case(case.read_bytes()))
    except OSError as error:
        _give_up(f"{case}", f"{_UNREADABLE.say(lang)} ({error.strerror})", lang)
    except Malformed as error:
        _give_up(f"{case}", error_line(error, lang), lang)
    _print(outcome_json(outcome, lang) if as_json else outcome_lines(outcome, lang))
    ctx.exit(1 if outcome.problems else 0)


@click.command("timeline", cls=OneLineCommand, help="Compute the statutory dates of a procedure from its case file.")
@click.argument("case", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
@click.option("--lang", type=click.Choice([str(lang) for lang in Language]), default=str(Language.ZH))
@click.option(
    "--published-holidays", is_flag=True, help="Take the published days off for years of which the case gives no holidays."
)
@click.pass_context
def timeline(ctx: click.Context, case: Path, as_json: bool, lang: str, published_holidays: bool) -> None:
    """Compute the dates; exit 0 when every step may stand, 1 when one breaks a rule, 2 when they cannot be computed."""
    try:
        request = parse_timeline(case.read_bytes())
        if published_holidays:
            given = request.holidays
            request = replace(request, holidays=given | published_tables().without_years(given.years))
        steps = plan(request)
    except OSError as error:
        _give_up(f"{case}", f"{_UNREADABLE.say(lang)} ({error.strerror})", lang)
    except Malformed as error:
        _give_up(f"{case}", error_line(error, lang), lang)
    _print(timeline_json(steps, request, lang) if as_json else timeline_lines(steps, request, lang))
    ctx.exit(1 if any(step.problem for step in steps) else 0)


def _print(answer: Mapping[str, object] | Sequence[str]) -> None:
    """Print a JSON document as bytes, so that it is UTF-8 whatever the terminal's encoding, or sentences line by line."""
    if isinstance(answer, Mapping):
        click.echo(json.dumps(answer, ensure_ascii=False).encode())
    else:
        click.echo("\n".join(answer))


def _give_up(where: str, what: str, lang: str) -> NoReturn:
    colon = ": " if Language.of(lang) is Language.EN else "："
    raise OneLineError(" ".join(f"{where}{colon}{what}".split()))
