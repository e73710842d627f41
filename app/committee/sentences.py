"""Own the sentences of the committee record: refusals, names of offices and endings, what a committee may do."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.committee.rules import Oddity, Remedy, Standing
from app.committee.types import Ending, Office

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "term_not_found": _l("没有找到这一届业委会。"),
    "member_not_found": _l("没有找到这位委员。"),
    "term_exists": _l("第 {number} 届已经登记过了。要改，请到那一届里改。"),
    "term_reversed": _l("任期届满日要晚于开始日。"),
    "terms_overlap": _l("和第 {number} 届的任期重叠。请核对两届的日期。"),
    "members_too_many": _l("委员 {members} 人，名额只有 {seats} 个。请核对名额，或把多出的写成候补。"),
    "members_missing": _l("还没有写委员。每行一位，例如：赵文娟 3栋 主任。"),
    "member_twice": _l("{name} 写了两次。请只留一行。"),
    "member_line_unclear": _l("第 {number} 行看不明白：{line}。每行一位，写姓名、楼栋、职务，例如：赵文娟 3栋 主任。"),
    "offices_unclear": _l("主任选一位，副主任可以不选，都要是现任委员，同一个人不能兼任。"),
    "membership_over": _l("这位委员的离任已经登记过了。"),
    "membership_lasts": _l("这位委员还在任，没有离任移交。"),
    "day_outside_term": _l("日期要在 {starts_on} 和 {until} 之间。"),
    "committee_complete": _l("现在没有空缺的名额。"),
    "no_alternate": _l("没有候补委员可以递补了，请补选。"),
}

OFFICE_NAMES: dict[Office, LazyString] = {
    Office.CHAIR: _l("主任"),
    Office.VICE_CHAIR: _l("副主任"),
    Office.MEMBER: _l("委员"),
    Office.ALTERNATE: _l("候补"),
}

ENDING_NAMES: dict[Ending, LazyString] = {
    Ending.RESIGNED: _l("书面辞职"),
    Ending.NO_LONGER_OWNER: _l("不再是本小区业主"),
    Ending.RECALLED: _l("被业主大会罢免"),
    Ending.LOST_CAPACITY: _l("丧失行为能力"),
    Ending.LIBERTY_RESTRICTED: _l("依法被限制人身自由"),
    Ending.OTHER: _l("其他（规约或议事规则写明的）"),
}

STANDING_NAMES: dict[Standing, LazyString] = {
    Standing.UNKNOWN: _l("没有登记"),
    Standing.IN_OFFICE: _l("在任"),
    Standing.CARETAKER: _l("留守"),
    Standing.TOO_FEW: _l("委员不足半数"),
    Standing.EXPIRED: _l("任期已届满"),
}

#: What a standing means, in one or two sentences; of a committee in office there is nothing to say.
STANDING_WORDS: dict[Standing, LazyString] = {
    Standing.CARETAKER: _l(
        "换届期间，只维持日常工作：不能再召集业主表决选聘或解聘物业、收费、大修和其他重大事项，这些留给新一届。"
    ),
    Standing.TOO_FEW: _l("在任委员不到名额的一半，应召开临时业主大会重新选举。选出之前，由居委会在街道指导下代行职责。"),
    Standing.EXPIRED: _l("任期已届满，不能再召集业主大会。新一届选出之前，由居委会在街道指导下代行职责。"),
}

#: What a vacancy asks for.
REMEDY_WORDS: dict[Remedy, LazyString] = {
    Remedy.MOVE_UP: _l("由候补委员按得票顺序递补。"),
    Remedy.BY_ELECTION: _l("没有候补了，在任委员不少于一半：补选。"),
    Remedy.RE_ELECTION: _l("没有候补了，在任委员不到一半：重新选举整个业委会。"),
}

ODDITY_WORDS: dict[Oddity, LazyString] = {
    Oddity.TERM_LONG: _l("任期超过 5 年，请核对届满日。"),
    Oddity.SEATS_UNLAWFUL: _l("名额不是 5 至 11 人的单数，请核对。"),
}
