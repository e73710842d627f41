"""Own the sentences that explain a verdict, Chinese and English, with the exact fraction and the article.

Percentages are for reading only; the fraction beside them is what was compared (app/statute/LAW.md 1).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from app.statute.explain_notes import explain_note
from app.statute.findings import Condition, ConditionCode, Finding
from app.statute.languages import Language
from app.statute.weight import Measure
from app.values import percent_text, share_of

_DIGITS = "零一二三四五六七八九十"


def explain(finding: Finding, lang: str = Language.ZH) -> str:
    """Return one sentence for a condition or a note, in the language of a tag such as ``zh-CN`` or ``en``."""
    if isinstance(finding, Condition):
        return _condition_en(finding) if Language.of(lang) is Language.EN else _condition_zh(finding)
    return explain_note(finding, lang)


def explain_all(findings: Iterable[Finding], lang: str = Language.ZH) -> list[str]:
    """Return one sentence for each finding, in order."""
    return [explain(finding, lang) for finding in findings]


def share_words(share: Fraction, strict: bool, lang: str = Language.ZH) -> str:
    """Say a required share in the law's words: 三分之二以上, 过半数 / at least 2/3, more than 1/2."""
    if Language.of(lang) is Language.EN:
        return f"{'more than' if strict else 'at least'} {share.numerator}/{share.denominator}"
    if strict and share == Fraction(1, 2):
        return "过半数"
    words = f"{_DIGITS[share.denominator]}分之{_DIGITS[share.numerator]}"
    return f"超过{words}" if strict else f"{words}以上"


def missing_text(condition: Condition, lang: str = Language.ZH) -> str:
    """Say how much is missing for a condition to hold: ``还差 3 人`` or ``还差 87.40 ㎡``."""
    amount = condition.quantity(condition.missing)
    if Language.of(lang) is Language.EN:
        return f"{amount} {_unit_en(condition)} short"
    return f"还差 {amount} {_unit_zh(condition)}"


def _unit_zh(condition: Condition) -> str:
    return "㎡" if condition.measure is Measure.AREA else "人"


def _unit_en(condition: Condition) -> str:
    if condition.measure is Measure.AREA:
        return "m²"
    return "head" if condition.missing == 1 else "heads"


def _fraction(condition: Condition) -> str:
    """Write the exact fraction as it was compared: ``7999.99/12000.00``."""
    return f"{condition.quantity(condition.part)}/{condition.quantity(condition.whole)}"


def _percent(condition: Condition) -> str:
    return percent_text(share_of(condition.part, condition.whole)) if condition.whole else "—"


def _condition_zh(condition: Condition) -> str:
    by_area = condition.measure is Measure.AREA
    if condition.code is ConditionCode.QUORUM:
        subject = "参与表决的专有部分面积" if by_area else "参与表决的人数"
        whole = "占总面积" if by_area else "占总人数"
    elif condition.code is ConditionCode.PETITION:
        subject = "联名的专有部分面积" if by_area else "联名的人数"
        whole = "占总面积" if by_area else "占总人数"
    else:
        what = "面积" if by_area else "人数"
        subject = f"同意{what}" if condition.code is ConditionCode.MAJORITY else f"{condition.subject}的赞成{what}"
        whole = f"占总{what}" if condition.threshold.of == "totals" else f"占参与表决{what}"
    counted = ""
    if condition.attributed:
        counted = f"（其中按规则计入 {condition.quantity(condition.attributed)} {_unit_zh(condition)}）"
    share = share_words(condition.required, condition.threshold.strict)
    if condition.holds:
        result = f"已{share}" if share.startswith(("过", "超")) else f"达到{share}"
    else:
        result = f"未{share}" if share.startswith(("过", "超")) else f"未达到{share}"
        result += f"，{missing_text(condition)}"
    return (
        f"{subject} {condition.quantity(condition.part)} {_unit_zh(condition)}{counted}，"
        f"{whole}的 {_fraction(condition)}（{_percent(condition)}），{result}（{condition.provision.article_zh}）。"
    )


def _condition_en(condition: Condition) -> str:
    by_area = condition.measure is Measure.AREA
    part = condition.quantity(condition.part)
    amount = f"{part} m²" if by_area else f"{part} {'head' if condition.part == 1 else 'heads'}"
    if condition.code is ConditionCode.QUORUM:
        subject, whole = f"{amount} took part", "of the total area" if by_area else "of all heads"
    elif condition.code is ConditionCode.PETITION:
        subject, whole = f"{amount} signed", "of the total area" if by_area else "of all heads"
    else:
        who = "agree" if condition.code is ConditionCode.MAJORITY else f"support {condition.subject}"
        subject, what = f"{amount} {who}", "area" if by_area else "heads"
        all_of_it = "of the total area" if by_area else "of all heads"
        whole = all_of_it if condition.threshold.of == "totals" else f"of the participating {what}"
    counted = ""
    if condition.attributed:
        counted = f" (of which {condition.quantity(condition.attributed)} added by rule)"
    share = share_words(condition.required, condition.threshold.strict, Language.EN)
    result = f"which is {share}"
    if not condition.holds:
        result = f"which is not {share}; {missing_text(condition, Language.EN)}"
    return (
        f"{subject}{counted}: {_fraction(condition)} ({_percent(condition)}) {whole}, "
        f"{result} ({condition.provision.article_en})."
    )
