"""Hold the freeze to its properties for any ownership: nothing lost, nothing doubled, numbers dealt once, bytes that verify."""

from __future__ import annotations

from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from app.roll.live import LiveUnit, door_order, live_totals, live_voters
from app.roll.services.freeze_roll import deal_numbers
from app.roll.snapshot import FrozenVoter, freeze_roll
from app.values import Area, ComplexSlug, UnitCode
from app.verifier.roll import Roll

OWNERS = st.frozensets(st.integers(1, 6), min_size=0, max_size=3)
DEVELOPER = 99


@st.composite
def units(draw: st.DrawFn) -> list[LiveUnit]:
    """Draw a small roll: few persons, so that they share units often; some parking, some unsold."""
    made = []
    for number in range(draw(st.integers(1, 12))):
        status = draw(st.sampled_from(["delivered", "delivered", "unsold", "undelivered"]))
        counted = number == 0 or draw(st.booleans())
        owners = draw(OWNERS) if status == "delivered" else frozenset({DEVELOPER})
        made.append(
            LiveUnit(
                id=number,
                code=f"1-1-{number + 101:04d}",
                building="1栋",
                entrance="1",
                room=f"{number + 101:04d}",
                floor=1,
                area=Area(draw(st.integers(1, 50_000))),
                use="exclusive" if counted else "parking",
                status=status,
                counted=counted,
                under_review=False,
                owners=tuple(sorted(owners)),
            )
        )
    return made


@given(units())
def test_every_counted_unit_belongs_to_exactly_one_voter(roll: list[LiveUnit]) -> None:
    voters = live_voters(roll, DEVELOPER)
    held = [unit.code for voter in voters for unit in voter.units]
    assert sorted(held) == sorted(unit.code for unit in roll if unit.counted)
    assert Area.total(voter.area for voter in voters) == live_totals(roll, voters).area
    assert live_totals(roll, voters).voters == len({unit.owner_key for unit in roll if unit.counted})


@given(units())
def test_a_unit_without_owners_is_one_head_of_its_own(roll: list[LiveUnit]) -> None:
    for voter in live_voters(roll, DEVELOPER):
        assert voter.persons or len(voter.units) == 1


@given(units(), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_frozen_bytes_hold_the_roll_and_verify(roll: list[LiveUnit], source) -> None:  # type: ignore[no-untyped-def]
    voters = live_voters(roll, DEVELOPER)
    totals = live_totals(roll, voters)
    areas = [(UnitCode(unit.code), unit.area) for voter in voters for unit in voter.units]
    plain = [FrozenVoter(tuple(UnitCode(unit.code) for unit in voter.units), voter.heads) for voter in voters]
    numbers = deal_numbers(len(plain), source.randrange)
    frozen = freeze_roll(ComplexSlug("qinglan"), areas, plain, numbers)
    read = Roll.parse(frozen.body)
    assert read.to_bytes() == frozen.body
    assert sha256(frozen.body).hexdigest() == frozen.roll_hash
    assert (frozen.totals.units, frozen.totals.voters, frozen.totals.area) == (totals.units, totals.voters, totals.area)


@given(st.integers(0, 60), st.data())
def test_any_source_deals_every_number_once(count: int, data: st.DataObject) -> None:
    dealt = deal_numbers(count, lambda bound: data.draw(st.integers(0, bound - 1)))
    assert sorted(dealt) == list(range(1, count + 1))


def test_doors_stand_in_the_order_people_expect() -> None:
    doors = ["S1-2", "10-1-0101", "2-1-1201", "2-1-0301", "S1-12", "2-2-0101"]
    assert sorted(doors, key=door_order) == ["2-1-0301", "2-1-1201", "2-2-0101", "10-1-0101", "S1-2", "S1-12"]
