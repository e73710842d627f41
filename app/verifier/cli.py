"""Own the command ``yeyi verify`` (pure, needs no instance and no network) and the options it shares with ``simulate``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from app.statute.languages import Bilingual, Language
from app.statute.one_line import OneLineCommand, OneLineError
from app.verifier.box import BoxOptions, Progress
from app.verifier.errors import NotAPackage
from app.verifier.report import Report
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
json_flag = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
language_option = click.option("--lang", type=click.Choice([str(lang) for lang in Language]), default=str(Language.ZH))


def jobs_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the option of how many processes work."""
    return click.option("--jobs", type=click.IntRange(0, 256), default=0, help="Processes; 0 is one per core.")(function)


@click.command("verify", cls=OneLineCommand, help="Check a record package, or one .bel archive, by named checks.")
@click.argument("package", type=click.Path(path_type=Path))
@json_flag
@click.option("--hints/--no-hints", default=True, help="Use kept commitments, which are checked but never trusted.")
@jobs_option
@language_option
@click.pass_context
def verify(ctx: click.Context, package: Path, as_json: bool, hints: bool, jobs: int, lang: str) -> None:
    """Verify a package; exit 0 consistent, 1 inconsistent, 2 not a package."""
    options = BoxOptions(use_hints=hints, jobs=jobs, progress=progress_line("核对" if lang == "zh" else "checking"))
    try:
        report = verify_path(package, options)
    except NotAPackage as error:
        reason = _REASONS.get(str(error.values.get("reason")), Bilingual("不可用", "unusable"))
        raise OneLineError(f"{package}: {reason.say(lang)}") from error
    clear_line()
    if as_json:
        print_json(report.to_json(lang))
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


def print_json(value: dict[str, Any]) -> None:
    """Print a JSON document as bytes, so that it is UTF-8 whatever the terminal's encoding."""
    click.echo(json.dumps(value, ensure_ascii=False).encode())


def progress_line(what: str) -> Progress | None:
    """Return a progress line on standard error, only when somebody watches it."""
    if not sys.stderr.isatty():
        return None
    return lambda done, total: click.echo(f"\r{what} {done}/{total}\x1b[K", err=True, nl=False)


def clear_line() -> None:
    """Take the progress line away."""
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)
