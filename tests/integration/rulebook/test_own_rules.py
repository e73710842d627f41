"""Hold the own rules on both engines: two persons, supersession, withdrawal, the first assembly, other complexes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from app.audit.models import AuditEvent
from app.db.session import db
from app.documents.errors import NotAMaterial
from app.errors import NotFound
from app.rulebook.errors import ChangeNotFound, ChangeRefused, ChangeSettled, ReasonMissing, SecondPersonNeeded
from app.rulebook.queries import before_first_assembly, changes_in_force, documents, get_change, list_changes, overlay_in_force
from app.rulebook.services.confirm_change import confirm_change
from app.rulebook.services.propose_change import Clause, propose_change
from app.rulebook.services.withdraw_change import withdraw_change
from app.rulebook.types import ChangeState
from app.statute.own_rules import Basis
from app.tenancy.types import ComplexRow
from tests.committee_support import make_committee
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.support import make_account, make_complexes

PDF = b"%PDF-1.7\nrules of procedure\n%%EOF\n"
RANK = Clause("P-RANK", "heads", Basis.RULES, 7, "候选人按得票人数\n多少排名。")
NOTICE = Clause("notice_days_clear", "20", Basis.RULES, 3, "业主大会会议召开二十日以前公告。")
SILENCE = Clause("P-SILENCE", "follow_after_quorum", Basis.RULES, 5, "未交回的票计入多数意见。")


class Book:
    """Be a complex with two persons who keep its own rules."""

    def __init__(self, app: Flask, place: ComplexRow, *, committee: bool = True) -> None:
        self.app, self.place = app, place
        self.first = make_account(app, NOON, name="周敏", organisation="青岚社区居委会")
        self.second = make_account(app, NOON, name="李明", organisation="湖畔街道办事处")
        if committee:
            make_committee(app, place, NOON, self.first)

    def propose(self, clause: Clause, minute: int = 0) -> int:
        with in_complex(self.app, self.place):
            return propose_change(clause, at=NOON + timedelta(minutes=minute), account=self.first)

    def confirm(self, change: int, minute: int = 0, account: int | None = None) -> None:
        with in_complex(self.app, self.place):
            confirm_change(change, at=NOON + timedelta(minutes=minute), account=account or self.second)

    def put(self, clause: Clause, minute: int = 0) -> int:
        change = self.propose(clause, minute)
        self.confirm(change, minute)
        return change

    def withdraw(self, change: int, reason: str = "抄错了页码") -> None:
        with in_complex(self.app, self.place):
            withdraw_change(change, reason, at=NOON + timedelta(days=1), account=self.second)

    def held(self) -> dict[str, str]:
        with in_complex(self.app, self.place, write=False):
            return {row.key: row.value for row in changes_in_force()}


@pytest.fixture
def book(app: Flask) -> Book:
    return Book(app, make_complexes(app, "qinglan")[0])


def test_a_clause_holds_once_a_second_person_confirmed_it(book: Book) -> None:
    change = book.propose(replace(RANK, upload=("议事规则.pdf", PDF)))
    assert book.held() == {}
    with pytest.raises(SecondPersonNeeded):
        book.confirm(change, account=book.first)
    book.confirm(change, 5)
    with in_complex(book.app, book.place, write=False):
        row = get_change(change)
        overlay = overlay_in_force()
        kept = documents()
        tags = list(db.session.scalars(db.select(AuditEvent.tag).where(AuditEvent.tag.startswith("rulebook:"))))
    assert row.state is ChangeState.CONFIRMED
    assert row.sentence == "候选人按得票人数 多少排名。"
    assert overlay.policies == {"P-RANK": "heads"}
    assert overlay[0].confirmed_by == ("周敏（青岚社区居委会）", "李明（湖畔街道办事处）")
    assert row.document is not None
    assert row.document.name == "议事规则.pdf"
    assert [document.file_id for document in kept] == [row.document.file_id]
    assert sorted(tags) == ["rulebook:change:confirm", "rulebook:change:propose"]
    with pytest.raises(ChangeSettled):
        book.confirm(change)


def test_a_later_confirmed_clause_takes_the_place_of_the_earlier(book: Book) -> None:
    first = book.put(RANK)
    second = book.put(replace(RANK, value="area", page=9), 10)
    assert book.held() == {"P-RANK": "area"}
    with in_complex(book.app, book.place, write=False):
        assert get_change(first).value == "heads"
        assert [row.id for row in list_changes()] == [second, first]
    book.withdraw(second)
    assert book.held() == {"P-RANK": "heads"}
    book.withdraw(first)
    assert book.held() == {}
    with pytest.raises(ChangeSettled):
        book.withdraw(first)


def test_a_withdrawal_has_a_reason(book: Book) -> None:
    change = book.propose(RANK)
    with pytest.raises(ReasonMissing):
        book.withdraw(change, "  ")
    book.withdraw(change)
    with in_complex(book.app, book.place, write=False):
        row = get_change(change)
    assert (row.state, row.withdrawal_reason) == (ChangeState.WITHDRAWN, "抄错了页码")
    assert row.withdrawn_by is not None
    assert row.withdrawn_by.name == "李明"
    with pytest.raises(ChangeSettled):
        book.confirm(change)


@pytest.mark.parametrize(
    ("clause", "code"),
    [
        (replace(RANK, key="quorum_area", value="1/2"), "threshold_fixed"),
        (replace(RANK, value="age"), "value_unknown"),
        (replace(NOTICE, value="7"), "below_the_law"),
        (replace(RANK, page=0), "page_missing"),
        (replace(RANK, sentence=" "), "sentence_missing"),
    ],
)
def test_what_own_rules_cannot_say_is_refused(book: Book, clause: Clause, code: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        book.propose(clause)
    assert refused.value.refusal.code == code
    with in_complex(book.app, book.place, write=False):
        assert list_changes() == []


def test_a_document_must_be_one_and_be_here(book: Book) -> None:
    with pytest.raises(NotAMaterial):
        book.propose(replace(RANK, upload=("议事规则.exe", b"MZ")))
    with pytest.raises(NotFound):
        book.propose(replace(RANK, file_id=12))


def test_before_the_first_assembly_only_posted_voting_rules_count(app: Flask) -> None:
    book = Book(app, make_complexes(app, "hupan")[0], committee=False)
    with pytest.raises(ChangeRefused):
        book.propose(SILENCE)
    book.put(replace(SILENCE, basis=Basis.VOTING_RULES))
    assert book.held() == {"P-SILENCE": "follow_after_quorum"}
    make_committee(app, book.place, NOON, book.first)
    with in_complex(app, book.place, write=False):
        assert not before_first_assembly()
    assert book.held() == {}


def test_windows_that_contradict_are_refused_on_both_ways(book: Book) -> None:
    shortest = replace(NOTICE, key="voting_window_days_min", value="30", sentence="投票不少于三十日。")
    change = book.propose(shortest)
    with pytest.raises(ChangeRefused, match="rule_change_refused") as refused:
        book.confirm(change)
    assert refused.value.refusal.code == "windows_contradict"
    usual = book.put(replace(shortest, key="voting_window_days_default", value="40"))
    book.confirm(change)
    assert book.held() == {"voting_window_days_default": "40", "voting_window_days_min": "30"}
    with pytest.raises(ChangeRefused):
        book.withdraw(usual)


def test_another_complex_has_rules_of_its_own(app: Flask, book: Book) -> None:
    change = book.put(RANK)
    other = Book(app, make_complexes(app, "cuiping")[0])
    assert other.held() == {}
    with pytest.raises(ChangeNotFound):
        other.withdraw(change)
    with in_complex(app, other.place, write=False), pytest.raises(ChangeNotFound):
        get_change(change)
