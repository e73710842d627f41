"""Print the notice of the meeting in every kind of procedure from a vote that was announced."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from app.db.session import db
from app.elections.types import ElectionKind
from app.procedure.models import Statement
from app.procedure.papers.making import fill_paper
from app.procedure.queries import get_dossier
from app.procedure.services.running_procedure import locked_procedure
from app.procedure.types import ProcedureKind
from app.settings import Settings
from app.tenancy.types import ComplexRow
from tests.committee_support import make_committee
from tests.conftest import NOON
from tests.elections_support import announce, in_complex, make_draft, make_roll, make_staff
from tests.integration.procedure.test_filled_papers import print_paper, words_of
from tests.procedure_support import make_procedure
from tests.support import make_complexes

Kind = ProcedureKind


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    made = make_complexes(app, "qinglan")[0]
    make_roll(app, made)
    return made


def announced(app: Flask, place: ComplexRow, kind: Kind, policies: dict[str, str] | None = None) -> str:
    """Announce a vote of a kind and give it a procedure; return the procedure's code."""
    staff = make_staff(app, place, NOON)
    term = make_committee(app, place, NOON, staff.operator)
    recalls, elects = kind is Kind.RECALL, kind in (Kind.RENEWAL, Kind.FIRST_ELECTION, Kind.BY_ELECTION)
    vote_kind = ElectionKind.DECISION if kind is Kind.EXTRAORDINARY else ElectionKind(kind.value)
    people = {} if elects else {"candidates": ()}
    uuid = make_draft(
        app, place, staff, NOON, hire=not recalls, recall=recalls, kind=vote_kind,
        policies={"P-RESTRICT": "off", **(policies or {})}, **people,
    )  # fmt: skip
    announce(app, place, staff, uuid, NOON)
    member = term.serving[2].id if recalls else None
    code = make_procedure(
        app, place, NOON, kind=kind, term_id=term.id, election_uuid=uuid, member_id=member, seats=2 if elects else None
    )
    if recalls:
        with in_complex(app, place):
            procedure = locked_procedure(code).id
            for said, text in (("reasons", "两年没有公开账目。"), ("reply", "账目已在公告栏公开。")):
                db.session.add(
                    Statement(procedure_id=procedure, kind=said, text=text, recorded_by=staff.operator, recorded_at=NOON)
                )
    return code


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.RENEWAL, ("换届投票公告", "选举新一届业主委员会", "当选的先后看")),
        (Kind.FIRST_ELECTION, ("首次业主大会会议公告", "首次业主大会会议筹备组（盖章）")),
        (Kind.BY_ELECTION, ("补选投票公告", "第二届业主委员会应有委员5名，现缺2名")),
        (Kind.RECALL, ("罢免投票公告", "李秀英", "两年没有公开账目", "账目已在公告栏公开")),
        (Kind.DECISION, ("业主大会会议公告", "续聘江南物业服务公司", "同意的要超过一半")),
        (Kind.EXTRAORDINARY, ("业主大会临时会议公告", "应业主要求")),
    ],
)
def test_the_notice_says_what_its_kind_is_about(app: Flask, place: ComplexRow, kind: Kind, words: tuple[str, ...]) -> None:
    code = announced(app, place, kind)
    found = words_of(app, place, code, "N5")
    for each in words:
        assert each in found
    assert "达到三分之二" in found
    assert "社区居民委员会" in found


def test_without_paper_ballots_none_are_promised(app: Flask, place: ComplexRow) -> None:
    code = announced(app, place, Kind.DECISION, {"P-HYBRID": "no"})
    assert "纸质" not in words_of(app, place, code, "N5")


def test_the_address_on_paper_is_that_of_the_settings(app: Flask, place: ComplexRow) -> None:
    code = announced(app, place, Kind.DECISION)
    settings: Settings = app.extensions["yeyi_settings"]
    app.extensions["yeyi_settings"] = replace(settings, public_url="https://vote.example")
    with app.test_request_context(base_url="https://elsewhere.example/"), in_complex(app, place, write=False):
        paper = fill_paper(place, get_dossier(code), "N5")
    assert paper.imprint.link.url == f"https://vote.example/v/{paper.imprint.link.code}"
    assert print_paper(app, place, code, "N5").startswith(b"%PDF")
