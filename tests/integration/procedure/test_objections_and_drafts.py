"""Object and answer, and give the drafts of rules and covenant, through the services on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from app.db.session import db
from app.errors import NotFound
from app.outbox.models import OutgoingMessage
from app.procedure.models import Objection
from app.procedure.preparation_errors import (
    AnswerMissing,
    DraftMissing,
    ObjectionAnswered,
    ObjectionNotDue,
)
from app.procedure.preparation_queries import draft_of
from app.procedure.queries import get_dossier
from app.procedure.rules import blockers_of
from app.procedure.services.answer_objection import answer_objection
from app.procedure.services.receive_objection import receive_objection
from app.procedure.services.record_drafts import Draft, record_drafts
from app.procedure.services.record_posting import record_posting
from app.procedure.services.save_group import add_group_members
from app.procedure.types import ProcedureKind
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.preparation_support import (
    BOARD,
    GROUP,
    STAFF,
    Preparation,
    make_fact,
    make_owner_account,
    make_owners,
    picture,
)
from tests.procedure_support import TERM_END, dossier_of, make_procedure
from tests.support import make_complexes


@pytest.fixture
def preparation(app: Flask) -> Preparation:
    return Preparation(app)


class TestObjections:
    def test_numbers_run_through_the_complex_and_the_text_is_sealed(self, preparation: Preparation) -> None:
        preparation.group()
        preparation.hang("GROUP")
        second = make_procedure(preparation.app, preparation.place, NOON, title="补选")
        assert [preparation.object("group"), preparation.object("group")] == [1, 2]
        with in_complex(preparation.app, preparation.place):
            add_group_members(second, GROUP, at=NOON, account=STAFF)
            record_posting(preparation.place, second, "GROUP", BOARD, picture(), at=NOON, account=STAFF)
            number = receive_objection(preparation.place, second, "group", "", "不对", at=NOON, account=STAFF, is_owner=False)
        assert number == 3
        with in_complex(preparation.app, preparation.place, write=False):
            sealed = db.session.scalars(select(Objection.text_sealed)).all()
        assert len(sealed) == 3
        assert not [text for text in sealed if "物业经理" in text or "物业经理".encode().hex() in text]
        assert preparation.dossier.objections[0].text == "他是物业经理的哥哥"
        assert [leaf["number"] for leaf in preparation.leaves("objection")] == [1, 2, 3]

    def test_two_at_the_same_moment_get_two_numbers(self, preparation: Preparation) -> None:
        preparation.group()
        preparation.hang("GROUP")
        second = make_procedure(preparation.app, preparation.place, NOON, title="补选")
        codes = [preparation.code, second]
        with in_complex(preparation.app, preparation.place):
            add_group_members(second, GROUP, at=NOON, account=STAFF)
            record_posting(preparation.place, second, "GROUP", BOARD, picture(), at=NOON, account=STAFF)
        together = Barrier(4)

        def send(turn: int) -> int:
            together.wait(20)
            with in_complex(preparation.app, preparation.place):
                return receive_objection(
                    preparation.place, codes[turn % 2], "group", "", "不对", at=NOON, account=STAFF, is_owner=False
                )

        with ThreadPoolExecutor(4) as pool:
            assert sorted(pool.map(send, range(4))) == [1, 2, 3, 4]

    def test_only_what_hangs_and_only_within_its_days(self, preparation: Preparation) -> None:
        preparation.group()
        for about in ("group", "candidates", "notice", "result", "weather"):
            preparation.refused(ObjectionNotDue, lambda about=about: _receive(preparation, about, 0))
        preparation.hang("GROUP")
        preparation.refused(ObjectionNotDue, lambda: _receive(preparation, "group", 8))
        assert preparation.object("group", days=7) == 1

    def test_an_answer_is_given_once_told_to_the_author_and_unblocks(self, preparation: Preparation) -> None:
        preparation.group()
        preparation.hang("GROUP")
        account = make_owner_account(preparation.app, preparation.place, preparation.persons["赵敏"], NOON)
        preparation.object("group", account=account)
        codes = lambda: {row.code for row in blockers_of(preparation.dossier, "group_posted", NOON.date())}  # noqa: E731
        assert codes() == {"objections_open_group"}

        def answer(text: str) -> object:
            return answer_objection(preparation.place, preparation.code, 1, text, is_upheld=False, at=NOON, account=STAFF)

        preparation.refused(AnswerMissing, lambda: answer("  "))
        preparation.run(lambda: answer("已查，不是亲属。"))
        assert codes() == set()
        row = preparation.dossier.objections[0]
        assert (row.answer, row.upheld, row.account_id) == ("已查，不是亲属。", False, account)
        preparation.refused(ObjectionAnswered, lambda: answer("改一下"))
        assert [(leaf["number"], leaf["upheld"]) for leaf in preparation.leaves("objection_answered")] == [(1, False)]

    def test_what_staff_writes_down_belongs_to_nobodys_account(self, preparation: Preparation) -> None:
        preparation.group()
        preparation.hang("GROUP")
        preparation.object("group")
        assert preparation.dossier.objections[0].account_id is None
        preparation.run(
            lambda: answer_objection(preparation.place, preparation.code, 1, "已查。", is_upheld=True, at=NOON, account=STAFF)
        )
        with in_complex(preparation.app, preparation.place, write=False):
            assert db.session.scalars(select(OutgoingMessage.id)).all() == []


def _receive(preparation: Preparation, about: str, days: int) -> object:
    at = NOON + timedelta(days=days)
    return receive_objection(preparation.place, preparation.code, about, "", "不对", at=at, account=STAFF, is_owner=False)


class TestDrafts:
    def ready(self, app: Flask, kind: ProcedureKind) -> tuple[ComplexRow, str]:
        place = make_complexes(app, "qinglan")[0]
        make_owners(app, place)
        ends_on = None if kind is ProcedureKind.FIRST_ELECTION else TERM_END
        code = make_procedure(app, place, NOON, kind=kind, term_ends_on=ends_on)
        for step in ("alarm", "application", "report", "group_formed", "group_posted"):
            make_fact(app, place, code, step, NOON.date(), NOON)
        return place, code

    def test_a_renewal_keeps_both_texts(self, app: Flask) -> None:
        place, code = self.ready(app, ProcedureKind.RENEWAL)
        with in_complex(app, place):
            record_drafts(place, code, [Draft("rules", False), Draft("covenant", False)], at=NOON, account=STAFF)
        fact = dossier_of(app, place, code).facts["drafts"]
        assert dict(fact.details) == {"rules": "unchanged", "covenant": "unchanged"}

    def test_a_first_election_needs_both_and_everybody_may_read_them(self, app: Flask) -> None:
        place, code = self.ready(app, ProcedureKind.FIRST_ELECTION)
        drafts = [Draft("rules", True, picture()), Draft("covenant", True, None)]
        with pytest.raises(DraftMissing), in_complex(app, place):
            record_drafts(place, code, drafts, at=NOON, account=STAFF)
        assert dossier_of(app, place, code).papers == ()
        with in_complex(app, place):
            record_drafts(place, code, [drafts[0], Draft("covenant", True, picture("red"))], at=NOON, account=STAFF)
            dossier = get_dossier(code)
            assert dict(dossier.facts["drafts"].details) == {"rules": "drafted", "covenant": "drafted"}
            assert draft_of(dossier, "rules").row.media_type == "image/jpeg"
            with pytest.raises(NotFound):
                draft_of(dossier, "budget")
