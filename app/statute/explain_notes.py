"""Own the sentences for what stands beside the comparisons: silence, seats, ties, alternates and the conclusion."""

from __future__ import annotations

from app.statute.findings import Note, NoteCode
from app.statute.languages import Bilingual, Language
from app.statute.policies import policy_registry

_NOTES = {
    NoteCode.SILENCE_COUNTED: Bilingual(
        "已送达而未交回的 {heads} 人、{area} ㎡ 计入参与表决（{policy}）。",
        "Served but not returned: {heads} heads, {area} m² count as taking part ({policy}).",
    ),
    NoteCode.SILENCE_LEFT_OUT: Bilingual(
        "已送达而未交回的 {heads} 人、{area} ㎡ 不计入（{policy}）。",
        "Served but not returned: {heads} heads, {area} m² are not counted ({policy}).",
    ),
    NoteCode.FOLLOWED: Bilingual(
        "随多数意见的票：{heads} 人、{area} ㎡（{policy}）。",
        "Ballots that follow the majority: {heads} heads, {area} m² ({policy}).",
    ),
    NoteCode.NO_MAJORITY_TO_FOLLOW: Bilingual(
        "没有可以随从的多数意见，不计入任何一方（{policy}）。",
        "There is no majority to follow; nothing is added to either side ({policy}).",
    ),
    NoteCode.WITHOUT_SILENCE: Bilingual(
        "只算交回的票：参与 {heads} 人、{area} ㎡，{support}{result}。",
        "Counting returned ballots only: {heads} heads, {area} m² take part, {support}{result}.",
    ),
    NoteCode.WITH_SILENCE: Bilingual(
        "计入没交回的票：参与 {heads} 人、{area} ㎡，{support}{result}。",
        "Counting ballots not returned as well: {heads} heads, {area} m² take part, {support}{result}.",
    ),
    NoteCode.ELECTED: Bilingual(
        "应选 {seats} 人，{passing} 人达到要求；按排名当选：{names}（{policy}）。",
        "{seats} seats, {passing} candidates pass; elected in order of rank: {names} ({policy}).",
    ),
    NoteCode.PARTIAL_ACCEPTED: Bilingual(
        "达到要求的少于应选 {seats} 人，结果有效，缺额另行补选（{policy}）。",
        "Fewer pass than the {seats} seats; the result is valid and the rest are filled by by-election ({policy}).",
    ),
    NoteCode.PARTIAL_REFUSED: Bilingual(
        "应选 {seats} 人，只有 {passing} 人达到要求，按规则选举不成立，无人当选（{policy}）。",
        "{seats} seats but only {passing} candidates pass; by the rules nobody is elected ({policy}).",
    ),
    NoteCode.DROPPED_TO_BE_ODD: Bilingual(
        "委员人数须为单数，排名末位的 {names} 不列入委员（{policy}）。",
        "The committee must have an odd number of members; {names}, ranked last, is left out ({policy}).",
    ),
    NoteCode.ALTERNATES: Bilingual(
        "候补委员，按排名：{names}（{policy}）。",
        "Alternates in order of rank: {names} ({policy}).",
    ),
    NoteCode.LOT_FOR_SEAT: Bilingual(
        "{names} 的人数和面积都相同，最后的名额须公开抽签决定（{policy}）。",
        "{names} have equal heads and equal area; a public lot decides the last seat ({policy}).",
    ),
    NoteCode.LOT_FOR_ALTERNATE: Bilingual(
        "{names} 的人数和面积都相同，最后的候补名额须公开抽签决定（{policy}）。",
        "{names} have equal heads and equal area; a public lot decides the last alternate's place ({policy}).",
    ),
    NoteCode.NOBODY_PASSED: Bilingual("没有候选人同时达到人数和面积的要求。", "No candidate passes in both heads and area."),
}

_CONCLUSIONS = {
    "passed": Bilingual("结论：通过。", "Conclusion: passed."),
    "failed": Bilingual("结论：未通过。", "Conclusion: not passed."),
    "no_quorum": Bilingual("结论：参与不足，表决无效。", "Conclusion: too few took part; the vote is not valid."),
    "elected": Bilingual("结论：选举有效，全部名额选出。", "Conclusion: the election is valid and fills all seats."),
    "partial": Bilingual("结论：选举有效，部分名额选出。", "Conclusion: the election is valid and fills some seats."),
    "tied": Bilingual("结论：最后的名额并列，待公开抽签。", "Conclusion: a tie for the last seat awaits a public lot."),
}

_RESULTS = {
    "passed": Bilingual("通过", "passed"),
    "failed": Bilingual("未通过", "not passed"),
    "no_quorum": Bilingual("参与不足", "too few took part"),
    "elected": Bilingual("全部名额选出", "all seats filled"),
    "partial": Bilingual("部分名额选出", "some seats filled"),
    "tied": Bilingual("最后的名额并列", "a tie for the last seat"),
}

_NOBODY_ELECTED = Bilingual("无人当选", "nobody elected")

_ELECTION_FAILED = Bilingual("结论：选举不成立，无人当选。", "Conclusion: the election fails; nobody is elected.")


def explain_note(note: Note, lang: str = Language.ZH) -> str:
    """Return one sentence for a note."""
    if note.code is NoteCode.CONCLUSION:
        return conclusion_text(note.verdict, lang, is_election=note.numbers is not None)
    separator = ", " if Language.of(lang) is Language.EN else "、"
    values: dict[str, object] = dict(note.numbers or {})
    values["names"] = separator.join(note.names)
    values["policy"] = _policy_words(note.policy, lang) if note.policy else ""
    if note.weight is not None:
        values["heads"], values["area"] = note.weight.heads, note.weight.area
    if note.code in {NoteCode.WITHOUT_SILENCE, NoteCode.WITH_SILENCE}:
        values |= _compared(note, lang)
    return _NOTES[note.code].say(lang).format(**values)


def _compared(note: Note, lang: str) -> dict[str, object]:
    """Say who agrees or is elected, and the result."""
    english = Language.of(lang) is Language.EN
    agreeing, names = note.agreeing, (", " if english else "、").join(note.names)
    result = _RESULTS[note.verdict]
    if agreeing is not None:
        heads, area = agreeing.heads, agreeing.area
        support = Bilingual(f"同意 {heads} 人、{area} ㎡，", f"{heads} heads, {area} m² agree: ")
    elif names:
        support = Bilingual(f"当选：{names}，", f"elected {names}: ")
    else:
        support = Bilingual("", "")
        result = _NOBODY_ELECTED if note.verdict == "failed" else result
    return {"support": support.say(lang), "result": result.say(lang)}


def conclusion_text(verdict: str, lang: str = Language.ZH, *, is_election: bool = False) -> str:
    """Return the sentence that states a verdict."""
    if is_election and verdict == "failed":
        return _ELECTION_FAILED.say(lang)
    return _CONCLUSIONS[verdict].say(lang)


def _policy_words(key: str, lang: str) -> str:
    policy = policy_registry()[key]
    rules = "rules of procedure" if Language.of(lang) is Language.EN else "议事规则"
    return f"{rules}{'：' if Language.of(lang) is Language.ZH else ': '}{policy.title.say(lang)}"
