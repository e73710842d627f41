"""Hold when a ballot is accepted, how often it may be changed, the candidates' order, the steps, and who may be a trustee."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from app.access.actor import VISITOR, Actor
from app.access.roles import Role, effective_roles
from app.elections.ceremony import due_round, phase_of
from app.elections.errors import (
    ElectionClosed,
    ElectionNotFound,
    ElectionNotOpen,
    ElectionWithdrawn,
    NotATrustee,
    TrusteesRefused,
)
from app.elections.policies import party_of, require_three_sides, require_visible, trustee_of
from app.elections.progress import Doing, Step, operator_task, steps_of, trustee_task
from app.elections.rules import ballots_allowed, is_open, is_over, order_key, require_open, shuffled
from app.elections.trustee_state import trustee_state
from app.elections.types import ElectionRow, ElectionState, Party, TrusteeChoice
from app.statute.policies import Policies
from tests.unit.elections.rows import NOW, an_election

OPEN = an_election(ElectionState.OPEN)
SECOND = timedelta(seconds=1)
GIVEN = {"given": True}


@pytest.mark.parametrize(
    ("at", "accepted"),
    [
        (OPEN.opens_at - SECOND, False),
        (OPEN.opens_at, True),
        (OPEN.closes_at - SECOND, True),
        (OPEN.closes_at, False),
    ],
)
def test_accepts_a_ballot_from_the_first_instant_to_before_the_last(at: datetime, accepted: bool) -> None:
    assert is_open(OPEN, at) is accepted


@pytest.mark.parametrize("state", [state for state in ElectionState if state is not ElectionState.OPEN])
def test_accepts_no_ballot_in_any_other_state(state: ElectionState) -> None:
    assert not is_open(replace(OPEN, state=state), OPEN.opens_at)


def test_says_why_a_ballot_is_not_accepted() -> None:
    with pytest.raises(ElectionNotOpen):
        require_open(OPEN, OPEN.opens_at - SECOND)
    with pytest.raises(ElectionNotOpen):
        require_open(replace(OPEN, state=ElectionState.ANNOUNCED), OPEN.opens_at)
    with pytest.raises(ElectionClosed):
        require_open(OPEN, OPEN.closes_at)
    with pytest.raises(ElectionClosed):
        require_open(replace(OPEN, state=ElectionState.PUBLISHED), OPEN.opens_at)
    with pytest.raises(ElectionWithdrawn):
        require_open(replace(OPEN, state=ElectionState.WITHDRAWN), OPEN.opens_at)
    require_open(OPEN, OPEN.opens_at)


@pytest.mark.parametrize(("value", "allowed"), [("none", 1), ("once", 2), ("unlimited", None)])
def test_counts_the_ballots_a_change_policy_allows(value: str, allowed: int | None) -> None:
    assert ballots_allowed(Policies({"P-CHANGE": value})) == allowed


def test_shows_one_owner_always_the_same_order_and_different_owners_different_ones() -> None:
    orders = [shuffled(7, order_key(b"k" * 32, OPEN.uuid, 1, f"voter|{number}")) for number in range(400)]
    assert all(sorted(order) == list(range(7)) for order in orders)
    assert orders[0] == shuffled(7, order_key(b"k" * 32, OPEN.uuid, 1, "voter|0"))
    first = Counter(order[0] for order in orders)
    assert len(set(orders)) > 300
    assert set(first) == set(range(7))
    assert max(first.values()) < 100


def test_orders_another_matter_another_election_and_another_secret_differently() -> None:
    key = order_key(b"k" * 32, OPEN.uuid, 1, "voter|1")
    others = {
        order_key(b"l" * 32, OPEN.uuid, 1, "voter|1"),
        order_key(b"k" * 32, "another", 1, "voter|1"),
        order_key(b"k" * 32, OPEN.uuid, 2, "voter|1"),
        order_key(b"k" * 32, OPEN.uuid, 1, "voter|2"),
    }
    assert len(others | {key}) == 5


def test_says_that_an_election_is_over_by_the_clock_or_by_its_state() -> None:
    assert is_over(OPEN, OPEN.closes_at)
    assert not is_over(OPEN, OPEN.closes_at - SECOND)
    assert is_over(replace(OPEN, state=ElectionState.CLOSED), OPEN.opens_at)
    assert not is_over(an_election(ElectionState.ANNOUNCED), OPEN.closes_at)


# --- who may -------------------------------------------------------------------------------------------------------


def test_takes_the_side_of_a_trustee_from_the_other_roles() -> None:
    assert party_of({Role.TRUSTEE, Role.COMMUNITY_OPERATOR}) is Party.OPERATOR
    assert party_of({Role.TRUSTEE, Role.STREET_OPERATOR}) is Party.OPERATOR
    assert party_of({Role.TRUSTEE, Role.SUPERVISOR}) is Party.SUPERVISOR
    assert party_of({Role.TRUSTEE}) is Party.GROUP


@pytest.mark.parametrize("roles", [set(), {Role.SUPERVISOR}, {Role.TRUSTEE, Role.PROPERTY_COMPANY}])
def test_refuses_a_trustee_without_the_role_that_counts(roles: set[Role]) -> None:
    with pytest.raises(TrusteesRefused):
        party_of(effective_roles(roles))


def _three(*organisations: str) -> list[TrusteeChoice]:
    return [TrusteeChoice(n, "", name, party) for n, (name, party) in enumerate(zip(organisations, Party, strict=False))]


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        (_three("居委会", "社工中心"), "sides"),
        ([*_three("居委会", "社工中心"), TrusteeChoice(9, "", "另一中心", Party.SUPERVISOR)], "sides"),
        (_three("居委会", "社工 中心", "社工中心"), "same_organisation"),
        (_three("居委会", "社工中心", "江南物业"), "property_company"),
        (_three("居委会", "", "换届小组"), "same_organisation"),
    ],
)
def test_refuses_trustees_that_are_not_three_sides_of_three_organisations(chosen: list[TrusteeChoice], reason: str) -> None:
    with pytest.raises(TrusteesRefused) as refused:
        require_three_sides(chosen, frozenset({"江南物业"}))
    assert refused.value.values["reason"] == reason


def test_hides_a_draft_from_all_but_those_who_prepare_it() -> None:
    operator = Actor(1, roles=frozenset({Role.COMMUNITY_OPERATOR}))
    assert require_visible(operator, an_election()) == an_election()
    for actor in (VISITOR, Actor(2, roles=frozenset({Role.SUPERVISOR})), Actor(3, roles=frozenset({Role.OWNER}))):
        with pytest.raises(ElectionNotFound):
            require_visible(actor, an_election())
        assert require_visible(actor, an_election(ElectionState.ANNOUNCED)).is_public


def test_finds_the_trustee_of_an_account_and_nobody_elses() -> None:
    assert trustee_of(1002, an_election()).index == 2
    for account in (None, 1, 7):
        with pytest.raises(NotATrustee):
            trustee_of(account, an_election())


# --- how far -------------------------------------------------------------------------------------------------------


def _given(election: ElectionRow, *rounds: int) -> ElectionRow:
    fields = ("cert", "coefexps", "verification_key", "rehearsal")
    trustees = tuple(
        replace(trustee, **dict.fromkeys(fields[:done], GIVEN))  # type: ignore[arg-type]
        for trustee, done in zip(election.trustees, rounds, strict=True)
    )
    return replace(election, trustees=trustees)


@pytest.mark.parametrize(
    ("rounds", "due", "phase"),
    [
        ((0, 0, 0), 1, "round1"),
        ((1, 1, 0), 1, "round1"),
        ((1, 1, 1), 2, "round2"),
        ((2, 2, 2), 3, "round3"),
        ((3, 3, 3), 4, "rehearsal"),
        ((4, 3, 4), 4, "rehearsal"),
        ((4, 4, 4), 5, "waiting"),
    ],
)
def test_names_the_round_that_is_due_for_all(rounds: tuple[int, int, int], due: int, phase: str) -> None:
    election = _given(an_election(ElectionState.ANNOUNCED), *rounds)
    assert due_round(election.trustees) == due
    assert phase_of(election) == phase


def test_shows_anothers_second_message_only_when_all_have_given_theirs() -> None:
    shares = tuple({"to": index} for index in (1, 2, 3))
    election = _given(an_election(ElectionState.ANNOUNCED), 2, 2, 1)
    assert trustee_state(election, election.trustees[0], {}, "")["round2"] == []
    whole = _given(election, 2, 2, 2)
    whole = replace(whole, trustees=tuple(replace(trustee, shares=shares) for trustee in whole.trustees))
    state = trustee_state(whole, whole.trustees[1], {}, "")
    assert [entry["shares"] for entry in state["round2"]] == [[{"to": 2}]] * 3
    assert state["phase"] == "round3"
    assert state["verification_keys"] == []
    assert state["election"]["raw"] is None


def test_tells_the_operator_whom_to_wait_for_and_when_to_open() -> None:
    announced = an_election(ElectionState.ANNOUNCED)
    task = operator_task(_given(announced, 1, 0, 1), NOW)
    assert task is not None
    assert task.doing is Doing.AWAIT_KEYS
    assert task.awaited == ("江城社工服务中心",)
    ready = operator_task(_given(announced, 4, 4, 4), NOW)
    assert ready is not None
    assert ready.doing is Doing.OPEN
    assert ready.urgency(ready.due_at) == "late"
    assert ready.urgency(ready.due_at - timedelta(days=1)) == "wait"
    assert ready.urgency(ready.due_at - timedelta(days=3)) == ""
    draft = operator_task(an_election(), NOW)
    assert draft is not None
    assert draft.doing is Doing.FINISH_DRAFT
    assert operator_task(replace(OPEN, state=ElectionState.PUBLISHED), NOW) is None


def test_tells_a_trustee_only_what_is_his_to_do() -> None:
    election = _given(an_election(ElectionState.ANNOUNCED), 1, 0, 1)
    mine = trustee_task(election, election.trustees[1], NOW)
    assert mine is not None
    assert mine.doing is Doing.GIVE_KEY
    assert trustee_task(election, election.trustees[0], NOW) is None
    closed = trustee_task(OPEN, OPEN.trustees[0], OPEN.closes_at)
    assert closed is not None
    assert closed.doing is Doing.DECRYPT
    assert trustee_task(OPEN, OPEN.trustees[0], OPEN.opens_at) is None


def test_marks_the_first_step_that_is_not_done() -> None:
    states = {step.step: step.state for step in steps_of(_given(an_election(ElectionState.ANNOUNCED), 3, 3, 3), NOW)}
    assert states[Step.KEYS] == "done"
    assert states[Step.REHEARSAL] == "now"
    assert states[Step.OPENING] == "next"
    withdrawn = steps_of(an_election(ElectionState.WITHDRAWN), NOW)
    assert all(step.state != "now" for step in withdrawn)
