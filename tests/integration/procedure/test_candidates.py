"""Propose, check and lose candidates through the services, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.db.session import db
from app.documents.queries import private_file, public_file
from app.errors import NotFound
from app.procedure.models import Procedure
from app.procedure.preparation_errors import (
    ListFrozen,
    NominatedAlready,
    NominationDecided,
    NominationsClosed,
    NomineeNotOwner,
    NoOwnDoor,
    NotOwnNomination,
    RefusalReasonMissing,
    TooManyNominations,
)
from app.procedure.rules import blockers_of
from app.procedure.services.decide_nomination import check_nomination, take_off_list, withdraw_own_nomination
from app.procedure.services.nominate_candidate import (
    Candidacy,
    complete_nomination,
    nominate_neighbour,
    nominate_oneself,
    record_nomination,
)
from app.procedure.types import NominationState, ProcedureKind
from app.roll.owner_queries import find_owner
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.preparation_support import (
    CLEAR,
    MET,
    SIX,
    STAFF,
    Preparation,
    make_candidates,
    make_owner_account,
    make_owners,
    picture,
    sell,
)
from tests.procedure_support import make_procedure


@pytest.fixture
def preparation(app: Flask) -> Preparation:
    return Preparation(app)


class TestNominations:
    def test_an_owner_stands_with_his_own_door_and_name(self, preparation: Preparation) -> None:
        preparation.formed()
        account = make_owner_account(preparation.app, preparation.place, preparation.persons["赵敏"], NOON)
        given = Candidacy("退休会计。", picture(), CLEAR)
        preparation.run(lambda: nominate_oneself(preparation.code, "3-1-0402", given, at=NOON, account=account))
        row = preparation.dossier.nominations[0]
        assert (row.name, row.unit_code, row.person_id) == ("赵敏", "3-1-0402", preparation.persons["赵敏"])
        assert (row.proposed_by, row.state, dict(row.declaration)) == ("self", NominationState.PROPOSED, CLEAR)
        with in_complex(preparation.app, preparation.place, write=False):
            assert row.photo_id is not None
            with pytest.raises(NotFound):
                public_file(row.photo_id)
        preparation.refused(
            NominatedAlready, lambda: nominate_oneself(preparation.code, "3-1-0402", given, at=NOON, account=account)
        )

    def test_nobody_stands_with_a_door_that_is_not_his(self, preparation: Preparation) -> None:
        preparation.formed()
        account = make_owner_account(preparation.app, preparation.place, preparation.persons["赵敏"], NOON)
        waiting = make_owner_account(preparation.app, preparation.place, preparation.persons["黄磊"], NOON, state="pending")
        code = preparation.code
        preparation.refused(NoOwnDoor, lambda: nominate_oneself(code, "1-1-0101", Candidacy(), at=NOON, account=account))
        preparation.refused(NoOwnDoor, lambda: nominate_oneself(code, "3-1-0501", Candidacy(), at=NOON, account=waiting))

    def test_a_neighbour_is_found_by_name_and_door_as_people_write_them(self, preparation: Preparation) -> None:
        preparation.formed()
        account = make_owner_account(preparation.app, preparation.place, preparation.persons["赵敏"], NOON)

        def propose(name: str, door: str) -> object:
            return nominate_neighbour(preparation.code, name, door, Candidacy("热心"), at=NOON, account=account)

        preparation.run(lambda: propose("吴倩", "3栋1单元502"))
        assert preparation.dossier.nominations[0].unit_code == "3-1-0502"
        for name, door in (("吴倩", "3-1-0501"), ("路人", "3-1-0502"), ("吴倩", "随便写的")):
            preparation.refused(NomineeNotOwner, lambda name=name, door=door: propose(name, door))
        preparation.refused(NominatedAlready, lambda: propose("吴 倩", "3-1-0502"))

    def test_one_owner_proposes_at_most_as_many_as_there_are_seats(self, preparation: Preparation) -> None:
        preparation.formed()
        account = make_owner_account(preparation.app, preparation.place, preparation.persons["赵敏"], NOON)

        def propose(name: str, door: str) -> object:
            return nominate_neighbour(preparation.code, name, door, Candidacy(), at=NOON, account=account)

        for name, door in (
            ("王芳", "1-1-0101"),
            ("李强", "1-1-0102"),
            ("张伟", "1-2-0201"),
            ("刘洋", "2-1-0301"),
            ("陈静", "2-1-0302"),
        ):
            preparation.run(lambda name=name, door=door: propose(name, door))
        assert preparation.refused(TooManyNominations, lambda: propose("杨帆", "3-1-0401")).values == {"limit": 5}

    def test_owners_propose_only_while_proposals_are_open_and_staff_until_the_notice(self, preparation: Preparation) -> None:
        account = make_owner_account(preparation.app, preparation.place, preparation.persons["赵敏"], NOON)

        def stand() -> object:
            return nominate_oneself(preparation.code, "3-1-0402", Candidacy(), at=NOON, account=account)

        preparation.refused(NominationsClosed, stand)
        preparation.formed()
        make_candidates(preparation.app, preparation.place, preparation.code, SIX, NOON, STAFF)
        preparation.hang("N4")
        preparation.refused(NominationsClosed, stand)
        preparation.run(
            lambda: record_nomination(preparation.code, "赵敏", "3-1-0402", "self", Candidacy(), at=NOON, account=STAFF)
        )
        decision = make_procedure(preparation.app, preparation.place, NOON, kind=ProcedureKind.DECISION, seats=None)
        preparation.refused(
            NominationsClosed,
            lambda: record_nomination(decision, "王芳", "1-1-0101", "self", Candidacy(), at=NOON, account=STAFF),
        )

    def test_a_check_decides_refuses_with_a_reason_or_waits(self, preparation: Preparation) -> None:
        code = preparation.code
        number = preparation.run(
            lambda: record_nomination(code, "王芳", "1-1-0101", "owners", Candidacy("热心"), at=NOON, account=STAFF)
        )

        def check(checks: dict[str, str], reason: str = "", evidence: bytes | None = None) -> object:
            return check_nomination(
                code, int(str(number)), checks, CLEAR, reason=reason, evidence=evidence, at=NOON, account=STAFF
            )

        assert preparation.run(lambda: check({**MET, "has_time": "unclear"})) is NominationState.PROPOSED
        assert preparation.run(lambda: check(MET, evidence=picture())) is NominationState.ELIGIBLE
        row = preparation.dossier.nominations[0]
        with in_complex(preparation.app, preparation.place, write=False):
            assert row.evidence_id is not None
            assert private_file(row.evidence_id).row.media_type == "image/jpeg"
        preparation.refused(RefusalReasonMissing, lambda: check({**MET, "consent": "unmet"}))
        assert preparation.dossier.nominations[0].state is NominationState.ELIGIBLE
        assert preparation.run(lambda: check({**MET, "consent": "unmet"}, "本人不愿意")) is NominationState.REFUSED
        assert preparation.dossier.nominations[0].reason == "本人不愿意"
        preparation.refused(NominationDecided, lambda: check(MET))

    def test_who_has_sold_is_refused_and_blocks_while_he_stays_on_the_list(self, preparation: Preparation) -> None:
        made = make_candidates(preparation.app, preparation.place, preparation.code, (*SIX, "赵敏"), NOON, STAFF)
        preparation.hang("N4")
        found = lambda: {row.code for row in blockers_of(preparation.dossier, "candidates", NOON.date())}  # noqa: E731
        assert found() == set()
        sell(preparation.app, preparation.place, preparation.persons["赵敏"])
        assert found() == {"candidate_sold"}
        code = preparation.code
        check = lambda: check_nomination(code, made[6], MET, {}, reason="", evidence=None, at=NOON, account=STAFF)  # noqa: E731
        preparation.refused(RefusalReasonMissing, check)
        off = NOON + timedelta(hours=1)
        preparation.run(lambda: take_off_list(code, made[6], "房子已经卖了", at=off, account=STAFF))
        assert found() == {"candidates_posting_stale"}
        preparation.hang("N4", minutes=90)
        assert found() == set()

    def test_an_owner_takes_back_what_he_proposed_and_nothing_else(self, preparation: Preparation) -> None:
        preparation.formed()
        account = make_owner_account(preparation.app, preparation.place, preparation.persons["赵敏"], NOON)
        made = make_candidates(preparation.app, preparation.place, preparation.code, SIX[:1], NOON, STAFF)
        code = preparation.code
        preparation.refused(NotOwnNomination, lambda: withdraw_own_nomination(code, made[0], "x", at=NOON, account=account))
        number = preparation.run(lambda: nominate_oneself(code, "3-1-0402", Candidacy(), at=NOON, account=account))
        preparation.run(lambda: withdraw_own_nomination(code, int(str(number)), "x", at=NOON, account=account))
        states = {row.name: row.state for row in preparation.dossier.nominations}
        assert states == {"王芳": NominationState.ELIGIBLE, "赵敏": NominationState.WITHDRAWN}
        preparation.run(lambda: nominate_oneself(code, "3-1-0402", Candidacy(), at=NOON, account=account))

    def test_words_and_picture_can_be_completed_and_the_declaration_stays(self, preparation: Preparation) -> None:
        code = preparation.code
        given = Candidacy("", None, {"arrears": "yes"})
        number = int(
            str(preparation.run(lambda: record_nomination(code, "王芳", "1-1-0101", "owners", given, at=NOON, account=STAFF)))
        )
        preparation.run(lambda: complete_nomination(code, number, Candidacy("热心人", picture()), at=NOON, account=STAFF))
        row = preparation.dossier.nominations[0]
        assert (row.introduction, row.photo_id is not None, dict(row.declaration)) == ("热心人", True, {"arrears": "yes"})

    def test_the_same_name_at_one_door_twice_is_nobody(self, preparation: Preparation) -> None:
        make_owners(preparation.app, preparation.place, [("王芳", "1-1-0101")])
        with in_complex(preparation.app, preparation.place, write=False):
            assert find_owner("1-1-0101", "王芳") is None
            assert find_owner("1-1-0102", "李强") is not None


def test_an_announced_vote_freezes_the_list(app: Flask, preparation: Preparation) -> None:
    from tests.elections_support import announce, make_draft, make_staff

    made = make_candidates(app, preparation.place, preparation.code, SIX, NOON, STAFF)
    staff = make_staff(app, preparation.place, NOON)
    uuid = make_draft(app, preparation.place, staff, NOON)
    with in_complex(app, preparation.place):
        db.session.scalars(select(Procedure).where(Procedure.code == preparation.code)).one().election_uuid = uuid
    code = preparation.code
    preparation.run(lambda: take_off_list(code, made[5], "退出", at=NOON, account=STAFF))
    announce(app, preparation.place, staff, uuid, NOON)
    preparation.refused(ListFrozen, lambda: take_off_list(code, made[0], "退出", at=NOON, account=STAFF))
    preparation.refused(
        ListFrozen, lambda: record_nomination(code, "赵敏", "3-1-0402", "self", Candidacy(), at=NOON, account=STAFF)
    )
