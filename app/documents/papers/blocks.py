"""Own the values that several papers share: people, days, totals, legal marks, outcomes and signatures."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from app.values.area import Area
from app.web.charts import Reading


@dataclass(frozen=True, slots=True)
class Member:
    """Hold a member of a group or committee."""

    name: str
    #: 组长, 组员; 主任, 委员.
    role: str
    #: Whom the person speaks for, 业主代表（3栋）, 街道, 居委会.
    belongs_to: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step of the plan with its days, both included; one day where ``until_on`` is None."""

    title: str
    from_on: date
    until_on: date | None = None
    #: The rule in plain words, 公示不少于 7 日; empty where there is none.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Hold the totals of the frozen roll."""

    units: int
    heads: int
    area: Area


@dataclass(frozen=True, slots=True)
class LegalMark:
    """Hold a share that must be reached (达到) or exceeded (超过, ``strict``); from the rule pack of the decision."""

    share: Fraction
    strict: bool


@dataclass(frozen=True, slots=True)
class OptionCount:
    """Hold what one option got, as parts of those who took part."""

    title: str
    heads: Reading
    area: Reading


@dataclass(frozen=True, slots=True)
class CandidateCount:
    """Hold what one candidate got, in order of rank, as parts of those who took part."""

    name: str
    building: str
    heads: Reading
    area: Reading
    elected: bool
    #: Why not, 过半，名额已满; empty where elected.
    reason: str = ""


@dataclass(frozen=True, slots=True)
class MatterOutcome:
    """Hold the outcome of one matter; a matter has options or candidates, the other is empty."""

    number: int
    title: str
    #: The verdict in a word, 通过, 未通过, 参与不足，投票无效, 选出 5 位.
    word: str
    good: bool
    #: One sentence with the exact numbers.
    sentence: str
    #: Those who took part, of the whole scope, with the quorum as mark.
    came_heads: Reading
    came_area: Reading
    options: tuple[OptionCount, ...] = ()
    candidates: tuple[CandidateCount, ...] = ()
    #: Leave exact areas out, because few voters could be recognised by them.
    small: bool = False
    #: Sentences on each condition of the law.
    explanation: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """Hold a line to sign on: what the person signs as, and the printed name where it is known."""

    role: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """Hold a portrait as JPEG or PNG."""

    content: bytes = field(repr=False)
