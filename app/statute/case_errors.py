"""Own the one-line sentences for unusable case files and for contradictions (app/statute/LAW.md 3.1)."""

from __future__ import annotations

from app.errors import Malformed
from app.statute.languages import Bilingual, Language
from app.statute.problems import Problem, ProblemCode

_ERRORS = {
    "not_json": Bilingual("不是可读的 JSON 文件", "not a readable JSON document"),
    "not_an_object": Bilingual("应为 JSON 对象", "must be a JSON object"),
    "not_a_list": Bilingual("应为列表", "must be a list"),
    "not_a_name": Bilingual("应为非空文字", "must be non-empty text"),
    "not_a_boolean": Bilingual("应为 true 或 false", "must be true or false"),
    "word_unknown": Bilingual("没有这个取值", "no such value"),
    "policy_unknown": Bilingual("没有这条规则", "no such policy"),
    "policy_value_unknown": Bilingual("这条规则没有这个取值", "the policy has no such value"),
    "units_missing": Bilingual("没有任何专有部分", "there are no units"),
    "unit_duplicate": Bilingual("房号重复", "the unit appears twice"),
    "area_unreadable": Bilingual(
        '面积应为大于零、恰有两位小数的文字，如 "127.46"',
        'an area is text with exactly two decimals, more than zero, as "127.46"',
    ),
    "owner_missing": Bilingual("已交付的房屋没有业主", "a delivered unit has no owner"),
    "owner_twice": Bilingual("同一房屋中业主重复", "an owner appears twice in one unit"),
    "owner_unknown": Bilingual("不是文件中任何房屋的业主", "owns no unit in the file"),
    "developer_missing": Bilingual("有未售或未交付的房屋而没有 developer", "unsold or undelivered without a developer"),
    "unit_not_his": Bilingual("没有这个房号，或不属于该业主", "no such unit, or not this owner's"),
    "instant_unreadable": Bilingual("时间不可读", "not a readable time"),
    "instant_without_offset": Bilingual("时间没有时区", "the time has no offset"),
    "choice_missing": Bilingual("票上没有 choice", "the ballot has no choice"),
    "candidate_unknown": Bilingual("没有这位候选人", "no such candidate"),
    "candidate_twice": Bilingual("同一候选人选了两次", "a candidate is chosen twice"),
    "too_many_choices": Bilingual("所选人数超过名额", "more choices than seats"),
    "seats_missing": Bilingual("选举须有名额（不小于 1 的整数）", "an election needs seats, a whole number from 1"),
    "candidates_unusable": Bilingual("选举须有不重复的候选人", "an election needs distinct candidates"),
    "not_an_election": Bilingual("只有选举才有此项", "only an election has this"),
    "rule_pack_unknown": Bilingual("没有这个规则包", "no such rule pack"),
    "rule_pack_without_dates": Bilingual("这个规则包没有程序的日期", "this rule pack has no dates of procedures"),
    "term_end_missing": Bilingual("换届须有任期届满日 term_end", "a renewal needs term_end, the last day of the term"),
    "date_unreadable": Bilingual('日期应写成 "2027-06-30"', 'a date is written as "2027-06-30"'),
    "date_out_of_range": Bilingual("算出的日期超出日历", "a date falls outside the calendar"),
    "days_unusable": Bilingual(
        "天数应为整数，投票期从 1 起，异议期从 0 起", "days are a whole number, voting from 1, objections from 0"
    ),
    "choice_unknown": Bilingual("没有这个选择", "no such choice"),
    "choice_not_in_plan": Bilingual("这类程序的安排中没有这一步", "this plan has no such step"),
    "totals_empty": Bilingual("计入的面积或人数为零，无法计票", "no area or no head is counted"),
}

_PROBLEMS = {
    ProblemCode.UNSOLD_WITH_BUYER: Bilingual(
        "{unit} 标为未售，却有买受人；按建设单位的房屋计票。", "{unit} is unsold but has a buyer; counted as the developer's."
    ),
    ProblemCode.NOMINEE_NOT_OWNER: Bilingual(
        "{unit} 推选的人不是其业主；按没有推选计票。", "The nominee of {unit} does not own it; counted as no nominee."
    ),
    ProblemCode.NOMINEES_DIFFER: Bilingual(
        "{unit} 的业主推选了不同的人；按没有推选计票。", "The owners of {unit} have two nominees; counted as no nominee."
    ),
    ProblemCode.SAME_TIME: Bilingual(
        "{owner} 的票与同一业主的另一张票时间相同而内容或方式不同；按文件中的先后计票。",
        "A ballot of {owner} came at the same instant as a different one of the same voter; counted in file order.",
    ),
    ProblemCode.SEATS_EVEN: Bilingual("委员名额为双数；照此计票。", "The number of seats is even; counted as given."),
    ProblemCode.SEATS_OUT_OF_RANGE: Bilingual(
        "委员名额不在法定范围内；照此计票。", "The number of seats is outside the range of the rules; counted as given."
    ),
}

#: Longest piece of a foreign value that is shown back.
_SHOWN_CHARACTERS = 60


def error_line(error: Malformed, lang: str = Language.ZH) -> str:
    """Return one line that says what is wrong with a case file and where; never contains a line break."""
    words = _ERRORS.get(error.code, Bilingual(error.code, error.code)).say(lang)
    where = error.values.get("where", "")
    got = ascii(error.values["got"]) if error.values.get("got") is not None else ""
    shown = got if len(got) <= _SHOWN_CHARACTERS else got[:_SHOWN_CHARACTERS] + "…"
    colon = ": " if Language.of(lang) is Language.EN else "："
    line = f"{where}{colon if where else ''}{words}"
    line += f" ({shown})" if shown else ""
    return " ".join(line.split())


def problem_line(problem: Problem, lang: str = Language.ZH) -> str:
    """Return one sentence for a contradiction and the reading used."""
    return _PROBLEMS[problem.code].say(lang).format(unit=problem.unit, owner=problem.owner)
