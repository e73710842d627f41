"""Check what blocks the steps before the notice, at the edges of every number, and that each blocker has its sentence."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace

import pytest

from app.elections.types import ElectionState
from app.procedure import rules_preparation
from app.procedure.blocking import Blocker
from app.procedure.preparation_sentences import BLOCKER_SENTENCES
from app.procedure.rules_preparation import RULES
from app.procedure.types import Dossier, NominationState, OrderKind, ProcedureKind
from app.statute.overlay import Overlay
from app.statute.own_rules import Basis, Change
from app.statute.policies import Policies
from tests.unit.elections.rows import an_election
from tests.unit.procedure.dossiers import (
    TODAY,
    at,
    candidates,
    correction,
    dossier,
    group,
    nomination,
    objection,
    paper,
    posting,
    procedure,
)

FIRST = procedure(ProcedureKind.FIRST_ELECTION)


def blockers(step: str, made: Dossier) -> list[Blocker]:
    return [blocker for rule in RULES[step] for blocker in rule(made, TODAY)]


def codes(step: str, made: Dossier, *, warnings: bool = False) -> set[str]:
    return {blocker.code for blocker in blockers(step, made) if blocker.is_warning is warnings}


def with_policies(made: Dossier, **chosen: str) -> Dossier:
    policies = dict(Policies({key.replace("_", "-"): value for key, value in chosen.items()}))
    return replace(made, election=replace(an_election(), policies=policies))


class TestGroup:
    @pytest.mark.parametrize(
        ("sides", "expected"),
        [
            ("", {"group_empty"}),
            ("soooorr", set()),
            ("soooooorrr", {"group_even"}),
            ("soooo", {"group_size"}),
            ("soooooorrxx", set()),
            ("sooooooorrrxx", {"group_size"}),
            ("sooorrr", {"group_owners_too_few"}),
            ("sooo", {"group_even", "group_size"}),
            ("sooorr", {"group_even", "group_size"}),
        ],
    )
    def test_number_size_and_owners_share(self, sides: str, expected: set[str]) -> None:
        assert codes("group_formed", dossier(group=group(sides))) == expected

    def test_exactly_half_is_enough_and_half_of_an_odd_group_is_rounded_up(self) -> None:
        assert "group_owners_too_few" not in codes("group_formed", dossier(group=group("soooxr")))
        found = [row for row in blockers("group_formed", dossier(group=group("sooorrr"))) if row.code == "group_owners_too_few"]
        assert found[0].values == {"owners": 3, "members": 7, "share": "1/2", "missing": 1}

    def test_below_two_thirds_is_advice_unless_the_rules_ask_for_it(self) -> None:
        made = dossier(group=group("soooorr"))
        assert "group_owners_below_advised" in codes("group_formed", made, warnings=True)
        assert "group_owners_below_advised" in codes("group_formed", with_policies(made, P_GROUP="two_thirds_owners"))
        enough = dossier(group=group("soooooorr"))
        assert codes("group_formed", with_policies(enough, P_GROUP="two_thirds_owners")) == set()

    def test_one_head_and_in_a_preparatory_group_the_streets(self) -> None:
        sides = "oooosrd"
        assert codes("group_formed", dossier(group=group(sides, head=None))) == {"group_head_missing"}
        two = tuple(replace(row, is_head=row.position < 2) for row in group(sides))
        assert codes("group_formed", dossier(group=two)) == {"group_heads_several"}
        assert codes("group_formed", dossier(FIRST, group=group(sides, head=0))) == {"group_head_not_street"}
        assert codes("group_formed", dossier(FIRST, group=group(sides, head=4))) == set()
        assert codes("group_formed", dossier(group=group(sides, head=0))) == set()

    def test_missing_sides_are_named_and_stop_nothing(self) -> None:
        missing = {"group_without_street", "group_without_residents_committee", "group_without_developer"}
        made = dossier(FIRST, group=group("ooooooo"))
        assert codes("group_formed", made, warnings=True) == missing
        renewal = codes("group_formed", dossier(group=group("ooooooo")), warnings=True)
        assert renewal == missing - {"group_without_developer"}

    def test_what_the_law_fixes_nobody_can_let_pass(self) -> None:
        found = {row.code: row.may_override for row in blockers("group_formed", dossier(group=group("sorr")))}
        assert found == {
            "group_even": False,
            "group_size": True,
            "group_owners_too_few": False,
        }


class TestPosting:
    full = group("soooorr")

    def test_the_list_must_hang_and_its_objections_be_answered(self) -> None:
        assert codes("group_posted", dossier(group=self.full)) == {"group_not_posted"}
        hung = {"group": self.full, "postings": (posting("GROUP", at(12)),)}
        assert codes("group_posted", dossier(**hung)) == set()
        assert codes("group_posted", dossier(**hung, objections=(objection("group"),))) == {"objections_open_group"}
        answered = dossier(**hung, objections=(objection("group", upheld=False),))
        assert codes("group_posted", answered) == set()

    def test_another_paper_is_not_the_list(self) -> None:
        assert "group_not_posted" in codes("group_posted", dossier(group=self.full, postings=(posting("N1", at(12)),)))

    def test_an_order_to_correct_sends_the_list_back_until_it_hangs_again(self) -> None:
        order = (correction("group_posted", at(14)),)
        old = (posting("GROUP", at(12)),)
        assert "group_not_posted" in codes("group_posted", dossier(group=self.full, postings=old, orders=order))
        again = (*old, posting("GROUP", at(15), 2))
        assert codes("group_posted", dossier(group=self.full, postings=again, orders=order)) == set()
        stop = (replace(order[0], order=OrderKind.STOP),)
        assert codes("group_posted", dossier(group=self.full, postings=old, orders=stop)) == set()


class TestRollAndDrafts:
    def test_a_roll_must_stand_and_hang(self) -> None:
        assert codes("roll", dossier()) == {"roll_missing"}
        assert codes("roll", dossier(has_roll=True)) == {"roll_not_posted"}
        assert codes("roll", dossier(has_roll=True, postings=(posting("N2", at(15)),))) == set()

    def test_a_first_election_needs_both_drafts_and_a_renewal_none(self) -> None:
        assert codes("drafts", dossier()) == set()
        assert codes("drafts", dossier(FIRST)) == {"missing_rules_draft", "missing_covenant_draft"}
        assert codes("drafts", dossier(FIRST, papers=(paper("RULES_DRAFT"),))) == {"missing_covenant_draft"}
        both = (paper("RULES_DRAFT"), paper("COVENANT_DRAFT"))
        assert codes("drafts", dossier(FIRST, papers=both)) == set()


class TestCandidates:
    def listed(self, number: int, **parts: object) -> Dossier:
        made = {"nominations": candidates(number), "postings": (posting("N4", at(13)),)}
        return dossier(**{**made, **parts})

    @pytest.mark.parametrize(
        ("policy", "number", "expected", "warned"),
        [
            ("one_more", 4, {"candidates_fewer_than_seats"}, set()),
            ("one_more", 5, set(), {"candidates_equal_seats"}),
            ("one_more", 6, set(), set()),
            ("equal", 5, set(), set()),
            ("twenty_percent", 5, {"candidates_equal_seats"}, set()),
            ("twenty_percent", 6, set(), set()),
        ],
    )
    def test_more_candidates_than_seats(self, policy: str, number: int, expected: set[str], warned: set[str]) -> None:
        made = with_policies(self.listed(number), P_DIFF=policy)
        assert codes("candidates", made) == expected
        assert codes("candidates", made, warnings=True) - {"candidates_period_runs"} == warned

    def test_a_fifth_of_the_seats_is_rounded_up(self) -> None:
        made = with_policies(self.listed(8, row=procedure(seats=7)), P_DIFF="twenty_percent")
        assert codes("candidates", made) == {"candidates_too_few"}
        found = [row for row in blockers("candidates", made) if row.code == "candidates_too_few"]
        assert (found[0].values["needed"], found[0].values["missing"]) == (9, 1)

    def test_only_those_found_eligible_count(self) -> None:
        undecided = (*candidates(4), nomination(5, NominationState.PROPOSED), nomination(6, NominationState.REFUSED))
        assert codes("candidates", self.listed(4, nominations=undecided)) == {
            "candidates_fewer_than_seats",
            "nominations_undecided",
        }

    def test_photo_and_words_are_asked_of_those_who_stand(self) -> None:
        bare = (*candidates(6), nomination(7, photo_id=None, introduction=""))
        refused = (*candidates(6), nomination(7, NominationState.REFUSED, photo_id=None, introduction=""))
        assert codes("candidates", self.listed(7, nominations=bare)) == {
            "candidate_without_photo",
            "candidate_without_introduction",
        }
        assert codes("candidates", self.listed(7, nominations=refused)) == set()

    def test_who_sold_the_flat_blocks_every_step_until_he_is_off_the_list(self) -> None:
        sold = self.listed(7, owners=[101, 102, 103, 104, 105, 106])
        for step in ("candidates", "notice"):
            assert codes(step, sold) == {"candidate_sold"}, step
        assert codes("voting_opens", sold) == {"candidate_sold_after_notice"}
        for step in ("notice", "voting_opens"):
            assert not blockers(step, sold)[0].may_override
        off = (*candidates(6), nomination(7, NominationState.WITHDRAWN))
        kept = self.listed(7, nominations=off, owners=[101, 102, 103, 104, 105, 106])
        assert codes("candidates", kept) == set()

    def test_a_list_that_changed_after_its_posting_is_posted_again_before_the_notice(self) -> None:
        left = (*candidates(6), nomination(7, NominationState.WITHDRAWN, decided_at=at(14)))
        assert codes("notice", self.listed(7, nominations=left)) == {"candidates_posting_stale"}

    def test_the_list_must_hang_and_hang_as_it_is(self) -> None:
        assert "candidates_not_posted" in codes("candidates", self.listed(6, postings=()))
        late = (*candidates(6), nomination(7, created_at=at(14), decided_at=at(14)))
        assert codes("candidates", self.listed(7, nominations=late)) == {"candidates_posting_stale"}
        left = (*candidates(6), nomination(7, NominationState.WITHDRAWN, decided_at=at(14)))
        assert codes("candidates", self.listed(7, nominations=left)) == {"candidates_posting_stale"}
        again = (posting("N4", at(13)), posting("N4", at(15), 2))
        assert codes("candidates", self.listed(7, nominations=left, postings=again)) == set()

    def test_a_later_proposal_that_was_refused_leaves_the_list_as_it_hangs(self) -> None:
        late = (*candidates(6), nomination(7, NominationState.REFUSED, created_at=at(14), decided_at=at(14)))
        assert codes("candidates", self.listed(7, nominations=late)) == set()

    def test_open_objections_block_and_an_upheld_one_must_have_its_effect(self) -> None:
        assert codes("candidates", self.listed(6, objections=(objection("candidates"),))) == {"objections_open_candidates"}
        upheld = (objection("candidates", upheld=True, subject="候选2（2栋）"),)
        assert codes("candidates", self.listed(6, objections=upheld)) == {"upheld_against_candidate"}
        refused = (objection("candidates", upheld=False, subject="候选2（2栋）"),)
        assert codes("candidates", self.listed(6, objections=refused)) == set()
        assert codes("notice", self.listed(6, objections=(objection("candidates"),))) == {"objections_open_candidates"}

    def test_the_running_period_is_said_and_stops_nothing(self) -> None:
        last_day = self.listed(6, postings=(posting("N4", at(13)),))
        warned = {row.code: row.values for row in blockers("candidates", last_day) if row.is_warning}
        assert warned == {"candidates_period_runs": {"days": 1}}
        ends_on_sunday = self.listed(6, postings=(posting("N4", at(12)),), nominations=candidates(6))
        assert codes("candidates", ends_on_sunday, warnings=True) == {"candidates_period_runs"}
        over = self.listed(6, postings=(posting("N4", at(10, 10)),))
        assert codes("candidates", over, warnings=True) == set()

    def test_the_own_rules_hold_before_there_is_a_vote_and_after_one_was_withdrawn(self) -> None:
        clause = Change("P-DIFF", "twenty_percent", Basis.RULES, 3, "候选人比应选人数多百分之二十。", ("周敏", "吴涛"))
        made = self.listed(5, own_rules=Overlay([clause]))
        assert codes("candidates", made) == {"candidates_equal_seats"}
        vote = with_policies(made, P_DIFF="equal")
        assert codes("candidates", vote) == set()
        withdrawn = replace(vote, election=replace(vote.election, state=ElectionState.WITHDRAWN))  # type: ignore[type-var]
        assert codes("candidates", withdrawn) == {"candidates_equal_seats"}


def test_every_blocker_has_a_sentence_and_every_sentence_a_blocker() -> None:
    numbers = {"group_step", "group_min", "group_max", "group_owner_share", "group_owner_share_advised"}
    source = inspect.getsource(rules_preparation)
    named = set(re.findall(r'"((?:group|roll|candidates?|nominations|upheld)_[a-z_]+)"', source)) - numbers - RULES.keys()
    sides = {f"group_without_{side}" for side in ("street", "residents_committee", "developer")}
    drafts = {f"missing_{code.lower()}" for code in rules_preparation.DRAFT_PAPERS}
    objections = {"objections_open_group", "objections_open_candidates"}
    assert named | sides | drafts | objections == set(BLOCKER_SENTENCES)
