"""Own the invented rules of procedure of the demonstration: what the clerk and the street have compared with the paper."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.access.roles import Role
from app.db.session import tenant_work
from app.identity.queries import holders_in_complex
from app.rulebook.services.confirm_change import confirm_change
from app.rulebook.services.propose_change import Clause, propose_change
from app.statute.own_rules import Basis
from app.tenancy.types import ComplexRow

#: Clauses in force where a street's operator can confirm them; the votes of the demonstration are held under the first.
CLAUSES = (
    Clause("P-COOWNER", "first_ballot", Basis.RULES, 6, "共有人没有推选投票人的，以共有人中先投出的一票为准。"),
    Clause("P-PROXY", "1", Basis.RULES, 7, "一名代理人只能接受一名业主的委托。"),
    Clause("committee_agenda_days", "10", Basis.RULES, 12, "业主委员会应当在会议召开十日前公告会议议题。"),
)
#: Clause that still waits for the second person.
WAITING = Clause("P-DIFF", "twenty_percent", Basis.RULES, 9, "候选人应当比应选名额多出百分之二十。")
_COMPARED_AFTER = timedelta(minutes=20)


def record_own_rules(place: ComplexRow, at: datetime, *, waiting: bool = False) -> None:
    """Record the clauses as the community's operator proposed and the street's confirmed them."""
    with tenant_work(place.id, write=True):
        first = holders_in_complex(place, [Role.COMMUNITY_OPERATOR])[0][0]
        second = holders_in_complex(place, [Role.STREET_OPERATOR])[0][0]
        for clause in CLAUSES:
            confirm_change(propose_change(clause, at=at, account=first), at=at + _COMPARED_AFTER, account=second)
        if waiting:
            propose_change(WAITING, at=at + _COMPARED_AFTER, account=first)
