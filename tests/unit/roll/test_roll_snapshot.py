"""Test the bytes of a frozen roll."""

from __future__ import annotations

import hashlib
import json
import random

import pytest

from app.roll.errors import SnapshotRefused
from app.roll.persons import identify_persons, propose_developer
from app.roll.reading import read_clean_roll
from app.roll.rules import voters_of
from app.roll.snapshot import FrozenVoter, freeze_roll
from app.values import Area, ComplexSlug, UnitCode
from tests.unit.roll.roll_files import ROLLS

SLUG = ComplexSlug("qinglan")
AREAS = [
    (UnitCode("1-1-0202"), Area.parse("89.32")),
    (UnitCode("1-1-0201"), Area.parse("127.46")),
    (UnitCode("1-1-0203"), Area.parse("0.02")),
]
VOTERS = [FrozenVoter((UnitCode("1-1-0201"), UnitCode("1-1-0203"))), FrozenVoter((UnitCode("1-1-0202"),))]


def test_bytes_are_canonical_and_named_by_their_digest() -> None:
    frozen = freeze_roll(SLUG, AREAS, VOTERS, [2, 1])
    assert frozen.body == (
        b'{"complex":"qinglan","format":"yeyi-roll/1","totals":{"area":"216.80","heads":2,"units":3},'
        b'"units":[{"area":"127.46","unit":"1-1-0201","voter":2},{"area":"89.32","unit":"1-1-0202","voter":1},'
        b'{"area":"0.02","unit":"1-1-0203","voter":2}],'
        b'"voters":[{"area":"89.32","heads":1,"voter":1},{"area":"127.48","heads":1,"voter":2}]}'
    )
    assert frozen.roll_hash == hashlib.sha256(frozen.body).hexdigest()
    assert frozen.voter_numbers == (2, 1)


def test_order_of_input_does_not_change_the_bytes() -> None:
    one = freeze_roll(SLUG, AREAS, VOTERS, [2, 1])
    other = freeze_roll(SLUG, AREAS[::-1], VOTERS[::-1], [1, 2])
    assert one.body == other.body


@pytest.mark.parametrize(
    ("areas", "voters", "numbers", "code"),
    [
        ([], [], [], "snapshot_empty"),
        (AREAS + AREAS[:1], VOTERS, [1, 2], "snapshot_unit_twice"),
        ([*AREAS[:2], (AREAS[2][0], Area.zero())], VOTERS, [1, 2], "snapshot_unit_without_area"),
        (AREAS, VOTERS + VOTERS[:1], [1, 2, 3], "snapshot_unit_of_two_voters"),
        (AREAS, VOTERS[:1], [1], "snapshot_unit_without_voter"),
        (AREAS, [*VOTERS, FrozenVoter(())], [1, 2, 3], "snapshot_unit_without_voter"),
        (AREAS, VOTERS, [1, 1], "snapshot_numbers_wrong"),
        (AREAS, VOTERS, [0, 1], "snapshot_numbers_wrong"),
        (AREAS, VOTERS, [1], "snapshot_numbers_wrong"),
    ],
)
def test_roll_that_is_not_whole_is_refused(areas: list, voters: list, numbers: list, code: str) -> None:
    with pytest.raises(SnapshotRefused) as refusal:
        freeze_roll(SLUG, areas, voters, numbers)
    assert refusal.value.code == code


def test_whole_complex_freezes_to_its_totals() -> None:
    name = "a_qinglan_v5_clean.xlsx"
    table = read_clean_roll((ROLLS / name).read_bytes(), name)
    voters = voters_of(table.rows, identify_persons(table.rows, propose_developer(table.rows)))
    numbers = list(range(1, len(voters) + 1))
    random.Random(7).shuffle(numbers)
    frozen = freeze_roll(
        SLUG, [(row.code, row.area) for row in table.counted], [FrozenVoter(voter.units) for voter in voters], numbers
    )
    roll = json.loads(frozen.body)
    assert roll["totals"] == {"area": "189207.67", "units": 1668, "heads": 1534}
    assert [voter["voter"] for voter in roll["voters"]] == list(range(1, 1535))
    assert "谭秀" not in frozen.body.decode()
