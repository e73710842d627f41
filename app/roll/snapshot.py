"""Own the bytes of a frozen roll 冻结名册: units, voters and totals without names, and the digest that names them.

The bytes are RFC 8785 canonical JSON; their SHA-256 is the roll hash of every election that uses the roll
(app/verifier/README.md "The record package" and VF06).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import rfc8785

from app.roll.errors import SnapshotRefused
from app.roll.types import RollTotals
from app.values import Area, ComplexSlug, Sha256Hex, UnitCode, VoterNumber

ROLL_FORMAT = "yeyi-roll/1"


@dataclass(frozen=True, slots=True)
class FrozenVoter:
    """Hold one voter to be frozen: the units that are his, which nobody else has."""

    units: tuple[UnitCode, ...]
    #: 1; 0 only under P-PARK `area_only` for a voter who has nothing but parking.
    heads: int = 1


@dataclass(frozen=True, slots=True)
class FrozenRoll:
    """Hold a frozen roll: the exact bytes, their digest, the totals, and the number dealt to every voter."""

    body: bytes
    roll_hash: Sha256Hex
    totals: RollTotals
    #: Number of each voter, in the order in which the voters were given.
    voter_numbers: tuple[VoterNumber, ...]


def freeze_roll(
    complex_slug: ComplexSlug,
    areas: Sequence[tuple[UnitCode, Area]],
    voters: Sequence[FrozenVoter],
    permutation: Sequence[int],
) -> FrozenRoll:
    """Freeze counted units and their voters; ``permutation[i]`` is the number, from 1, dealt to ``voters[i]``.

    The permutation is drawn at random by the caller, so that a voter's number says nothing about his door.
    Raises SnapshotRefused when units repeat, have no area, belong to no voter or to two, or the numbers are no permutation.
    """
    area_of = dict(areas)
    _require_whole(areas, voters, permutation)
    voter_of = {unit: number for voter, number in zip(voters, permutation, strict=True) for unit in voter.units}
    total = Area.total(area_of.values())
    heads = sum(voter.heads for voter in voters)
    numbered = sorted(zip(permutation, voters, strict=True), key=lambda pair: pair[0])
    body = rfc8785.dumps(
        {
            "format": ROLL_FORMAT,
            "complex": complex_slug,
            "units": [{"unit": unit, "area": str(area_of[unit]), "voter": voter_of[unit]} for unit in sorted(area_of)],
            "voters": [
                {"voter": number, "area": str(Area.total(area_of[unit] for unit in voter.units)), "heads": voter.heads}
                for number, voter in numbered
            ],
            "totals": {"area": str(total), "units": len(area_of), "heads": heads},
        }
    )
    return FrozenRoll(
        body=body,
        roll_hash=Sha256Hex(hashlib.sha256(body).hexdigest()),
        totals=RollTotals(units=len(area_of), voters=heads, area=total),
        voter_numbers=tuple(VoterNumber(number) for number in permutation),
    )


def _require_whole(areas: Sequence[tuple[UnitCode, Area]], voters: Sequence[FrozenVoter], permutation: Sequence[int]) -> None:
    if not areas or not voters:
        raise SnapshotRefused("snapshot_empty")
    codes = [unit for unit, _ in areas]
    if len(set(codes)) != len(codes):
        raise SnapshotRefused("snapshot_unit_twice", units=sorted({unit for unit in codes if codes.count(unit) > 1}))
    without_area = sorted(unit for unit, area in areas if not area)
    if without_area:
        raise SnapshotRefused("snapshot_unit_without_area", units=without_area)
    held = [unit for voter in voters for unit in voter.units]
    if len(set(held)) != len(held):
        raise SnapshotRefused("snapshot_unit_of_two_voters", units=sorted({unit for unit in held if held.count(unit) > 1}))
    if set(held) != set(codes) or not all(voter.units for voter in voters):
        raise SnapshotRefused("snapshot_unit_without_voter", units=sorted(set(held) ^ set(codes)))
    if sorted(permutation) != list(range(1, len(voters) + 1)):
        raise SnapshotRefused("snapshot_numbers_wrong", voters=len(voters))
