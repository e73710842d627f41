"""Own how an outcome is written: the JSON of the command and plain sentences for a person."""

from __future__ import annotations

from app.statute.addressing import Reason
from app.statute.case_errors import problem_line
from app.statute.count import Outcome
from app.statute.explain import explain_all
from app.statute.languages import Bilingual, Language
from app.statute.verdict import ElectionOutcome, Verdict
from app.statute.weight import Weight

REASONS = {
    Reason.NO_COUNTED_UNIT: Bilingual("没有计入的房屋", "has no counted unit"),
    Reason.DEVELOPER_LIMITED: Bilingual("建设单位按规则不投票", "the developer does not vote under the rules"),
    Reason.NOT_NOMINEE: Bilingual("不是推选的投票人", "is not the nominee"),
    Reason.NO_NOMINEE: Bilingual("共有人没有推选投票人", "the co-owners named no nominee"),
    Reason.INVALID: Bilingual("废票", "invalid ballot"),
    Reason.COOWNER_VOTED_FIRST: Bilingual("其他共有人已先投票", "another co-owner's ballot counts"),
    Reason.OTHER_CHANNEL: Bilingual("以另一种投票方式为准", "the other channel counts"),
    Reason.NO_MORE_CHANGES: Bilingual("更改次数已用完", "no more changes allowed"),
    Reason.SUPERSEDED: Bilingual("已被更改", "replaced by a change"),
    Reason.COOWNERS_DIFFER: Bilingual("共有人意见不一致", "the co-owners differ"),
}


def weight_json(weight: Weight) -> dict[str, object]:
    """Return a weight as its area text and its heads."""
    return {"area": str(weight.area), "heads": weight.heads}


def verdict_json(verdict: Verdict, lang: str = Language.ZH) -> dict[str, object]:
    """Return the fields of a verdict, from ``totals`` to ``explanation``; also used for result.json."""
    election = verdict if isinstance(verdict, ElectionOutcome) else None
    quorum = verdict.quorum
    document: dict[str, object] = {
        "totals": weight_json(verdict.totals),
        "participating": weight_json(verdict.participating),
        "quorum": {"area": quorum.area, "heads": quorum.heads, "met": quorum.met},
        "options": {mark: weight_json(weight) for mark, weight in verdict.options.items()},
        "attributed": {mark: weight_json(weight) for mark, weight in verdict.attributed.items()},
        "threshold": str(verdict.threshold),
        "verdict": str(verdict.verdict),
        "elected": list(election.elected) if election else [],
        "alternates": list(election.alternates) if election else [],
        "tied": list(election.tied) if election else [],
        "conditions": [condition.as_json() for condition in verdict.conditions],
        "explanation": explain_all(verdict.findings, lang),
    }
    if verdict.without_silence is not None:
        document["without_silence"] = _short_json(verdict.without_silence)
    return document


def _short_json(verdict: Verdict) -> dict[str, object]:
    """Return what the vote comes to on returned ballots alone."""
    return {
        "participating": weight_json(verdict.participating),
        "verdict": str(verdict.verdict),
        "elected": list(verdict.elected) if isinstance(verdict, ElectionOutcome) else [],
    }


def outcome_json(outcome: Outcome, lang: str = Language.ZH) -> dict[str, object]:
    """Return the whole JSON document of ``yeyi count``."""
    return {
        **verdict_json(outcome.verdict, lang),
        "rule_pack": outcome.rule_pack,
        "ignored": [{"owner": entry.owner, "reason": str(entry.reason)} for entry in outcome.ignored],
        "problems": [problem.as_json() for problem in outcome.problems],
    }


def outcome_lines(outcome: Outcome, lang: str = Language.ZH) -> list[str]:
    """Return the outcome as plain sentences: the explanation, then what was not counted, then contradictions."""
    english = Language.of(lang) is Language.EN
    lines = explain_all(outcome.verdict.findings, lang)
    for entry in outcome.ignored:
        reason = REASONS[entry.reason].say(lang)
        lines.append(f"Not counted: {entry.owner}, {reason}." if english else f"未计入：{entry.owner}，{reason}。")
    for problem in outcome.problems:
        sentence = problem_line(problem, lang)
        lines.append(f"Contradiction: {sentence}" if english else f"自相矛盾：{sentence}")
    return lines
