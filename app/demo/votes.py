"""Own the elections of the demonstration: their texts and how their invented owners vote."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from app.elections.types import ElectionKind
from app.statute.rule_pack import Matter


@dataclass(frozen=True, slots=True)
class DemoMatter:
    """Say what one matter asks; the leanings are hundredths of the marks per option or candidate."""

    kind: Matter
    title: str
    summary: str
    leanings: tuple[int, ...]
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class DemoElection:
    """Say what one election of the demonstration is about."""

    kind: ElectionKind
    title: str
    matters: tuple[DemoMatter, ...]


#: Name, building, introduction: the candidates of the demonstration, all invented.
CANDIDATES = (
    ("赵文娟", "3栋", "中学教师，关心停车秩序和孩子的活动场地。"),
    ("王建国", "7栋", "退休工程师，想把电梯和消防管好，账目每季度公开。"),
    ("黄晓燕", "12栋", "律师助理，想把议事规则写清楚，让大家看得懂。"),
    ("李秀英", "1栋", "社区医院护士，住本小区九年，愿意听大家的意见。"),
    ("周国强", "2栋", "退役军人，熟悉消防，愿意参加夜间巡查。"),
    ("陈志明", "10栋", "会计，参加过上一届账目核对，主张先公开后花钱。"),
    ("孙丽萍", "8栋", "楼栋志愿者，最熟悉老年人家的难处。"),
    ("刘德海", "5栋", "物流公司主管，愿意每周六值班接待业主。"),
)
_COMMITTEE = "选举第{term}届业主委员会委员"
_FIVE_OF_EIGHT = "8 位候选人，选 5 位。顺序每家不同。"

OPEN_RENEWAL = DemoElection(
    ElectionKind.RENEWAL,
    "第三届业主委员会换届投票",
    (
        DemoMatter(Matter.ELECT, _COMMITTEE.format(term="三"), _FIVE_OF_EIGHT, (64, 58, 47, 71, 52, 66, 39, 33), seats=5),
        DemoMatter(Matter.HIRE, "续聘现物业公司，服务期 3 年", "物业费仍为每平方米每月 1.98 元。", (58, 30, 12)),
        DemoMatter(Matter.COMMON_USE, "把 6栋架空层改成自行车棚", "占用 1 楼架空层，四分之三同意才能做。", (72, 18, 10)),
    ),
)
FINISHED_RENEWAL = DemoElection(
    ElectionKind.RENEWAL,
    "第二届业委会换届投票",
    (
        DemoMatter(Matter.ELECT, _COMMITTEE.format(term="二"), _FIVE_OF_EIGHT, (78, 69, 61, 74, 57, 66, 41, 28), seats=5),
        DemoMatter(Matter.FUND_USE, "用维修资金修 12 栋楼的屋面防水", "工程预算 38 万元，从维修资金支出。", (68, 20, 12)),
    ),
)
NEARLY_THERE = DemoElection(
    ElectionKind.DECISION,
    "续聘物业公司表决",
    (
        DemoMatter(
            Matter.HIRE, "续聘云尚物业，服务期 2 年", "物业费每平方米每月 2.60 元，合同从明年 1 月 1 日起。", (66, 24, 10)
        ),
    ),
)
DRAFT = DemoElection(
    ElectionKind.DECISION,
    "用维修资金修外墙",
    (DemoMatter(Matter.FUND_USE, "用维修资金修 3 号楼外墙", "工程预算 9.6 万元，从维修资金支出。", ()),),
)


def marks_of(election: DemoElection, pick: random.Random) -> list[list[int]]:
    """Draw the marks of one invented owner: one list of 0 and 1 per matter, within the limits of the ballot."""
    return [_committee(matter, pick) if matter.seats else _option(matter.leanings, pick) for matter in election.matters]


def _committee(matter: DemoMatter, pick: random.Random) -> list[int]:
    seats = matter.seats or 0
    liked = [number for number, leaning in enumerate(matter.leanings) if pick.randrange(100) < leaning]
    chosen = set(pick.sample(liked, seats) if len(liked) > seats else liked)
    return [int(number in chosen) for number in range(len(matter.leanings))]


def _option(leanings: Sequence[int], pick: random.Random) -> list[int]:
    drawn = pick.choices(range(len(leanings)), weights=leanings)[0]
    return [int(number == drawn) for number in range(len(leanings))]
