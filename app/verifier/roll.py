"""Own ``roll.json``: the frozen roll without personal data, whose SHA-256 is the roll hash.

Source: app/crypto/PROTOCOL.md 6 (Two weight maps); form ``yeyi-roll/1``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from app.statute.weight import Weight
from app.values import Area
from app.verifier import shapes
from app.verifier.canonical import canonical_json, parse_canonical
from app.verifier.errors import Inconsistent, MalformedPart

FORMAT = "yeyi-roll/1"


@dataclass(frozen=True, slots=True)
class RollUnit:
    """Hold one exclusive part 专有部分 with the number of the voter it belongs to."""

    unit: str
    area: Area
    voter: int


@dataclass(frozen=True, slots=True)
class RollVoter:
    """Hold one voter (one set of owners): number from 1, area in total, heads (1, or 0 for parking only)."""

    voter: int
    area: Area
    heads: int

    @property
    def weight(self) -> Weight:
        """Return both measures."""
        return Weight(self.area, self.heads)


@dataclass(frozen=True)
class Roll:
    """Hold the frozen roll: units sorted by code, voters sorted by number, and the totals it states."""

    complex: str
    units: tuple[RollUnit, ...]
    voters: tuple[RollVoter, ...]
    totals: Weight
    total_units: int

    @classmethod
    def of(cls, complex_slug: str, units: Sequence[RollUnit], voters: Sequence[RollVoter]) -> Roll:
        """Make a roll with its totals from units and voters in any order."""
        sorted_units = tuple(sorted(units, key=lambda each: each.unit))
        sorted_voters = tuple(sorted(voters, key=lambda each: each.voter))
        totals = Weight.total(each.weight for each in voters)
        return cls(complex_slug, sorted_units, sorted_voters, totals, len(units))

    def to_bytes(self) -> bytes:
        """Write the RFC 8785 bytes."""
        units = [{"unit": each.unit, "area": str(each.area), "voter": each.voter} for each in self.units]
        voters = [{"voter": each.voter, "area": str(each.area), "heads": each.heads} for each in self.voters]
        totals = {"area": str(self.totals.area), "units": self.total_units, "heads": self.totals.heads}
        whole = {"format": FORMAT, "complex": self.complex, "units": units, "voters": voters, "totals": totals}
        return canonical_json(whole)

    def digest(self) -> str:
        """Return the roll hash: SHA-256 of the bytes, in hexadecimal."""
        return sha256(self.to_bytes()).hexdigest()

    @classmethod
    def parse(cls, raw: bytes) -> Roll:
        """Read a roll; form only, :meth:`require_consistent` checks the sums.

        :raises MalformedPart: not the canonical form ``yeyi-roll/1``
        """
        whole = shapes.keys(parse_canonical(raw, "roll.json"), {"format", "complex", "units", "voters", "totals"}, "roll.json")
        if whole["format"] != FORMAT:
            raise MalformedPart(where="roll.json", reason="format", expected=FORMAT, got=whole["format"])
        totals = shapes.keys(whole["totals"], {"area", "units", "heads"}, "totals")
        return cls(
            shapes.text(whole["complex"], "complex"),
            shapes.listed(whole["units"], "units", _unit),
            shapes.listed(whole["voters"], "voters", _voter),
            Weight(shapes.area(totals["area"], "totals.area"), shapes.whole(totals["heads"], "totals.heads")),
            shapes.whole(totals["units"], "totals.units"),
        )

    def require_consistent(self) -> int:
        """Return how many units and voters were compared: order, numbers, areas per voter and all totals.

        :raises Inconsistent: anything does not add up
        """
        codes = [each.unit for each in self.units]
        numbers = [each.voter for each in self.voters]
        if codes != sorted(set(codes)):
            raise Inconsistent("清册里的房号重复或没有排序。", "Unit codes in the roll repeat or are not sorted.")
        if numbers != list(range(1, len(numbers) + 1)):
            raise Inconsistent("投票人编号不是从1起连续。", "Voter numbers do not run from 1 without gaps.")
        self._require_areas()
        totals = Weight.total(each.weight for each in self.voters)
        if totals != self.totals or self.total_units != len(self.units):
            raise Inconsistent(
                f"清册合计应为{totals.area}平方米、{totals.heads}人、{len(self.units)}户，写的是"
                f"{self.totals.area}平方米、{self.totals.heads}人、{self.total_units}户。",
                f"Roll totals should be {totals.area} m2, {totals.heads} heads, {len(self.units)} units; stated are "
                f"{self.totals.area} m2, {self.totals.heads} heads, {self.total_units} units.",
            )
        return len(self.units) + len(self.voters)

    def _require_areas(self) -> None:
        areas: dict[int, int] = dict.fromkeys((each.voter for each in self.voters), 0)
        for unit in self.units:
            if unit.voter not in areas:
                raise Inconsistent(f"房号{unit.unit}没有对应的投票人。", f"Unit {unit.unit} belongs to no voter.")
            areas[unit.voter] += unit.area.centi
        for voter in self.voters:
            if voter.heads not in (0, 1):
                raise Inconsistent(f"{voter.voter}号投票人的人数不是0或1。", f"Voter {voter.voter} is not 0 or 1 heads.")
            if voter.area.centi != areas[voter.voter]:
                raise Inconsistent(
                    f"{voter.voter}号投票人的面积应为{Area(areas[voter.voter])}，写的是{voter.area}。",
                    f"Voter {voter.voter} should have {Area(areas[voter.voter])} m2; stated are {voter.area}.",
                )


def _unit(value: Any, where: str) -> RollUnit:
    row = shapes.keys(value, {"unit", "area", "voter"}, where)
    return RollUnit(shapes.text(row["unit"], where), shapes.area(row["area"], where), shapes.whole(row["voter"], where, 1))


def _voter(value: Any, where: str) -> RollVoter:
    row = shapes.keys(value, {"voter", "area", "heads"}, where)
    return RollVoter(shapes.whole(row["voter"], where, 1), shapes.area(row["area"], where), shapes.whole(row["heads"], where))
