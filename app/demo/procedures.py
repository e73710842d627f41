"""Own the procedures of the demonstration: the past steps of a renewal, and a decision that waits for its announcement.

Every step is recorded through the service that a person's click would call, at the instant at which that person would have
clicked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from app.db.session import tenant_work
from app.demo.committees import QINGLAN_COMMITTEE, seat_committee
from app.demo.pictures import board, portrait
from app.demo.votes import CANDIDATES, DemoElection
from app.elections.services.choose_policies import choose_policies
from app.elections.services.save_matter import MatterText, add_matter
from app.procedure.beginning import Beginning
from app.procedure.eligibility import Declared, Finding, Requirement
from app.procedure.queries import get_dossier
from app.procedure.services.announce_vote import announce_vote
from app.procedure.services.begin_procedure import begin_procedure
from app.procedure.services.decide_nomination import check_nomination
from app.procedure.services.draft_vote import draft_vote
from app.procedure.services.nominate_candidate import Candidacy, record_nomination
from app.procedure.services.record_drafts import Draft, record_drafts
from app.procedure.services.record_fact import record_fact
from app.procedure.services.record_posting import record_posting
from app.procedure.services.record_proposal import Proposal, record_proposal
from app.procedure.services.save_group import add_group_members
from app.procedure.types import ProcedureKind
from app.roll.types import RollRow
from app.statute.calendar import months_before
from app.tenancy.types import ComplexRow
from app.values.clock import CHINA, china_day

#: The committee's term ends so many days after the demonstration was filled.
TERM_LEFT = 38
#: Days before the opening of the vote on which each step was done.
GROUP_FORMED, GROUP_POSTED, ROLL_POSTED, DRAFTED, PROPOSED, CHECKED, LISTED, SETTLED, VOTE_DRAFTED, ANNOUNCED = (
    46, 45, 40, 39, 37, 35, 34, 26, 20, 17
)  # fmt: skip
#: Days before the limit of three months on which the committee reported.
_REPORTED_EARLY = 5
_GROUP_OWNERS = 7
_BOARD = "小区公告栏"


def lead_renewal(
    place: ComplexRow,
    plan: DemoElection,
    rows: Sequence[RollRow],
    opens_at: datetime,
    days: int,
    policies: dict[str, str],
    *,
    at: datetime,
    account: int,
) -> str:
    """Lead the renewal of the second committee from the alarm to the announcement of its vote; return the vote's uuid.

    ``at`` is the present of the demonstration, ``opens_at`` the midnight on which voting began.
    """
    ends_on = china_day(at) + timedelta(days=TERM_LEFT)
    seat_committee(place, 2, QINGLAN_COMMITTEE, ends_on, "备2021-017", at=_morning(months_before(ends_on, 12)), account=account)
    alarm, report = months_before(ends_on, 6), months_before(ends_on, 3) - timedelta(days=_REPORTED_EARLY)
    with tenant_work(place.id, write=True):
        code = begin_procedure(place, Beginning(kind=ProcedureKind.RENEWAL), at=_morning(alarm), account=account)
    with tenant_work(place.id, write=True):
        note = "报告 1 份，街道已签收"
        record_fact(place, code, "report", at=_morning(report), account=account, note=note)
    when = {step: _before(opens_at, step) for step in (GROUP_FORMED, GROUP_POSTED, ROLL_POSTED, DRAFTED)}
    with tenant_work(place.id, write=True):
        add_group_members(code, _group(rows), at=when[GROUP_FORMED], account=account)
        record_fact(place, code, "group_formed", at=when[GROUP_FORMED], account=account, note="街道组织成立，共 9 人")
    with tenant_work(place.id, write=True):
        record_posting(place, code, "GROUP", _BOARD, board(1), at=when[GROUP_POSTED], account=account)
    with tenant_work(place.id, write=True):
        record_posting(place, code, "N2", _BOARD, board(2), at=when[ROLL_POSTED], account=account)
    with tenant_work(place.id, write=True):
        unchanged = [Draft(text, is_drafted=False) for text in ("rules", "covenant")]
        record_drafts(place, code, unchanged, at=when[DRAFTED], account=account)
    _settle_candidates(place, code, rows, opens_at, account)
    with tenant_work(place.id, write=True):
        drafted = _before(opens_at, VOTE_DRAFTED)
        uuid = draft_vote(place, code, china_day(opens_at), days, at=drafted, account=account)
        for matter in plan.matters:
            if matter.seats is None:
                add_matter(uuid, matter.kind, MatterText(matter.title, matter.summary))
        choose_policies(uuid, policies)
    with tenant_work(place.id, write=True):
        announced = _before(opens_at, ANNOUNCED)
        announce_vote(place, code, residents_committee_told=True, at=announced, account=account)
        record_posting(place, code, "N5", _BOARD, board(4), at=announced + timedelta(hours=2), account=account)
    return uuid


def prepare_decision(
    place: ComplexRow, plan: DemoElection, opens_on: date, days: int, policies: dict[str, str], *, at: datetime, account: int
) -> str:
    """Lead a decision from its proposal to the draft of its vote; return the vote's uuid."""
    [matter] = plan.matters
    beginning = Beginning(kind=ProcedureKind.DECISION, matter=matter.kind, title=plan.title)
    with tenant_work(place.id, write=True):
        code = begin_procedure(place, beginning, at=at - timedelta(days=3), account=account)
    with tenant_work(place.id, write=True):
        proposal = Proposal(matter.title, matter.summary, china_day(at) - timedelta(days=2))
        record_proposal(place, code, proposal, at=at - timedelta(days=2), account=account)
    with tenant_work(place.id, write=True):
        record_posting(place, code, "N2", _BOARD, board(1), at=at - timedelta(days=1), account=account)
        uuid = draft_vote(place, code, opens_on, days, at=at, account=account)
        choose_policies(uuid, policies)
    return uuid


def _settle_candidates(place: ComplexRow, code: str, rows: Sequence[RollRow], opens_at: datetime, account: int) -> None:
    """Propose, check and list the candidates, all of them owners on the roll, and close their list after its period."""
    doors = {row.owners[0].name: row.code for row in rows if len(row.owners) == 1}
    declared = {item.value: "no" for item in Declared}
    found = {item.value: Finding.MET.value for item in Requirement}
    with tenant_work(place.id, write=True):
        for number, (name, _building, introduction) in enumerate(CANDIDATES):
            candidacy = Candidacy(introduction, portrait(number), declared)
            record_nomination(code, name, doors[name], "owners", candidacy, at=_before(opens_at, PROPOSED), account=account)
    with tenant_work(place.id, write=True):
        for row in get_dossier(code).nominations:
            at = _before(opens_at, CHECKED)
            check_nomination(code, row.id, found, declared, reason="", evidence=None, at=at, account=account)
    with tenant_work(place.id, write=True):
        record_posting(place, code, "N4", _BOARD, board(3), at=_before(opens_at, LISTED), account=account)
    with tenant_work(place.id, write=True):
        record_fact(place, code, "candidates", at=_before(opens_at, SETTLED), account=account, note="8 位候选人，选 5 位")


def _group(rows: Sequence[RollRow]) -> str:
    """Write the list of the group: the street's head, the residents' committee, and owners of one flat each."""
    taken = {name for name, _building, _introduction in CANDIDATES}
    owners: dict[str, str] = {}
    for row in rows[::37]:
        alone = row.owners[0].name if len(row.owners) == 1 else ""
        if alone and alone not in taken and alone not in owners.values() and len(alone) == 3 and row.owners[0].phone:
            owners[row.code] = alone
    lines = ["吴涛，湖畔街道办事处", "周敏，青岚社区居委会"]
    lines += [f"{name}，{code}" for code, name in list(owners.items())[:_GROUP_OWNERS]]
    return "\n".join(lines)


def _morning(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 10, tzinfo=CHINA)


def _before(opens_at: datetime, days: int) -> datetime:
    return _morning(china_day(opens_at) - timedelta(days=days))
