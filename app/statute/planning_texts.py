"""Own the sentences for what a plan runs into and for the ways out of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from app.statute.languages import Bilingual, Language
from app.statute.planning_types import Conflict, ConflictCode, Severity
from app.statute.timeline_output import date_text
from app.statute.timeline_steps import StepKey

_SENTENCES: Mapping[ConflictCode, Bilingual] = {
    ConflictCode.CERTIFIED_AFTER_TERM: Bilingual(
        "按现在的安排，最早 {certified} 才能确认结果，晚于任期届满日 {term_end}。",
        "As it stands the result can be certified on {certified} at the earliest, after the term ends on {term_end}.",
    ),
    ConflictCode.NOTICE_SHORT: Bilingual(
        "从公告到开始投票只有 {days} 个整天，至少要 {needed} 天。",
        "Only {days} whole days lie between the notice and the opening; at least {needed} are needed.",
    ),
    ConflictCode.OPENS_AFTER_LIMIT: Bilingual(
        "首次会议应在筹备组成立后 {limit_days} 日内召开，最迟 {latest} 开始投票；现在是 {planned}。",
        "The first meeting is due within {limit_days} days of the group's formation, by {latest}; voting opens on {planned}.",
    ),
    ConflictCode.VOTING_TOO_SHORT: Bilingual(
        "投票期只有 {days} 天，至少要 {fewest} 天。", "The voting window has {days} days; at least {fewest} are needed."
    ),
    ConflictCode.VOTING_TOO_LONG: Bilingual(
        "投票期有 {days} 天，最多 {most} 天。", "The voting window has {days} days; at most {most} are allowed."
    ),
    ConflictCode.STEP_TOO_EARLY: Bilingual(
        "「{title}」定在 {planned}，早于最早的日期 {earliest}。",
        "“{title}” is set for {planned}, before its earliest day, {earliest}.",
    ),
    ConflictCode.STEP_TOO_LATE: Bilingual(
        "「{title}」定在 {planned}，晚于最迟的日期 {latest}。",
        "“{title}” is set for {planned}, after its latest day, {latest}.",
    ),
    ConflictCode.STEP_IMPOSSIBLE: Bilingual(
        "按前面的安排，「{title}」最早在 {earliest}，已晚于最迟的日期 {latest}。",
        "By the steps before it “{title}” can be done on {earliest} at the earliest, after its latest day, {latest}.",
    ),
    ConflictCode.DONE_TOO_EARLY: Bilingual(
        "「{title}」在 {planned} 已经完成，早于最早的日期 {earliest}。",
        "“{title}” was done on {planned}, before its earliest day, {earliest}.",
    ),
    ConflictCode.DONE_TOO_LATE: Bilingual(
        "「{title}」在 {planned} 才完成，晚于最迟的日期 {latest}。",
        "“{title}” was done on {planned}, after its latest day, {latest}.",
    ),
    ConflictCode.TERM_END_PAST: Bilingual("业委会的任期已在 {term_end} 届满。", "The committee's term ended on {term_end}."),
    ConflictCode.TOUCHES_SPRING_FESTIVAL: Bilingual(
        "投票期（{opens} 至 {closes}）遇上{name}（{first} 至 {last}{expected}），很多业主不在家。",
        "Voting ({opens} to {closes}) touches {name} ({first} to {last}{expected}), when many owners are away.",
    ),
    ConflictCode.TOUCHES_NATIONAL_DAY: Bilingual(
        "投票期（{opens} 至 {closes}）遇上{name}（{first} 至 {last}{expected}），很多业主不在家。",
        "Voting ({opens} to {closes}) touches {name} ({first} to {last}{expected}), when many owners are away.",
    ),
    ConflictCode.CLOSES_AT_NOON: Bilingual(
        "投票在工作日 {closes} 中午 {time} 截止，上班的业主容易错过最后半天。",
        "Voting closes at {time} on {closes}, the noon of a working day; owners at work miss the last half day.",
    ),
    ConflictCode.WINDOWS_OVERLAP: Bilingual(
        "投票期（{opens} 至 {closes}）与「{other}」（{first} 至 {last}）重叠，业主容易混淆。",
        "Voting ({opens} to {closes}) overlaps “{other}” ({first} to {last}); owners may confuse the two.",
    ),
    ConflictCode.PLANNED_IN_PAST: Bilingual(
        "「{title}」定在 {planned}，日期已过，还没有完成的记录。",
        "“{title}” was set for {planned}; the day is over and nothing records that it was done.",
    ),
    ConflictCode.HOLIDAYS_UNPUBLISHED: Bilingual(
        "{year} 年放假安排未公布：期限的最后一天遇休息日暂不顺延，按较早的日期算。",
        "The holidays of {year} are not published: a last day on a rest day does not move yet; the earlier date holds.",
    ),
}


class WayOut(StrEnum):
    """Name what can be done about a conflict."""

    ANNOUNCE_EARLIER = "announce_earlier"
    OPEN_EARLIER = "open_earlier"
    SHORTEN_WINDOW = "shorten_window"
    OPEN_LATER = "open_later"
    ANNOUNCE_AGAIN = "announce_again"
    CHOOSE_DAYS = "choose_days"
    MOVE_LATER = "move_later"
    MOVE_EARLIER = "move_earlier"
    MOVE_OTHERS = "move_others"
    DO_AND_EXPLAIN = "do_and_explain"
    EXPLAIN = "explain"
    STREET_DECIDES = "street_decides"
    COMMUNITY_RENEWS = "community_renews"
    COMMUNITY_RENEWS_SOON = "community_renews_soon"
    RENEW_FIRST = "renew_first"
    OPEN_AFTER_HOLIDAY = "open_after_holiday"
    CLOSE_BEFORE_HOLIDAY = "close_before_holiday"
    REMIND_MORE = "remind_more"
    CLOSE_AT_MIDNIGHT = "close_at_midnight"
    AFTER_THE_OTHER = "after_the_other"
    RECORD_OR_MOVE = "record_or_move"
    WAIT_FOR_TABLE = "wait_for_table"


_WAYS_OUT: Mapping[WayOut, Bilingual] = {
    WayOut.ANNOUNCE_EARLIER: Bilingual(
        "最迟 {notice_by} 发公告，最迟 {opens_by} 开始投票；也可以缩短投票期，但不少于 {fewest} 天。",
        "Give the notice by {notice_by} and open voting by {opens_by}, or shorten the window to no fewer than {fewest} days.",
    ),
    WayOut.OPEN_EARLIER: Bilingual(
        "最迟 {opens_by} 开始投票；也可以缩短投票期，但不少于 {fewest} 天。",
        "Open voting by {opens_by}, or shorten the window to no fewer than {fewest} days.",
    ),
    WayOut.SHORTEN_WINDOW: Bilingual(
        "把投票期缩短到 {shorter} 天，并在 {soonest_opening} 开始投票，还来得及。",
        "It can still be met with a voting window of {shorter} days that opens on {soonest_opening}.",
    ),
    WayOut.OPEN_LATER: Bilingual("把开始投票改到 {earliest} 或以后。", "Open voting on {earliest} or later."),
    WayOut.ANNOUNCE_AGAIN: Bilingual(
        "公告天数不足的决定可能被撤销：请街道决定是否重新公告、重新投票。",
        "A decision on short notice may be revoked: let the street decide whether to give notice and vote again.",
    ),
    WayOut.CHOOSE_DAYS: Bilingual("把投票期定为 {fewest} 至 {most} 天。", "Choose a voting window of {fewest} to {most} days."),
    WayOut.MOVE_LATER: Bilingual("改到 {earliest} 或以后。", "Move it to {earliest} or later."),
    WayOut.MOVE_EARLIER: Bilingual("改到 {latest} 或以前。", "Move it to {latest} or earlier."),
    WayOut.MOVE_OTHERS: Bilingual("把前面的步骤提前。", "Move the steps before it to earlier days."),
    WayOut.DO_AND_EXPLAIN: Bilingual(
        "最迟的日期已过：尽快完成，并在记录中写明原因。",
        "The latest day is over: do it as soon as possible and record the reason.",
    ),
    WayOut.EXPLAIN: Bilingual(
        "已经发生，不能更改：在记录中写明原因，业主询问时可以说明。",
        "It has happened and cannot be changed: record the reason, so that owners who ask get an answer.",
    ),
    WayOut.STREET_DECIDES: Bilingual(
        "请街道决定这一步是否需要重做，并记录理由。", "Let the street decide whether the step is done again, and record why."
    ),
    WayOut.COMMUNITY_RENEWS: Bilingual(
        "立即报告街道：由居民委员会在街道指导下组织换届，选出新一届之前老业委会不再作出决定。",
        "Tell the street at once: the residents' committee organises the renewal under its guidance; until the new committee "
        "is elected the old one decides nothing.",
    ),
    WayOut.COMMUNITY_RENEWS_SOON: Bilingual(
        "已经赶不上任期届满：尽快完成，并报告街道，届满后由居民委员会在街道指导下继续组织换届。",
        "The end of the term can no longer be met: go on without delay and tell the street; after the term the residents' "
        "committee continues the renewal under its guidance.",
    ),
    WayOut.RENEW_FIRST: Bilingual(
        "届满的业委会不能召集会议：先办理换届，或由居民委员会在街道指导下召集。",
        "A committee whose term is over cannot convene: renew it first, or let the residents' committee convene under the "
        "guidance of the street.",
    ),
    WayOut.OPEN_AFTER_HOLIDAY: Bilingual("可以改到 {after} 或以后开始投票。", "Voting can open on {after} or later."),
    WayOut.CLOSE_BEFORE_HOLIDAY: Bilingual(
        "可以最迟 {opens_before} 开始投票，在 {before} 以前结束。", "Voting can open by {opens_before} and end by {before}."
    ),
    WayOut.REMIND_MORE: Bilingual(
        "时间不能再改：节前节后多提醒、多上门，需要时在截止前决定延长一次。",
        "The days cannot be moved: remind and visit owners before and after, and extend once before the close if need be.",
    ),
    WayOut.CLOSE_AT_MIDNIGHT: Bilingual(
        "改为当天 24:00 截止，或改到周末晚上截止。", "Close at 24:00 of that day, or on a weekend evening."
    ),
    WayOut.AFTER_THE_OTHER: Bilingual(
        "改到 {after} 或以后开始投票，或者把两项放进同一次投票。", "Open voting on {after} or later, or put both into one vote."
    ),
    WayOut.RECORD_OR_MOVE: Bilingual(
        "已经完成的，记为完成；还没有完成的，改到 {today} 或以后。",
        "If it was done, record it; if not, move it to {today} or later.",
    ),
    WayOut.WAIT_FOR_TABLE: Bilingual(
        "放假安排公布后，日期会重新计算。", "When they are published, the dates are computed again."
    ),
}


def conflict(
    code: ConflictCode, severity: Severity, step: StepKey | None, ways: Iterable[WayOut], values: Mapping[str, object]
) -> Conflict:
    """Build a conflict; ``values`` fill the braces of its texts: dates, whole numbers, plain or bilingual names."""
    return Conflict(
        code,
        severity,
        step,
        Bilingual(*(_fill(_SENTENCES[code].say(lang), values, lang) for lang in Language)),
        Bilingual(*(_say_ways(tuple(ways), values, lang) for lang in Language)),
    )


def _say_ways(ways: tuple[WayOut, ...], values: Mapping[str, object], lang: Language) -> str:
    texts = [_fill(_WAYS_OUT[way].say(lang), values, lang) for way in ways]
    return (" " if lang is Language.EN else "").join(texts)


def _fill(text: str, values: Mapping[str, object], lang: Language) -> str:
    return text.format_map({key: _write(value, lang) for key, value in values.items()})


def _write(value: object, lang: Language) -> str:
    if isinstance(value, Bilingual):
        return value.say(lang)
    return date_text(value, lang) if isinstance(value, date) else str(value)
