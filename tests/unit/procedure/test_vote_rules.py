"""Hold what blocks the steps after the notice: postings, objections, papers, the hand-over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from app.procedure.blocking import Blocker
from app.procedure.filing_list import FILING_LISTS, filing_lines
from app.procedure.handover_list import STANDING_ITEMS, is_complete
from app.procedure.rules_vote import (
    RULES,
    require_certified,
    require_complete_handover,
    require_filed,
    require_objections_answered,
    require_papers,
    require_posted_notice,
)
from app.procedure.types import Dossier, FilingRow, FilingState, HandoverRow, ObjectionRow, OrderKind, OrderRow, ProcedureKind
from app.procedure.vote_sentences import BLOCKER_SENTENCES
from tests.unit.procedure.dossiers import TODAY, at, procedure


def codes(found: Iterable[Blocker]) -> list[str]:
    """Return the codes of what was found."""
    return [blocker.code for blocker in found]


def dossier(**changed: object) -> Dossier:
    """Make an empty dossier of a renewal."""
    return replace(Dossier(procedure(), {}, {}, {}), **changed)  # type: ignore[arg-type]


def objection(number: int, upheld: bool | None) -> ObjectionRow:
    """Make an objection to the result, answered unless ``upheld`` is None."""
    answered = None if upheld is None else at(12)
    return ObjectionRow(number, number, "result", "", "text", None, at(10), "" if upheld is None else "答复", upheld, answered)


def item(number: int, *, given: bool, received: bool) -> HandoverRow:
    """Make a line of the hand-over."""
    return HandoverRow(number, number, f"第{number}项", "", "", at(1) if given else None, "", at(2) if received else None)


def test_asks_for_the_proof_of_the_notice() -> None:
    assert codes(require_posted_notice(dossier(), TODAY)) == ["notice_not_posted"]


def test_waits_for_every_answer_to_an_objection() -> None:
    found = list(require_objections_answered(dossier(objections=(objection(3, None), objection(4, False))), TODAY))
    assert codes(found) == ["result_objections_open"]
    assert found[0].values["numbers"] == "3"


def test_waits_for_an_order_when_an_objection_was_right() -> None:
    case = dossier(objections=(objection(3, True),))
    assert codes(require_objections_answered(case, TODAY)) == ["result_objection_upheld"]
    order = OrderRow(1, OrderKind.CORRECT, "preliminary", "", "重新计票后结果不变", "何平", "街道办事处", None, at(15))
    assert codes(require_objections_answered(replace(case, orders=(order,)), TODAY)) == []


def test_waits_for_the_certified_result() -> None:
    assert codes(require_certified(dossier(), TODAY)) == ["not_certified"]


def test_names_the_missing_papers_in_the_order_of_the_list() -> None:
    found = list(require_papers(dossier(), TODAY))
    assert found[0].values["papers"] == "GROUP、N3、N4、N5、N12、N14、MINUTES"


def test_cuts_seals_on_the_strength_of_the_certificate() -> None:
    handed_in = FilingRow(FilingState.RECEIVED, TODAY, "", "", None, at(20))
    assert codes(require_filed(dossier(filings=(handed_in,)), TODAY)) == ["not_filed"]
    filed = replace(handed_in, state=FilingState.FILED, number="备2026-8")
    assert codes(require_filed(dossier(filings=(handed_in, filed)), TODAY)) == []


def test_counts_the_lines_that_lack_a_signature() -> None:
    assert codes(require_complete_handover(dossier(), TODAY)) == ["handover_list_missing"]
    items = (item(1, given=True, received=True), item(2, given=True, received=False), item(3, given=False, received=False))
    found = list(require_complete_handover(dossier(handover=items), TODAY))
    assert (codes(found), found[0].values["number"]) == (["handover_incomplete"], 2)
    assert is_complete(items[:1])
    assert not is_complete(())


@pytest.mark.parametrize("kind", list(ProcedureKind))
def test_lists_the_papers_of_every_kind_of_procedure(kind: ProcedureKind) -> None:
    lines = filing_lines(dossier(procedure=procedure(kind)))
    assert [line.item for line in lines] == list(FILING_LISTS[kind])
    assert {"N5", "N12", "N14"} <= {line.item.code for line in lines if line.is_missing}


def test_has_a_sentence_for_everything_that_blocks() -> None:
    empty = dossier()
    found = {blocker.code for rules in RULES.values() for rule in rules for blocker in rule(empty, TODAY)}
    assert found <= set(BLOCKER_SENTENCES)


def test_begins_with_the_records_the_rules_name() -> None:
    assert len(STANDING_ITEMS) == len(set(STANDING_ITEMS))
    assert "业主大会印章" in STANDING_ITEMS
