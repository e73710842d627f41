"""Hold what follows from the record of a committee: its mandate on a day, and what a vacancy asks for."""

from __future__ import annotations

from datetime import date

import pytest

from app.committee.errors import MembersMissing, MembersTooMany, MemberTwice, TermReversed, TermsOverlap
from app.committee.rules import (
    Oddity,
    Remedy,
    Standing,
    attrition_of,
    mandate_of,
    oddities_of,
    require_members,
    require_period,
)
from app.committee.types import MemberRow, Office, Seat, TermRow
from app.statute.rule_pack import Matter, load_rule_pack

PACK = load_rule_pack()
STARTS, ENDS = date(2022, 7, 1), date(2027, 6, 30)


def member(number: int, office: Office = Office.MEMBER, ended_on: date | None = None) -> MemberRow:
    return MemberRow(number, f"委员{number}", "3栋", office, number, STARTS, ended_on, None, "", None, None, False)


def term(seats: int, serving: int, alternates: int = 0, **changes: object) -> TermRow:
    left = [member(number, ended_on=date(2025, 1, 1)) for number in range(serving + 1, seats + 1)]
    waiting = [member(100 + number, Office.ALTERNATE) for number in range(alternates)]
    members = (*(member(number) for number in range(1, serving + 1)), *left, *waiting)
    facts = {"caretaker_since_on": None, "filed_on": None, "filing_number": "", "starts_on": STARTS, "ends_on": ENDS, **changes}
    return TermRow(id=1, number=2, seats=seats, election_uuid="", members=members, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seats", "serving", "alternates", "remedy", "too_few"),
    [
        (7, 7, 2, Remedy.NONE, False),
        (7, 4, 0, Remedy.BY_ELECTION, False),
        (7, 3, 0, Remedy.RE_ELECTION, True),
        (9, 5, 0, Remedy.BY_ELECTION, False),
        (9, 4, 0, Remedy.RE_ELECTION, True),
        (7, 4, 1, Remedy.MOVE_UP, False),
        (7, 3, 1, Remedy.MOVE_UP, True),
        (6, 3, 0, Remedy.BY_ELECTION, False),
    ],
)
def test_says_what_a_vacancy_asks_for(seats: int, serving: int, alternates: int, remedy: Remedy, too_few: bool) -> None:
    found = attrition_of(term(seats, serving, alternates), PACK)
    assert (found.remedy, found.is_too_few) == (remedy, too_few)
    assert found.vacancies == seats - serving


def test_an_ended_alternate_does_not_wait() -> None:
    gone = member(100, Office.ALTERNATE, date(2025, 1, 1))
    row = term(7, 4)
    assert attrition_of(row, PACK) == attrition_of(TermRow(**{**_values(row), "members": (*row.members, gone)}), PACK)


@pytest.mark.parametrize(
    ("row", "on", "standing", "convenes"),
    [
        (None, ENDS, Standing.UNKNOWN, True),
        (term(5, 5), STARTS, Standing.IN_OFFICE, True),
        (term(5, 5), ENDS, Standing.IN_OFFICE, True),
        (term(5, 5), date(2027, 7, 1), Standing.EXPIRED, False),
        (term(5, 5, caretaker_since_on=date(2027, 4, 2)), date(2027, 4, 1), Standing.IN_OFFICE, True),
        (term(5, 5, caretaker_since_on=date(2027, 4, 2)), date(2027, 4, 2), Standing.CARETAKER, True),
        (term(5, 5, caretaker_since_on=date(2027, 4, 2)), date(2027, 7, 1), Standing.EXPIRED, False),
        (term(5, 2), STARTS, Standing.TOO_FEW, False),
    ],
)
def test_says_what_a_committee_may_do_on_a_day(row: TermRow | None, on: date, standing: Standing, convenes: bool) -> None:
    mandate = mandate_of(row, on, PACK)
    assert (mandate.standing, mandate.may_convene) == (standing, convenes)


def test_a_caretaker_leaves_major_matters_to_its_successor() -> None:
    mandate = mandate_of(term(5, 5, caretaker_since_on=date(2027, 4, 2)), date(2027, 5, 1), PACK)
    free = {matter for matter in Matter if not mandate.withholds(matter, "on")}
    assert free == {Matter.RULES, Matter.COVENANT, Matter.ELECT}
    assert not any(mandate.withholds(matter, "off") for matter in Matter)
    assert not any(mandate_of(term(5, 5), ENDS, PACK).withholds(matter, "on") for matter in Matter)


def test_names_what_a_recorded_term_departs_from_the_law_in() -> None:
    assert oddities_of(term(5, 5), PACK) == ()
    assert oddities_of(term(5, 5, ends_on=date(2027, 7, 1)), PACK) == (Oddity.TERM_LONG,)
    assert oddities_of(term(6, 6), PACK) == (Oddity.SEATS_UNLAWFUL,)
    assert oddities_of(term(13, 13, ends_on=date(2028, 1, 1)), PACK) == (Oddity.TERM_LONG, Oddity.SEATS_UNLAWFUL)
    assert oddities_of(term(3, 3), PACK) == (Oddity.SEATS_UNLAWFUL,)


def test_refuses_periods_that_cannot_be() -> None:
    require_period(date(2027, 7, 1), date(2032, 6, 30), [term(5, 5)])
    with pytest.raises(TermReversed):
        require_period(ENDS, ENDS, [])
    with pytest.raises(TermsOverlap) as refused:
        require_period(ENDS, date(2032, 6, 30), [term(5, 5)])
    assert refused.value.values == {"number": 2}


def test_refuses_lists_that_cannot_be() -> None:
    chair = Seat("赵文娟", "3栋", Office.CHAIR)
    require_members([chair, Seat("赵文娟", "5栋")], 2)
    with pytest.raises(MembersMissing):
        require_members([Seat("王建国", "7栋", Office.ALTERNATE)], 5)
    with pytest.raises(MembersTooMany) as refused:
        require_members([chair, Seat("王建国")], 1)
    assert refused.value.values == {"members": 2, "seats": 1}
    with pytest.raises(MemberTwice):
        require_members([chair, Seat("赵文娟", "3栋", Office.ALTERNATE)], 5)


def test_orders_the_members_in_office_and_the_alternates() -> None:
    members = (member(1), member(2, Office.VICE_CHAIR), member(3, Office.CHAIR), member(9, Office.ALTERNATE))
    row = TermRow(**{**_values(term(5, 0)), "members": (*members, member(8, Office.ALTERNATE))})
    assert [person.id for person in row.serving] == [3, 2, 1]
    assert [person.id for person in row.alternates] == [8, 9]


def _values(row: TermRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in TermRow.__slots__}
