"""Own the commands ``yeyi verify`` and ``yeyi simulate`` (pure, need no instance and no network)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from app.errors import DomainError, Malformed
from app.statute.cli import OneLineCommand, OneLineError
from app.statute.languages import Bilingual, Language
from app.verifier.box import BoxOptions, Progress
from app.verifier.errors import NotAPackage
from app.verifier.package import write_package
from app.verifier.report import Report
from app.verifier.simulate import simulate_election
from app.verifier.simulated_people import Plan
from app.verifier.verify import verify_path

_REASONS = {
    "missing": Bilingual("没有这个文件或文件夹", "there is no such file or folder"),
    "link": Bilingual("含有符号链接", "it contains a symbolic link"),
    "no_manifest": Bilingual("不是记录包：缺少manifest.json", "not a record package: manifest.json is missing"),
    "manifest": Bilingual("manifest.json不可用", "manifest.json is unusable"),
    "not_a_folder_or_zip": Bilingual("既不是文件夹也不是完好的zip文件", "neither a folder nor a sound zip file"),
    "too_large": Bilingual("超过了大小限制", "larger than the limit"),
    "odd_name": Bilingual("含有不允许的文件名", "it contains a file name that is not allowed"),
    "twice_in_zip": Bilingual("同一文件在zip里出现两次", "the zip file holds a file twice"),
    "size_lies": Bilingual("zip里写的长度与内容不符", "the zip file states a false length"),
    "unreadable": Bilingual("无法读取", "cannot be read"),
    "special_file": Bilingual("含有不是普通文件的东西", "it contains something that is not a plain file"),
}
_json_flag = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
_language = click.option("--lang", type=click.Choice([str(lang) for lang in Language]), default=str(Language.ZH))


def _jobs(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--jobs", type=click.IntRange(0, 256), default=0, help="Processes; 0 is one per core.")(function)


@click.command("verify", cls=OneLineCommand, help="Check a record package, or one .bel archive, by named checks.")
@click.argument("package", type=click.Path(path_type=Path))
@_json_flag
@click.option("--hints/--no-hints", default=True, help="Use kept commitments, which are checked but never trusted.")
@_jobs
@_language
@click.pass_context
def verify(ctx: click.Context, package: Path, as_json: bool, hints: bool, jobs: int, lang: str) -> None:
    """Verify a package; exit 0 consistent, 1 inconsistent, 2 not a package."""
    options = BoxOptions(use_hints=hints, jobs=jobs, progress=_progress("核对" if lang == "zh" else "checking"))
    try:
        report = verify_path(package, options)
    except NotAPackage as error:
        reason = _REASONS.get(str(error.values.get("reason")), Bilingual("不可用", "unusable"))
        raise OneLineError(f"{package}: {reason.say(lang)}") from error
    _clear()
    if as_json:
        _print_json(report.to_json(lang))
    else:
        click.echo("\n".join(report_lines(report, lang)))
    ctx.exit(0 if report.consistent else 1)


def report_lines(report: Report, lang: str) -> list[str]:
    """Return the report as plain sentences, one line a check, the verdict last."""
    english = Language.of(lang) is Language.EN
    lines = []
    for check in report.checks:
        mark = Bilingual("通过", "ok  ") if check.passed else Bilingual("不符", "FAIL")
        if check.passed and not check.checked:
            mark = Bilingual("无关", "n/a ")
        lines.append(f"{mark.say(lang)}  {check.id}  {check.title.say(lang)}  {check.detail.say(lang)}")
    matters = report.result.get("matters", [])
    for matter in matters:
        lines += ["", matter["question"], *matter["explanation_en" if english else "explanation"]]
    if "tally" in report.result:
        lines += ["", Bilingual("合计：", "Totals: ").say(lang) + json.dumps(report.result["tally"])]
    verdict = Bilingual("一致", "consistent") if report.consistent else Bilingual("不一致", "inconsistent")
    return [*lines, "", verdict.say(lang)]


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
@click.option("--trustees", type=int, default=3)
@click.option("--threshold", type=int, default=2, help="Trustees needed to decrypt.")
@click.option("--seed", default="1", help="Same seed, same roll and choices; keys stay random.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder for the package.")
@click.option("--insecure-test-randomness", is_flag=True, help="Draw keys from the seed too; the record says so.")
@_jobs
@_json_flag
@_language
@click.pass_context
def simulate(
    ctx: click.Context, /, out: Path, insecure_test_randomness: bool, jobs: int, as_json: bool, lang: str, **numbers: Any
) -> None:
    """Simulate, write the record package, print the clear totals; exit 2 when it could not be done."""
    if out.exists() and any(out.iterdir()):
        raise OneLineError(f"{out}: " + Bilingual("文件夹不是空的", "the folder is not empty").say(lang))
    try:
        plan = Plan(**numbers, insecure=insecure_test_randomness)
        done = simulate_election(plan, jobs=jobs, progress=_progress("制票" if lang == "zh" else "ballots"))
        write_package(out, done.parts)
    except Malformed as error:
        raise OneLineError(
            f"{error.values.get('option', error)}: " + Bilingual("数目不合理", "out of range").say(lang)
        ) from error
    except (DomainError, OSError) as error:
        raise OneLineError(f"{out}: {error}") from error
    _clear()
    known = {"out": str(out), **done.known}
    if as_json:
        _print_json(known)
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


def _print_json(value: dict[str, Any]) -> None:
    # Bytes, so that the document is UTF-8 whatever the terminal's encoding.
    click.echo(json.dumps(value, ensure_ascii=False).encode())


def _progress(what: str) -> Progress | None:
    """Return a progress line on standard error, only when somebody watches it."""
    if not sys.stderr.isatty():
        return None
    return lambda done, total: click.echo(f"\r{what} {done}/{total}\x1b[K", err=True, nl=False)


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
