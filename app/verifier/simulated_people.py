"""Own the made-up complex of a simulation: its roll, who votes, in what order, and what each voter chooses.

Everything here follows from the seed alone; no key and no proof is made here. All names are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from random import Random

from app.crypto.election import Question
from app.errors import Malformed
from app.statute.case import ElectionKind
from app.statute.rule_pack import Matter
from app.values import Area
from app.verifier.definition import MATTER_OPTIONS
from app.verifier.roll import Roll, RollUnit, RollVoter

COMPLEX = "moni-huayuan"
_AREAS = (6985, 8932, 8932, 10517, 12746, 14260)
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_GIVEN = ("建国", "秀英", "志强", "桂兰", "海燕", "文博", "晓东", "丽华", "国庆", "思远", "雅琴", "明哲")
_MATTERS = (
    (Matter.HIRE, "是否选聘{name}为本小区提供物业服务"),
    (Matter.FUND_USE, "是否使用维修资金更换{name}"),
    (Matter.COMMON_USE, "是否将{name}改作非机动车充电棚"),
    (Matter.RULES, "是否修改业主大会议事规则第{name}条"),
    (Matter.OTHER, "是否同意{name}的共有收益分配方案"),
    (Matter.COVENANT, "是否修改管理规约第{name}条"),
    (Matter.FUND_RAISE, "是否筹集{name}的维修资金"),
    (Matter.REBUILD, "是否改建{name}"),
)
_NAMES = ("安居物业", "三号楼电梯", "北门空地", "十二", "二〇二七年", "七", "外墙保温", "西侧围墙")


class Act(StrEnum):
    """Name what a simulated owner does."""

    ENROL = "enrol"
    VOTE = "vote"
    REPLACE = "replace"


@dataclass(frozen=True)
class Plan:
    """Hold what is simulated; ``turnout`` is the share of voters who vote."""

    units: int
    turnout: Fraction
    matters: int
    candidates: int
    seats: int
    trustees: int
    threshold: int
    seed: str
    insecure: bool = False
    election: ElectionKind = ElectionKind.COMMITTEE

    def __post_init__(self) -> None:
        reasonable = {
            "units": 1 <= self.units <= 100_000,
            "turnout": 0 <= self.turnout <= 1,
            "matters": 0 <= self.matters <= 50,
            "candidates": 0 <= self.candidates <= 200,
            "seats": not self.candidates or 1 <= self.seats <= 50,
            "trustees": 1 <= self.trustees <= 20,
            "threshold": 1 <= self.threshold <= self.trustees,
            "questions": self.matters + self.candidates > 0 or self.election is ElectionKind.RECALL,
            "election": not self.candidates or self.election is not ElectionKind.RECALL,
        }
        for option, good in reasonable.items():
            if not good:
                raise Malformed("simulation_option", option=option)


@dataclass(frozen=True)
class Step:
    """Hold one act of one voter; ``choices`` is a vector of 0/1 per question for a vote."""

    act: Act
    voter: int
    choices: tuple[tuple[int, ...], ...] = ()


def make_roll(plan: Plan) -> Roll:
    """Return a roll: mostly one unit a voter, some with two, and a developer with a few unsold ones as one head."""
    rng = Random(f"{plan.seed}|roll")
    owners: list[list[tuple[str, Area]]] = []
    unsold: list[tuple[str, Area]] = []
    for at in range(plan.units):
        unit = (_code(at), Area(rng.choice(_AREAS) + rng.randrange(0, 60)))
        chance = rng.randrange(100)
        if chance < 2 and plan.units >= 20:
            unsold.append(unit)
        elif chance < 7 and owners:
            rng.choice(owners).append(unit)
        else:
            owners.append([unit])
    holders = owners + ([unsold] if unsold else [])
    # Numbers are dealt in random order, so that a voter number tells nothing of the door.
    rng.shuffle(holders)
    units = [RollUnit(code, area, number) for number, held in enumerate(holders, 1) for code, area in held]
    voters = [RollVoter(number, Area.total(area for _, area in held), 1) for number, held in enumerate(holders, 1)]
    return Roll.of(COMPLEX, units, voters)


def _code(at: int) -> str:
    floor_size, floors, entrances = 4, 18, 2
    rest, room = divmod(at, floor_size)
    rest, floor = divmod(rest, floors)
    building, entrance = divmod(rest, entrances)
    return f"{building + 1}-{entrance + 1}-{floor + 1:02d}{room + 1:02d}"


def make_questions(plan: Plan) -> list[tuple[Matter, int | None, Question]]:
    """Return kind, seats (None for matters) and question: the matters first, then the election or the recall."""
    rng = Random(f"{plan.seed}|questions")
    questions: list[tuple[Matter, int | None, Question]] = []
    for at in range(plan.matters):
        kind, text = _MATTERS[at % len(_MATTERS)]
        title = f"事项{at + 1}：{text.format(name=_NAMES[at % len(_NAMES)])}？"
        questions.append((kind, None, Question(MATTER_OPTIONS, 0, 1, title)))
    if plan.candidates:
        names = [f"{surname}{given}" for surname in _SURNAMES for given in _GIVEN]
        rng.shuffle(names)
        labels = tuple(f"{name}（{1 + rng.randrange(9)}栋）" for name in names[: plan.candidates])
        limit = min(plan.seats, plan.candidates)
        verb = "补选" if plan.election is ElectionKind.BY_ELECTION else "选举"
        question = Question(labels, 0, limit, f"{verb}业主委员会委员（{plan.seats}名）")
        questions.append((Matter.ELECT, plan.seats, question))
    if plan.election is ElectionKind.RECALL:
        member = f"{rng.choice(_SURNAMES)}{rng.choice(_GIVEN)}"
        questions.append((Matter.ELECT, None, Question(MATTER_OPTIONS, 0, 1, f"是否罢免业主委员会委员{member}？")))
    return questions


def make_steps(plan: Plan, voters: int, questions: list[tuple[Matter, int | None, Question]]) -> list[Step]:
    """Return what happens between opening and closing, in order: enrolments, votes, changes, replaced phones."""
    rng = Random(f"{plan.seed}|choices")
    order = list(range(1, voters + 1))
    rng.shuffle(order)
    voting = order[: int(plan.turnout * voters + Fraction(1, 2))]
    idle = order[len(voting) : len(voting) + max(1, voters // 50)]
    timed: list[tuple[int, int, int, Step]] = []
    for place, voter in enumerate(voting + idle):
        acts = _acts(rng, place, len(voting))
        moments = sorted(rng.randrange(10**9) for _ in acts)
        for number, (act, moment) in enumerate(zip(acts, moments, strict=True)):
            choices = _choices(rng, questions) if act is Act.VOTE else ()
            timed.append((moment, voter, number, Step(act, voter, choices)))
    return [step for *_, step in sorted(timed, key=lambda each: each[:3])]


def _acts(rng: Random, place: int, voting: int) -> tuple[Act, ...]:
    """Return the acts of one voter; the first few places show every pattern, so that small elections have them too."""
    if place >= voting:
        return (Act.ENROL,)
    patterns = (
        (Act.ENROL, Act.VOTE, Act.VOTE),
        (Act.ENROL, Act.VOTE, Act.REPLACE, Act.VOTE),
        (Act.ENROL, Act.REPLACE, Act.VOTE),
        (Act.ENROL, Act.VOTE, Act.REPLACE),
    )
    if voting >= 8 and place < len(patterns):
        return patterns[place]
    chance = rng.randrange(100)
    if chance < 5:
        return patterns[0]
    return patterns[1 + chance % 3] if chance < 8 else (Act.ENROL, Act.VOTE)


def _choices(rng: Random, questions: list[tuple[Matter, int | None, Question]]) -> tuple[tuple[int, ...], ...]:
    marks = []
    for _, seats, question in questions:
        count = len(question.answers)
        if seats is None:
            chosen = [rng.choices((0, 1, 2, None), (62, 25, 8, 5))[0]]
        else:
            popular = sorted(range(count), key=lambda at: rng.randrange(100) + 3 * (count - at), reverse=True)
            chosen = list(popular[: rng.randint(0, question.maximum)])
        marks.append(tuple(int(at in chosen) for at in range(count)))
    return tuple(marks)
