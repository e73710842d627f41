"""Write the list of a group and hang papers, on both engines: what is kept, what the record binds, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.audit.models import AuditEvent
from app.board.models import BoardLeaf
from app.db.session import db
from app.documents.errors import NotAPhoto
from app.documents.queries import private_file, public_file
from app.errors import NotFound
from app.procedure.errors import ProcedureNotFound, ProcedureNotRunning
from app.procedure.models import Procedure, StreetOrder
from app.procedure.objecting import posted_on
from app.procedure.preparation_errors import (
    GroupListPosted,
    GroupListUnread,
    GroupMemberNotFound,
    GroupMemberNotOwner,
    NominationsUndecided,
    NothingToPost,
    PaperUnknown,
    PostingPlaceUnknown,
)
from app.procedure.preparation_queries import posting_places
from app.procedure.rules import blockers_of
from app.procedure.services.nominate_candidate import (
    Candidacy,
    record_nomination,
)
from app.procedure.services.receive_objection import receive_objection
from app.procedure.services.record_posting import record_posting
from app.procedure.services.save_group import MemberChange, add_group_members, change_group_member, remove_group_member
from app.procedure.types import ProcedureKind, ProcedureState, Side
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.preparation_support import (
    BOARD,
    GROUP,
    SIX,
    STAFF,
    Preparation,
    make_candidates,
    picture,
)
from tests.procedure_support import dossier_of, make_procedure
from tests.support import make_complexes


@pytest.fixture
def preparation(app: Flask) -> Preparation:
    return Preparation(app)


class TestGroup:
    def test_a_pasted_list_becomes_members_with_sides_and_a_head(self, preparation: Preparation) -> None:
        preparation.group()
        rows = preparation.dossier.group
        assert [row.name for row in rows][:3] == ["何平", "周敏", "王芳"]
        assert [row.side for row in rows].count(Side.OWNER) == 5
        assert [row.name for row in rows if row.is_head] == ["何平"]
        assert rows[5].belongs_to == "2-1-0301"
        assert blockers_of(preparation.dossier, "group_formed", NOON.date()) == ()

    def test_a_second_list_goes_on_and_keeps_the_head(self, preparation: Preparation) -> None:
        preparation.group("何平，湖畔街道办事处")
        preparation.group("赵科长，湖畔街道办事处\n王芳，1-1-0101")
        rows = preparation.dossier.group
        assert [(row.name, row.is_head, row.position) for row in rows] == [
            ("何平", True, 0),
            ("赵科长", False, 1),
            ("王芳", False, 2),
        ]

    def test_unreadable_lines_and_strangers_keep_nothing(self, preparation: Preparation) -> None:
        unread = preparation.refused(
            GroupListUnread, lambda: add_group_members(preparation.code, "何平\n王芳，1-1-0101", at=NOON, account=STAFF)
        )
        assert unread.values == {"lines": "1"}
        stranger = "王芳，1-1-0102\n李强，1-1-0102"
        wrong = preparation.refused(
            GroupMemberNotOwner, lambda: add_group_members(preparation.code, stranger, at=NOON, account=STAFF)
        )
        assert wrong.values == {"names": "王芳"}
        assert preparation.dossier.group == ()

    def test_before_there_is_a_roll_nobody_is_a_stranger(self, app: Flask) -> None:
        bare = make_complexes(app, "cuiping")[0]
        code = make_procedure(app, bare, NOON, kind=ProcedureKind.FIRST_ELECTION)
        with in_complex(app, bare):
            add_group_members(code, "谁也不认识，9-9-0909", at=NOON, account=STAFF)
        assert dossier_of(app, bare, code).group[0].side is Side.OWNER

    def test_a_member_is_changed_and_a_new_head_takes_the_old_ones_place(self, preparation: Preparation) -> None:
        preparation.group()
        wang = next(row for row in preparation.dossier.group if row.name == "王芳")
        change = MemberChange("王芳", Side.OWNER, "1栋1单元101", is_head=True)
        preparation.run(lambda: change_group_member(preparation.code, wang.id, change, at=NOON, account=STAFF))
        assert [row.name for row in preparation.dossier.group if row.is_head] == ["王芳"]
        assert next(row for row in preparation.dossier.group if row.id == wang.id).belongs_to == "1-1-0101"
        preparation.run(lambda: remove_group_member(preparation.code, wang.id, at=NOON, account=STAFF))
        assert len(preparation.dossier.group) == 8
        preparation.refused(GroupMemberNotFound, lambda: remove_group_member(preparation.code, wang.id, at=NOON, account=STAFF))

    def test_a_posted_list_changes_only_after_an_order_of_the_street(self, preparation: Preparation) -> None:
        preparation.group()
        preparation.hang("GROUP")
        preparation.refused(
            GroupListPosted, lambda: add_group_members(preparation.code, "赵敏，3-1-0402", at=NOON, account=STAFF)
        )
        make_order(preparation, "group_posted")
        preparation.group("赵敏，3-1-0402\n杨帆，3-1-0401")
        assert len(preparation.dossier.group) == 11
        assert posted_on(preparation.dossier, "group") is None
        preparation.hang("GROUP", minutes=20)
        assert posted_on(preparation.dossier, "group") == NOON.date()
        assert [leaf["members"] for leaf in preparation.leaves("group_posted")] == [9, 11]


def make_order(preparation: Preparation, step: str) -> None:
    def write() -> None:
        procedure_id = db.session.scalars(select(Procedure.id).where(Procedure.code == preparation.code)).one()
        db.session.add(
            StreetOrder(
                procedure_id=procedure_id,
                order="correct",
                step=step,
                reason="业主人数不够",
                signed_by="何平 湖畔街道",
                place="街道办事处",
                recorded_by=STAFF,
                recorded_at=NOON + timedelta(minutes=10),
            )
        )

    preparation.run(write)


class TestPosting:
    def test_the_photo_is_sealed_and_the_record_binds_its_digest(self, preparation: Preparation) -> None:
        preparation.group()
        preparation.hang("GROUP", where="3栋1单元门口")
        row = preparation.dossier.postings[0]
        assert (row.paper, row.place, row.posted_at) == ("GROUP", "3栋1单元门口", NOON)
        with in_complex(preparation.app, preparation.place, write=False):
            kept = private_file(row.photo_id).row
            with pytest.raises(NotFound):
                public_file(row.photo_id)
        leaf = preparation.leaves("posting")[0]
        assert (leaf["procedure"], leaf["paper"], leaf["photo"]) == (preparation.code, "GROUP", kept.sha256)
        assert preparation.leaves("group_posted")[0] == {
            "procedure": preparation.code,
            "members": 9,
            "owners": 5,
            "type": "group_posted",
            "at": "2027-05-22T12:00:00+08:00",
        }

    def test_no_leaf_names_a_person(self, preparation: Preparation) -> None:
        preparation.group()
        preparation.hang("GROUP")
        make_candidates(preparation.app, preparation.place, preparation.code, SIX, NOON, STAFF)
        preparation.hang("N4")
        preparation.object("candidates", subject="王芳（1栋）")
        with in_complex(preparation.app, preparation.place, write=False):
            bodies = b"".join(db.session.scalars(select(BoardLeaf.body)))
            events = "".join(f"{event.tag}{event.details}" for event in db.session.scalars(select(AuditEvent)))
        text = bodies.decode() + events
        assert "procedure" in text
        assert not [name for name in (*preparation.persons, "何平", "1-1-0101", "物业经理") if name in text]

    def test_places_are_the_boards_and_the_entrances_of_the_roll(self, preparation: Preparation) -> None:
        with in_complex(preparation.app, preparation.place, write=False):
            assert posting_places() == (
                BOARD,
                "小区主要出入口",
                "1栋1单元门口",
                "1栋2单元门口",
                "2栋1单元门口",
                "3栋1单元门口",
            )

    def test_what_is_no_paper_no_place_and_no_photo_is_refused(self, preparation: Preparation) -> None:
        place, code = preparation.place, preparation.code
        preparation.group()
        preparation.refused(PaperUnknown, lambda: record_posting(place, code, "X9", BOARD, picture(), at=NOON, account=STAFF))
        preparation.refused(
            PostingPlaceUnknown, lambda: record_posting(place, code, "GROUP", "别处", picture(), at=NOON, account=STAFF)
        )
        preparation.refused(NotAPhoto, lambda: record_posting(place, code, "GROUP", BOARD, b"%PDF-1.7", at=NOON, account=STAFF))
        assert preparation.dossier.postings == ()
        assert preparation.leaves("posting") == []

    def test_an_empty_list_and_one_with_somebody_undecided_do_not_hang(self, preparation: Preparation) -> None:
        place, code = preparation.place, preparation.code
        preparation.refused(
            NothingToPost, lambda: record_posting(place, code, "GROUP", BOARD, picture(), at=NOON, account=STAFF)
        )
        preparation.refused(NothingToPost, lambda: record_posting(place, code, "N4", BOARD, picture(), at=NOON, account=STAFF))
        make_candidates(preparation.app, place, code, SIX, NOON, STAFF)
        preparation.run(lambda: record_nomination(code, "赵敏", "3-1-0402", "self", Candidacy(), at=NOON, account=STAFF))
        preparation.refused(
            NominationsUndecided, lambda: record_posting(place, code, "N4", BOARD, picture(), at=NOON, account=STAFF)
        )

    def test_a_stopped_and_a_foreign_procedure_take_nothing(self, preparation: Preparation) -> None:
        other = make_complexes(preparation.app, "cuiping")[0]
        foreign = make_procedure(preparation.app, other, NOON)
        stopped = make_procedure(preparation.app, preparation.place, NOON)
        with in_complex(preparation.app, preparation.place):
            db.session.scalars(select(Procedure).where(Procedure.code == stopped)).one().state = ProcedureState.STOPPED.value
        for code, error in ((foreign, ProcedureNotFound), (stopped, ProcedureNotRunning)):
            acts: list[Callable[[], object]] = [
                lambda code=code: add_group_members(code, GROUP, at=NOON, account=STAFF),
                lambda code=code: record_posting(preparation.place, code, "N2", BOARD, picture(), at=NOON, account=STAFF),
                lambda code=code: record_nomination(code, "王芳", "1-1-0101", "self", Candidacy(), at=NOON, account=STAFF),
                lambda code=code: receive_objection(
                    preparation.place, code, "group", "", "不对", at=NOON, account=STAFF, is_owner=False
                ),
            ]
            for act in acts:
                preparation.refused(error, act)
