"""Own the command ``yeyi count``: a case file in, the legal result out (pure, needs no instance)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from app.errors import Malformed
from app.statute.case_errors import error_line
from app.statute.case_file import parse_case
from app.statute.count import count_matter
from app.statute.languages import Bilingual, Language
from app.statute.output import outcome_json, outcome_lines

_UNREADABLE = Bilingual("无法读取", "cannot be read")


class OneLineError(click.ClickException):
    """Say on one line of standard error what could not be done; exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(self.format_message(), file=file or sys.stderr)


class OneLineCommand(click.Command):
    """Report a bad option on one line, where click would print its usage over several."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments; raises OneLineError instead of a usage error."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise OneLineError(" ".join(error.format_message().split())) from error


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
    if as_json:
        # Bytes, so that the document is UTF-8 whatever the terminal's encoding.
        click.echo(json.dumps(outcome_json(outcome, lang), ensure_ascii=False).encode())
    else:
        click.echo("\n".join(outcome_lines(outcome, lang)))
    ctx.exit(1 if outcome.problems else 0)


def _give_up(where: str, what: str, lang: str) -> NoReturn:
    colon = ": " if Language.of(lang) is Language.EN else "："
    raise OneLineError(" ".join(f"{where}{colon}{what}".split()))
