"""Own a recorded committee that many tests share: 第二届, five seats, two alternates, in office around the tests' noon."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from flask import Flask

from app.committee.queries import get_term
from app.committee.services.record_term import TermFacts, record_term
from app.committee.types import Office, Seat, TermRow
from app.tenancy.types import ComplexRow
from tests.elections_support import in_complex

TERM = TermFacts(2, date(2022, 7, 1), date(2027, 6, 30), 5)
MEMBERS = (
    Seat("赵文娟", "3栋", Office.CHAIR),
    Seat("王建国", "7栋", Office.VICE_CHAIR),
    Seat("李秀英", "1栋"),
    Seat("周国强", "2栋"),
    Seat("陈志明", "10栋"),
    Seat("孙丽萍", "8栋", Office.ALTERNATE),
    Seat("黄晓燕", "12栋", Office.ALTERNATE),
)


def make_committee(
    app: Flask,
    place: ComplexRow,
    at: datetime,
    account: int,
    *,
    facts: TermFacts = TERM,
    members: Sequence[Seat] = MEMBERS,
) -> TermRow:
    """Record a committee as an operator would and return its term."""
    with in_complex(app, place):
        return get_term(record_term(facts, members, at=at, account=account))
