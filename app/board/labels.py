"""Own the words by which the public record speaks of its entries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.board.types import LeafRow

KIND_SENTENCES: dict[str, LazyString] = {
    "roll_frozen": _l("名册封存：%(units)s 个房屋、%(heads)s 人、%(area)s ㎡"),
    "election_announced": _l("投票公告发布，内容从此不能再改"),
    "election_withdrawn": _l("投票撤回"),
    "trustee_round": _l("第 %(index)s 位钥匙保管人完成第 %(round)s 轮"),
    "election_defined": _l("选票定稿"),
    "rehearsal": _l("开箱演练通过：任意两位保管人都能开箱"),
    "opened": _l("投票开放"),
    "enrolled": _l("第 %(voter)s 号投票人登记了投票设备"),
    "replaced": _l("第 %(voter)s 号投票人换了设备，旧设备作废"),
    "ballot": _l("第 %(n)s 张票进入票箱"),
    "closed": _l("票箱关闭：共 %(ballots)s 张，计入 %(effective)s 张"),
    "tally": _l("加密合计已算出"),
    "partial_decryption": _l("第 %(index)s 位钥匙保管人开箱"),
    "result": _l("结果公布"),
    "voting_extended": _l("投票延长一次，原因见投票页面"),
    "notice_given": _l("会议公告发出，已告知居民委员会"),
    "lot_drawn": _l("票数相同，抽签决定"),
    "certified": _l("结果确认，初步结果成为正式结果"),
    "filing": _l("备案状态更新（%(on)s）"),
    "handover_done": _l("交接完成，双方都已签字"),
    "procedure_started": _l("开始办理：%(title)s"),
    "step_done": _l("「%(title)s」已完成（%(done_on)s）"),
    "step_undone": _l("「%(title)s」的记录撤回"),
    "group_posted": _l("小组名单张贴：%(members)s 人，其中业主 %(owners)s 人"),
    "posting": _l("张贴照片存证：%(place)s（文书 %(paper)s）"),
    "objection": _l("收到第 %(number)s 号异议"),
    "objection_answered": _l("第 %(number)s 号异议已答复"),
    "order": _l("街道作出决定，原因见办理进度"),
    "procedure_ended": _l("办理结束：%(title)s"),
    "committee_recorded": _l("第 %(term)s 届业委会登记：%(members)s 位委员，%(seats)s 个名额"),
    "membership_ended": _l("第 %(term)s 届业委会有人离任，现有 %(members)s 位委员，%(seats)s 个名额"),
    "alternate_moved_up": _l("第 %(term)s 届业委会候补委员递补，现有 %(members)s 位委员"),
    "vacancies_filled": _l("第 %(term)s 届业委会补选 %(elected)s 位委员，现有 %(members)s 位委员"),
    "offices_chosen": _l("第 %(term)s 届业委会推选主任、副主任"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one entry of the record as a person reads it."""

    index: int
    kind: str
    sentence: str
    at: datetime
    election_uuid: str
    raw: str


def read_entry(leaf: LeafRow) -> Entry:
    """Say an entry in plain words; an unknown kind is named as it is."""
    body = json.loads(leaf.body)
    sentence = str(KIND_SENTENCES.get(leaf.kind, leaf.kind)) % _Values(body)
    return Entry(leaf.index, leaf.kind, sentence, leaf.at, leaf.election_uuid, leaf.body.decode())


class _Values(dict[str, object]):
    """Leave a placeholder empty when the entry carries no such value."""

    def __missing__(self, key: str) -> str:
        return ""
