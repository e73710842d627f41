"""Own the command ``yeyi simulate`` (pure, needs no instance and no network)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from app.errors import DomainError, Malformed
from app.statute.case import ElectionKind
from app.statute.languages import Bilingual
from app.statute.one_line import OneLineCommand, OneLineError
from app.verifier.cli import clear_line, jobs_option, json_flag, language_option, print_json, progress_line
from app.verifier.package import write_package
from app.verifier.simulate import simulate_election
from app.verifier.simulated_people import Plan


def _share(_ctx: click.Context, _parameter: click.Parameter, value: str) -> Fraction:
    """Read a turnout such as 0.75 or 3/4 exactly."""
    try:
        return Fraction(value)
    except (ValueError, ZeroDivisionError) as error:
        raise click.BadParameter(f"{value} is not a share") from error


@click.command("simulate", cls=OneLineCommand, help="Hold a whole election with real keys, ballots and proofs.")
@click.option("--units", type=int, required=True, help="Units in the complex.")
@click.option("--turnout", callback=_share, default="0.75", help="Share of voters who vote, as 0.75 or 3/4.")
@click.option("--matters", type=int, default=1, help="Matters with agree, against, abstain.")
@click.option("--candidates", type=int, default=0, help="Candidates of an election; 0 for none.")
@click.option("--seats", type=int, default=5, help="Seats of that election.")
@click.option(
    "--election",
    type=click.Choice([str(kind) for kind in ElectionKind]),
    default=str(ElectionKind.COMMITTEE),
    help="What is voted on: a whole committee, vacant seats, or the recall of one member (without candidates).",
)
@click.option("--trustees", type=int, default=3)
@click.option("--threshold", type=int, default=2, help="Trustees needed to decrypt.")
@click.option("--seed", default="1", help="Same seed, same roll and choices; keys stay random.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the package.")
@click.option("--insecure-test-randomness", is_flag=True, help="Draw keys from the seed too; the record says so.")
@jobs_option
@json_flag
@language_option
@click.pass_context
def simulate(
    ctx: click.Context,
    /,
    out: Path,
    election: str,
    insecure_test_randomness: bool,
    jobs: int,
    as_json: bool,
    lang: str,
    **numbers: Any,
) -> None:
    """Simulate, write the record package, print the clear totals; exit 2 when it could not be done."""
    if out.exists() and any(out.iterdir()):
        raise OneLineError(f"{out}: " + Bilingual("文件夹不是空的", "the folder is not empty").say(lang))
    try:
        plan = Plan(**numbers, insecure=insecure_test_randomness, election=ElectionKind(election))
        done = simulate_election(plan, jobs=jobs, progress=progress_line("制票" if lang == "zh" else "ballots"))
        write_package(out, done.parts)
    except Malformed as error:
        raise OneLineError(
            f"{error.values.get('option', error)}: " + Bilingual("数目不合理", "out of range").say(lang)
        ) from error
    except (DomainError, OSError) as error:
        raise OneLineError(f"{out}: {error}") from error
    clear_line()
    known = {"out": str(out), **done.known}
    if as_json:
        print_json(known)
    else:
        click.echo("\n".join(_known_lines(known, lang)))
    ctx.exit(0)


def _known_lines(known: dict[str, Any], lang: str) -> list[str]:
    part, whole = known["participating"], known["totals"]
    head = Bilingual(
        f"记录已写入{known['out']}，共{known['ballots']}张选票，{known['replaced']}次更换凭证。\n"
        f"参与{part['area']}㎡、{part['heads']}人，全体{whole['area']}㎡、{whole['heads']}人。",
        f"Record written to {known['out']}: {known['ballots']} ballots, {known['replaced']} replaced credentials.\n"
        f"Took part: {part['area']} m2, {part['heads']} heads, of {whole['area']} m2, {whole['heads']} heads.",
    )
    lines = [head.say(lang)]
    for matter in known["matters"]:
        lines += ["", matter["question"]]
        lines += [f"  {label}  {weight['area']} m2  {weight['heads']}" for label, weight in matter["options"].items()]
    return lines
