"""Check what may be objected to, day by day, and by when the answer is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.elections.types import ElectionState
from app.procedure.nominating import nominations_open, shown_to_public
from app.procedure.objecting import answer_due_on, open_windows, posted_on, windows
from app.procedure.types import Dossier, NominationState, ProcedureKind, ProcedureState
from app.statute.overlay import Overlay
from app.statute.own_rules import Basis, Change
from tests.unit.elections.rows import NOW, an_election
from tests.unit.procedure.dossiers import (
    at,
    candidates,
    correction,
    dossier,
    fact,
    nomination,
    objection,
    posting,
    procedure,
)


def abouts(made: Dossier, day: date) -> list[str]:
    return [window.about for window in open_windows(made, day)]


def test_a_posted_list_is_open_for_the_days_of_the_pack_the_first_not_counted() -> None:
    made = dossier(postings=(posting("GROUP", at(14)), posting("GROUP", at(16), 2)))
    assert [(row.about, row.from_on, row.until_on) for row in windows(made)] == [
        ("group", date(2026, 4, 14), date(2026, 4, 21))
    ]
    assert [abouts(made, date(2026, 4, day)) for day in (13, 14, 21, 22)] == [[], ["group"], ["group"], []]


def test_a_last_day_on_a_weekend_moves_to_monday() -> None:
    made = dossier(postings=(posting("N4", at(12)),))
    assert [row.until_on for row in windows(made)] == [date(2026, 4, 20)]


def test_the_own_rules_may_give_more_days() -> None:
    clause = Change("objection_days", "10", Basis.RULES, 5, "公示异议期为十日。", ("周敏", "吴涛"))
    made = dossier(postings=(posting("N4", at(14)),), own_rules=Overlay([clause]))
    assert [row.until_on for row in windows(made)] == [date(2026, 4, 24)]


def test_a_late_evening_belongs_to_its_own_day_in_china() -> None:
    assert posted_on(dossier(postings=(posting("N4", at(14, 23)),)), "candidates") == date(2026, 4, 14)


def test_a_corrected_list_opens_anew() -> None:
    old = posting("N4", at(13))
    made = dossier(postings=(old,), orders=(correction("candidates", at(14)),))
    assert windows(made) == ()
    again = replace(made, postings=(old, posting("N4", at(15), 2)))
    assert windows(again)[0].from_on == date(2026, 4, 15)
    assert windows(dossier(postings=(old,), orders=(correction("group_posted", at(14)),)))[0].about == "candidates"


def test_nothing_is_open_while_the_street_has_stopped_it() -> None:
    made = dossier(procedure(state=ProcedureState.STOPPED), postings=(posting("GROUP", at(14)),))
    assert abouts(made, date(2026, 4, 15)) == []


def test_the_notice_until_voting_opens_and_the_result_until_its_period_ends() -> None:
    draft = an_election()
    assert windows(dossier(election=draft)) == ()
    announced = replace(draft, state=ElectionState.ANNOUNCED, announced_at=NOW)
    assert [row.about for row in windows(dossier(election=announced))] == ["notice"]
    assert windows(dossier(election=announced))[0].until_on == announced.opens_at.date()
    assert windows(dossier(election=replace(announced, state=ElectionState.WITHDRAWN))) == ()
    closes = NOW + timedelta(days=30)
    midnight = closes.replace(hour=0, minute=0) + timedelta(days=1)
    published = replace(announced, published_at=NOW + timedelta(days=23), objections_close_at=midnight)
    assert [row.about for row in windows(dossier(election=published))] == ["notice", "result"]
    assert windows(dossier(election=published))[1].until_on == closes.date()


def test_a_recall_is_open_from_the_petition_on() -> None:
    recall = procedure(ProcedureKind.RECALL, seats=None)
    assert windows(dossier(recall)) == ()
    made = dossier(recall, facts=[fact("petition", 14)])
    assert [(row.about, row.until_on) for row in windows(made)] == [("recall", date(2026, 4, 21))]
    assert windows(dossier(facts=[fact("petition", 14)])) == ()


def test_an_answer_is_due_after_the_days_of_the_pack() -> None:
    assert answer_due_on(dossier(), objection("group", received=14)) == date(2026, 4, 21)
    assert answer_due_on(dossier(), objection("group", received=12)) == date(2026, 4, 20)


@pytest.mark.parametrize("kind", [ProcedureKind.RENEWAL, ProcedureKind.FIRST_ELECTION])
def test_owners_propose_from_the_groups_formation_until_the_list_hangs(kind: ProcedureKind) -> None:
    formed = dossier(procedure(kind), facts=[fact("group_formed", 10)])
    assert not nominations_open(dossier(procedure(kind)))
    assert nominations_open(formed)
    assert not nominations_open(replace(formed, postings=(posting("N4", at(13)),)))
    assert not nominations_open(dossier(procedure(kind), facts=[fact("group_formed", 10), fact("candidates", 12)]))
    announced = replace(an_election(), state=ElectionState.ANNOUNCED)
    assert nominations_open(replace(formed, election=an_election()))
    assert not nominations_open(replace(formed, election=announced))
    assert not nominations_open(replace(formed, procedure=procedure(kind, state=ProcedureState.STOPPED)))


def test_a_by_election_has_no_group_and_a_decision_no_candidates() -> None:
    assert nominations_open(dossier(procedure(ProcedureKind.BY_ELECTION, seats=1)))
    assert not nominations_open(dossier(procedure(ProcedureKind.DECISION, seats=None)))
    assert not nominations_open(dossier(procedure(ProcedureKind.RECALL, seats=None)))


def test_the_public_sees_only_who_is_on_a_posted_list() -> None:
    waiting, refused = nomination(7, NominationState.PROPOSED), nomination(8, NominationState.REFUSED)
    people = (*candidates(2), waiting, refused)
    hidden, shown = dossier(nominations=people), dossier(nominations=people, postings=(posting("N4", at(13)),))
    assert [shown_to_public(hidden, row) for row in people] == [False, False, False, False]
    assert [shown_to_public(shown, row) for row in people] == [True, True, False, False]
    announced = replace(hidden, election=replace(an_election(), announcement=b"{}"))
    assert [shown_to_public(announced, row) for row in people] == [True, True, False, False]
