"""Hold what a procedure reads out of a published result, and the lot where candidates are equal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from types import MappingProxyType

import pytest

from app.elections.types import CandidateRow, ElectionKind, ElectionRow, ElectionState, MatterRow
from app.procedure.vote_errors import LotUnclear
from app.procedure.vote_outcome import SeatsOutcome, is_without_effect, seats_outcome, verdicts_of, with_lot
from app.statute.rule_pack import Matter
from app.values.clock import CHINA
from app.values.numerals import chinese_number

NOON = datetime(2027, 5, 22, 12, tzinfo=CHINA)
CANDIDATES = tuple(CandidateRow(number, number, f"候选{number}", f"{number}栋", "") for number in range(1, 9))


def vote(verdict: str, elected: Sequence[int], alternates: Sequence[int] = (), tied: Sequence[int] = ()) -> ElectionRow:
    """Make a published vote for five seats with the numbers of candidates in each list."""

    def labels(numbers: Sequence[int]) -> list[str]:
        return [CANDIDATES[number - 1].label for number in numbers]

    said = {"verdict": verdict, "elected": labels(elected), "alternates": labels(alternates), "tied": labels(tied)}
    return ElectionRow(
        id=1,
        uuid="YeyiTestBox111",
        kind=ElectionKind.RENEWAL,
        title="换届投票",
        state=ElectionState.PUBLISHED,
        opens_at=NOON,
        closes_at=NOON,
        policies=MappingProxyType({}),
        rule_pack="civil_code_2021",
        snapshot_id=1,
        announcement=b"{}",
        announcement_sha256="",
        definition=None,
        fingerprint=None,
        trustees_body=None,
        rehearsal=None,
        result=json.dumps({"matters": [said]}).encode(),
        created_by=1,
        created_at=NOON,
        announced_at=NOON,
        opened_at=NOON,
        closed_at=NOON,
        published_at=NOON,
        withdrawn_at=None,
        withdrawal_reason="",
        matters=(MatterRow(1, 0, Matter.ELECT, "选举", "", 5, CANDIDATES),),
    )


def outcome(*given: object, **named: object) -> SeatsOutcome:
    """Read the outcome of a vote that has one."""
    found = seats_outcome(vote(*given, **named))  # type: ignore[arg-type]
    assert found is not None
    return found


def test_reads_whom_the_vote_elected_in_their_rank() -> None:
    found = outcome("elected", [3, 1, 2, 5, 4], [8, 7])
    assert [candidate.id for candidate in found.elected] == [3, 1, 2, 5, 4]
    assert [candidate.id for candidate in found.alternates] == [8, 7]
    assert found.to_draw == 0


def test_draws_the_open_seats_among_those_who_are_equal() -> None:
    found = outcome("tied", [1, 2, 3], [], [4, 5, 6])
    assert found.to_draw == 2
    after = with_lot(found, [6, 4])
    assert (after.verdict, [candidate.id for candidate in after.elected]) == ("elected", [1, 2, 3, 4, 6])
    assert [candidate.id for candidate in after.alternates] == [5]


def test_draws_one_fewer_where_the_number_must_be_odd() -> None:
    # Four pass for five seats; the tie is where one of the last two leaves the list.
    assert outcome("tied", [1, 2], [], [3, 4]).to_draw == 1


@pytest.mark.parametrize("drawn", [[], [4], [4, 5, 6], [4, 7], [4, 4]])
def test_refuses_another_number_or_another_person(drawn: list[int]) -> None:
    with pytest.raises(LotUnclear):
        with_lot(outcome("tied", [1, 2, 3], [], [4, 5, 6]), drawn)


def test_keeps_equal_alternates_behind_those_who_are_ranked() -> None:
    after = with_lot(outcome("elected", [1, 2, 3, 4, 5], [6], [7, 8]), [])
    assert [candidate.id for candidate in after.alternates] == [6, 7, 8]


@pytest.mark.parametrize(("verdict", "expected"), [("failed", True), ("no_quorum", True), ("partial", False), ("tied", False)])
def test_says_whether_a_vote_had_any_effect(verdict: str, expected: bool) -> None:
    assert is_without_effect(vote(verdict, [])) is expected
    assert verdicts_of(vote(verdict, [])) == (verdict,)


@pytest.mark.parametrize(("number", "written"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三")])
def test_writes_ordinals_as_they_are_read(number: int, written: str) -> None:
    assert chinese_number(number) == written
