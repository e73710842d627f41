"""Own how a timeline is written: the JSON of the command and plain sentences for a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from app.statute.holiday_tables import holiday_tables, unpublished_sentence, unpublished_years
from app.statute.languages import Bilingual, Language
from app.statute.rule_pack import Rule
from app.statute.timeline_draft import PlanRequest
from app.statute.timeline_steps import ACTOR_NAMES, Step, StepProblem

PROBLEMS: Mapping[StepProblem, Bilingual] = {
    StepProblem.TOO_EARLY: Bilingual("早于最早的日期 {earliest}", "before the earliest day, {earliest}"),
    StepProblem.TOO_LATE: Bilingual("晚于最迟的日期 {latest}", "after the latest day, {latest}"),
    StepProblem.VOTING_TOO_SHORT: Bilingual(
        "投票期太短，最少 {fewest} 天", "the voting window is too short; at least {fewest} days"
    ),
    StepProblem.VOTING_TOO_LONG: Bilingual("投票期太长，最多 {most} 天", "the voting window is too long; at most {most} days"),
}


def date_text(day: date, lang: str = Language.ZH) -> str:
    """Write a date as a person reads it: ``2027年6月30日``, or ISO in English."""
    return day.isoformat() if Language.of(lang) is Language.EN else f"{day.year}年{day.month}月{day.day}日"


def problem_sentence(step: Step, request: PlanRequest, lang: str = Language.ZH) -> str:
    """Say what is wrong with a step, without its title; empty where nothing is."""
    if step.problem is None:
        return ""
    values = {
        "earliest": date_text(step.earliest, lang) if step.earliest else "",
        "latest": date_text(step.latest, lang) if step.latest else "",
        "fewest": request.pack.number("voting_window_days_min"),
        "most": request.pack.number("voting_window_days_max"),
    }
    return PROBLEMS[step.problem].say(lang).format_map(values)


def calendar_notes(steps: Sequence[Step], request: PlanRequest, lang: str = Language.ZH) -> list[str]:
    """Say for each year of the plan that has no holiday table why nothing moves in it."""
    years = {day.year for step in steps for day in (step.earliest, step.latest, step.planned) if day is not None}
    notes = []
    for year in unpublished_years(years, request.holidays):
        if year in holiday_tables():
            sentence = Bilingual(
                f"没有给出 {year} 年的放假安排：期限的最后一天遇休息日不顺延，按较早的日期算。",
                f"No holidays of {year} were given: a last day on a rest day does not move; the earlier date holds.",
            )
        else:
            sentence = unpublished_sentence(year)
        notes.append(sentence.say(lang))
    return notes


def timeline_json(steps: Sequence[Step], request: PlanRequest, lang: str = Language.ZH) -> dict[str, object]:
    """Return the whole JSON document of ``yeyi timeline``."""
    return {
        "kind": str(request.kind),
        "term_end": _iso(request.term_end),
        "rule_pack": request.pack.id,
        "steps": [_step_json(step, request, lang) for step in steps],
        "notes": calendar_notes(steps, request, lang),
    }


def timeline_lines(steps: Sequence[Step], request: PlanRequest, lang: str = Language.ZH) -> list[str]:
    """Return the timeline as plain sentences, one for each step, then what the calendar could not say."""
    say = _line_en if Language.of(lang) is Language.EN else _line_zh
    return [*(say(step, request) for step in steps), *calendar_notes(steps, request, lang)]


def _step_json(step: Step, request: PlanRequest, lang: str) -> dict[str, object]:
    document: dict[str, object] = {
        "key": str(step.key),
        "title": step.title.say(lang),
        "earliest": _iso(step.earliest),
        "latest": _iso(step.latest),
        "planned": _iso(step.planned),
        "rule": step.rules[0].id,
        "rules": [
            {"id": rule.id, "article": _article(rule, lang), "confidence": rule.provision.confidence} for rule in step.rules
        ],
        "law": step.law(request.pack).say(lang),
        "actor": str(step.actor),
        "blocking": [text.say(lang) for text in step.blocking],
    }
    if step.problem is not None:
        document["problem"] = str(step.problem)
    return document


def _article(rule: Rule, lang: str) -> str:
    return Bilingual(rule.provision.article_zh, rule.provision.article_en).say(lang)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _line_zh(step: Step, request: PlanRequest) -> str:
    parts = []
    if step.earliest is not None and step.earliest == step.latest:
        parts.append(f"应在 {date_text(step.earliest)}")
    else:
        if step.earliest is not None:
            parts.append(f"最早 {date_text(step.earliest)}")
        if step.latest is not None:
            parts.append(f"最迟 {date_text(step.latest)}")
    if step.is_fixed and step.planned is not None:
        parts.append(f"定于 {date_text(step.planned)}")
    dates = "，".join(parts) or "法律未定日期"
    line = f"{step.title.zh}（{ACTOR_NAMES[step.actor].zh}）：{dates}。{step.law(request.pack).zh}"
    line += f"（{step.rules[0].provision.article_zh}）"
    return f"{line} 【不符：{problem_sentence(step, request)}】" if step.problem else line


def _line_en(step: Step, request: PlanRequest) -> str:
    parts = []
    if step.earliest is not None and step.earliest == step.latest:
        parts.append(f"on {step.earliest}")
    else:
        if step.earliest is not None:
            parts.append(f"from {step.earliest}")
        if step.latest is not None:
            parts.append(f"by {step.latest}")
    if step.is_fixed:
        parts.append(f"set for {step.planned}")
    dates = ", ".join(parts) or "no date is fixed by law"
    line = f"{step.title.en} ({ACTOR_NAMES[step.actor].en}): {dates}. {step.law(request.pack).en}"
    line += f" ({step.rules[0].provision.article_en})"
    return f"{line} [wrong: {problem_sentence(step, request, Language.EN)}]" if step.problem else line
