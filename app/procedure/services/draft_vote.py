"""Draft the vote of a procedure from what the procedure knows already: seats, candidates, dates, trustees."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from app.audit.services.record_event import record_event
from app.committee.types import MemberRow
from app.elections.queries import get_election, trustee_choices
from app.elections.readiness import earliest_opening
from app.elections.services.choose_trustees import choose_trustees
from app.elections.services.save_candidate import CandidateText, add_candidate
from app.elections.services.save_draft import Basics, create_draft
from app.elections.services.save_material import add_material
from app.elections.services.save_matter import MatterText, add_matter
from app.elections.types import ElectionRow, Party
from app.procedure.nominating import building_of, eligible
from app.procedure.preparation_queries import candidate_photo
from app.procedure.progress import standing_vote
from app.procedure.queries import get_dossier
from app.procedure.services.record_proposal import papers_of_proposal
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import Dossier, ProcedureKind
from app.procedure.vote_errors import NoticeTooShort, VoteDraftedAlready
from app.procedure.vote_outcome import is_without_effect
from app.procedure.vote_texts import VOTE_KINDS, election_text, proposal_text, recall_text, vote_title
from app.statute.rule_pack import Matter
from app.tenancy.types import ComplexRow
from app.values.clock import CHINA, china_day


def draft_vote(place: ComplexRow, code: str, opens_on: date, days: int, *, at: datetime, account: int) -> str:
    """Draft the vote for a window of whole days, both ends counted, and return its uuid.

    The trustees are proposed where there is exactly one choice for a side; everything can still be changed on its set-up page.
    A vote that was certified as without effect may be followed by another one; any other must be withdrawn first.
    Raises: ProcedureNotFound, ProcedureNotRunning, VoteDraftedAlready, NoticeTooShort.
    """
    row = running_procedure(code)
    dossier = get_dossier(code)
    vote = standing_vote(dossier)
    if vote is not None and not (vote.certified_at is not None and is_without_effect(vote)):
        raise VoteDraftedAlready(uuid=vote.uuid)
    opens_at = datetime(opens_on.year, opens_on.month, opens_on.day, tzinfo=CHINA)
    basics = Basics(VOTE_KINDS[dossier.procedure.kind], vote_title(dossier), opens_at, opens_at + timedelta(days=days))
    uuid = create_draft(basics, at=at, account=account, procedure_code=code, scope=dossier.procedure.scope)
    _require_notice(get_election(uuid), at)
    _add_matters(place, dossier, uuid, at, account)
    _propose_trustees(place, uuid)
    row.election_uuid = uuid
    record_event("procedure:vote:draft", at=at, account=account, tenant=place.id, procedure=row.id)
    return uuid


def _require_notice(vote: ElectionRow, at: datetime) -> None:
    """Refuse a window that could not even be announced today; any later day would leave less notice."""
    earliest = earliest_opening(at, vote.pack, vote.policies["P-NOTICECLR"])
    if vote.opens_at < earliest:
        raise NoticeTooShort(earliest=china_day(earliest))


def _add_matters(place: ComplexRow, dossier: Dossier, uuid: str, at: datetime, account: int) -> None:
    kind = dossier.procedure.kind
    if kind is ProcedureKind.RECALL:
        add_matter(uuid, Matter.ELECT, _recall(dossier))
    elif kind in (ProcedureKind.DECISION, ProcedureKind.EXTRAORDINARY):
        matter = add_matter(uuid, Matter(dossier.procedure.matter), proposal_text(dossier))
        for title, content in papers_of_proposal(dossier):
            add_material(uuid, matter, title, content, at=at, account=account)
    else:
        years = get_election(uuid).policies["P-TERM"]
        matter = add_matter(uuid, Matter.ELECT, election_text(dossier, place.name, years))
        for nomination in eligible(dossier):
            photo = None if nomination.photo_id is None else candidate_photo(nomination)
            text = CandidateText(nomination.name, building_of(nomination.unit_code), nomination.introduction, photo)
            add_candidate(uuid, matter, text, at=at, account=account)


def _recall(dossier: Dossier) -> MatterText:
    said = {statement.kind: statement.text for statement in dossier.statements}
    return recall_text(dossier, recalled_member(dossier).name, said.get("reasons", ""), said.get("reply", ""))


def recalled_member(dossier: Dossier) -> MemberRow:
    """Return the member whose recall is asked."""
    members = dossier.term.members if dossier.term else ()
    return next(member for member in members if member.id == dossier.procedure.member_id)


def _propose_trustees(place: ComplexRow, uuid: str) -> None:
    choices = trustee_choices(place)
    sides = [[choice.account_id for choice in choices if choice.party is party] for party in Party]
    if all(len(side) == 1 for side in sides):
        choose_trustees(uuid, place, [side[0] for side in sides])
