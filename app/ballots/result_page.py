"""Own the words and readings of a result for its pages: verdict, one sentence with fractions and article, charts, tables.

Source: Civil Code 278 and 1259 (达到 includes, 超过 does not). In small electorates exact areas stay off the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flask_babel import gettext

from app.ballots.result import Outcome
from app.elections.types import CandidateRow, ElectionRow, MatterRow
from app.statute.explain import explain_all
from app.statute.findings import Condition, ConditionCode
from app.statute.verdict import ElectionOutcome, Verdict, VerdictKind
from app.statute.weight import Measure, Weight
from app.values.area import Area
from app.web.charts import Mark, Reading
from app.web.filters import current_lang

#: Below this many heads in the whole scope, or this many behind an option, exact areas could tell a vote.
SMALL_SCOPE_HEADS = 150
SMALL_OPTION_HEADS = 5


def _(text: str, **values: object) -> str:
    """Translate a text for the language of the request."""
    return str(gettext(text, **values))


@dataclass(frozen=True)
class OptionLine:
    """Hold one line of the exact table; ``share`` is of those who took part."""

    title: str
    heads: Reading
    area: Reading


@dataclass(frozen=True)
class CandidateLine:
    """Hold one candidate in order of rank, with the reason of those not elected."""

    name: str
    building: str
    heads: Reading
    area: Reading
    elected: bool
    reason: str


@dataclass(frozen=True)
class MatterResult:
    """Hold everything a page shows about one matter's result."""

    number: int
    kind: str
    title: str
    #: The verdict in a word, 通过.
    word: str
    good: bool
    sentence: str
    came_heads: Reading
    came_area: Reading
    options: tuple[OptionLine, ...]
    candidates: tuple[CandidateLine, ...]
    participating: Weight
    totals: Weight
    #: Buildings whose owners decided; empty for the whole complex.
    scope: str
    #: Whether exact areas are left out of the page.
    small: bool
    explanation: tuple[str, ...]
    article: str


def matter_results(election: ElectionRow, outcome: Outcome) -> list[MatterResult]:
    """Return what the result page shows, in the order of the ballot."""
    lang = current_lang()
    return [
        _matter_result(election.scope_text, matter, verdict, lang)
        for matter, verdict in zip(election.matters, outcome.verdicts, strict=True)
    ]


def _matter_result(scope: str, matter: MatterRow, verdict: Verdict, lang: str) -> MatterResult:
    quorum = _conditions(verdict, ConditionCode.QUORUM)
    outcome = verdict if isinstance(verdict, ElectionOutcome) else None
    small = is_small(verdict)
    provision = next(iter(quorum.values())).provision
    return MatterResult(
        number=matter.position + 1,
        kind=_("选举") if matter.elects else _("表决"),
        title=matter.title,
        word=verdict_word(verdict),
        good=verdict.verdict in (VerdictKind.PASSED, VerdictKind.ELECTED, VerdictKind.PARTIAL),
        sentence=verdict_sentence(verdict, exact=not small),
        came_heads=_reading(quorum[Measure.HEADS]),
        came_area=_reading(quorum[Measure.AREA]),
        options=() if outcome else _options(matter, verdict, lang),
        candidates=_candidates(matter.candidates, outcome) if outcome else (),
        participating=verdict.participating,
        totals=verdict.totals,
        scope=scope,
        small=small,
        explanation=tuple(explain_all(verdict.findings, lang)),
        article=provision.article_en if lang == "en" else provision.article_zh,
    )


def _conditions(verdict: Verdict, code: ConditionCode, subject: str = "") -> dict[Measure, Condition]:
    return {each.measure: each for each in verdict.conditions if each.code is code and each.subject == subject}


def is_small(verdict: Verdict) -> bool:
    """Say whether exact areas stay off a page, because so few decided or chose an option that they could tell a vote."""
    fewest = min((weight.heads for weight in verdict.options.values()), default=0)
    return verdict.totals.heads < SMALL_SCOPE_HEADS or fewest < SMALL_OPTION_HEADS


def _reading(condition: Condition) -> Reading:
    share = condition.threshold.share
    mark = Mark(share, f"{share.numerator}/{share.denominator}", inclusive=not condition.threshold.strict)
    return Reading(condition.part, condition.whole, mark)


# --- words ----------------------------------------------------------------------------------------------------------


def verdict_word(verdict: Verdict) -> str:
    """Say a verdict in a word, 通过."""
    words = {
        VerdictKind.PASSED: _("通过"),
        VerdictKind.FAILED: _("未通过"),
        VerdictKind.NO_QUORUM: _("参与不足，投票无效"),
        VerdictKind.TIED: _("最后的名额票数相同，待公开抽签"),
    }
    if isinstance(verdict, ElectionOutcome):
        if verdict.elected and verdict.verdict is not VerdictKind.TIED:
            return _("选出 %(n)s 位", n=len(verdict.elected))
        if verdict.verdict is VerdictKind.FAILED:
            return _("没有选出")
    return words[verdict.verdict]


def verdict_sentence(verdict: Verdict, *, exact: bool) -> str:
    """Say in one sentence what was compared with what, and by which article."""
    quorum = _conditions(verdict, ConditionCode.QUORUM)
    clauses = []
    if quorum:
        clauses = [
            _clause(_("来投票的人数"), quorum[Measure.HEADS], exact),
            _clause(_("他们的面积"), quorum[Measure.AREA], exact),
        ]
    majority = _conditions(verdict, ConditionCode.MAJORITY)
    if majority:
        names = (_("其中同意的人数"), _("其中同意的面积")) if quorum else (_("全体业主中同意的人数"), _("全体业主中同意的面积"))
        clauses += [_clause(names[0], majority[Measure.HEADS], exact), _clause(names[1], majority[Measure.AREA], exact)]
    if isinstance(verdict, ElectionOutcome) and verdict.quorum.met:
        numbers = {"n": len(_passing(verdict)), "seats": verdict.seats, "chosen": len(verdict.elected)}
        clauses.append(_("人数和面积都过半的有 %(n)s 位，应选 %(seats)s 位，选出 %(chosen)s 位", **numbers))
    provision = verdict.conditions[0].provision
    article = provision.article_en if current_lang() == "en" else provision.article_zh
    return _("%(clauses)s（%(article)s）。", clauses=_("；").join(clauses), article=article)


def _clause(name: str, condition: Condition, exact: bool) -> str:
    reading = _reading(condition)
    words = mark_words(reading)
    if condition.measure is Measure.AREA and not exact:
        return _("%(name)s占 %(percent)s%%，%(words)s", name=name, percent=reading.percent, words=words)
    part, whole = _amount(condition, condition.part), _amount(condition, condition.whole)
    return _(
        "%(name)s %(part)s/%(whole)s（%(percent)s%%），%(words)s",
        name=name, part=part, whole=whole, percent=reading.percent, words=words,
    )  # fmt: skip


def mark_words(reading: Reading) -> str:
    """Say whether a legal mark is reached or exceeded."""
    names = {Fraction(2, 3): _("三分之二"), Fraction(3, 4): _("四分之三"), Fraction(1, 2): _("一半")}
    mark = names.get(reading.mark.share, reading.mark.label)
    if reading.mark.inclusive:
        return _("达到%(mark)s", mark=mark) if reading.reached else _("没达到%(mark)s", mark=mark)
    return _("超过%(mark)s", mark=mark) if reading.reached else _("没超过%(mark)s", mark=mark)


def _amount(condition: Condition, amount: int) -> str:
    return f"{Area(amount).grouped()}㎡" if condition.measure is Measure.AREA else f"{amount:,}"


# --- lines ----------------------------------------------------------------------------------------------------------


def _options(matter: MatterRow, verdict: Verdict, lang: str) -> tuple[OptionLine, ...]:
    majority = _conditions(verdict, ConditionCode.MAJORITY)
    half = Mark(Fraction(1, 2), "1/2", inclusive=False)
    marks = {measure: _reading(majority[measure]).mark if majority else half for measure in Measure}
    came, lines = verdict.participating, []
    for key, title in zip(verdict.options, matter.shown_answers(lang), strict=False):
        weight = verdict.options[key] + verdict.attributed.get(key, Weight.zero())
        lines.append(
            OptionLine(
                title,
                Reading(weight.heads, came.heads, marks[Measure.HEADS]),
                Reading(weight.area.centi, came.area.centi, marks[Measure.AREA]),
            )
        )
    return tuple(lines)


def _passing(outcome: ElectionOutcome) -> list[str]:
    return [name for name in outcome.options if _passes(outcome, name)]


def _passes(outcome: ElectionOutcome, name: str) -> bool:
    support = _conditions(outcome, ConditionCode.SUPPORT, name)
    return bool(support) and all(condition.holds for condition in support.values())


def _candidates(candidates: Sequence[CandidateRow], outcome: ElectionOutcome) -> tuple[CandidateLine, ...]:
    by_label = {each.label: each for each in candidates}
    half = Mark(Fraction(1, 2), "1/2", inclusive=False)
    lines = []
    for label in _ranked(outcome):
        weight, came, candidate = outcome.options[label], outcome.participating, by_label[label]
        weight += outcome.attributed.get(label, Weight.zero())
        lines.append(
            CandidateLine(
                candidate.name,
                candidate.building,
                Reading(weight.heads, came.heads, half),
                Reading(weight.area.centi, came.area.centi, half),
                label in outcome.elected,
                "" if label in outcome.elected else _reason(outcome, label),
            )
        )
    return tuple(lines)


def _ranked(outcome: ElectionOutcome) -> list[str]:
    first = [*outcome.elected, *outcome.alternates, *(name for name in outcome.tied if name not in outcome.alternates)]
    rest = [name for name in outcome.options if name not in first]
    return first + sorted(rest, key=lambda name: (not _passes(outcome, name), *_descending(outcome.options[name])))


def _descending(weight: Weight) -> Iterable[int]:
    return -weight.heads, -weight.area.centi


def _reason(outcome: ElectionOutcome, label: str) -> str:
    if not outcome.quorum.met:
        return _("参与不足")
    if label in outcome.tied:
        return _("票数相同，待抽签")
    if label in outcome.alternates:
        return _("过半，候补")
    if _passes(outcome, label):
        return _("过半，名额已满") if len(outcome.elected) >= outcome.seats else _("过半，按规则不列入")
    failed = {each.measure for each in _conditions(outcome, ConditionCode.SUPPORT, label).values() if not each.holds}
    if failed == {Measure.HEADS}:
        return _("人数未过半")
    return _("面积未过半") if failed == {Measure.AREA} else _("未过半")
