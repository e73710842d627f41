"""Announce an election 公告: freeze the roll, the trustees and everything the owners are told; no editing after it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import datetime

from app.audit.services.record_event import record_event
from app.board.services.append_entry import append_entry
from app.board.services.sign_checkpoint import sign_checkpoint
from app.db.session import db
from app.documents.queries import public_file
from app.elections.announcement import FrozenRollFacts, announcement_bytes, announcement_digest
from app.elections.errors import ElectionIncomplete
from app.elections.queries import draft_problems, get_election
from app.elections.readiness import WAIVABLE, may_announce
from app.elections.services.choose_trustees import chosen_trustees
from app.elections.services.load_election import locked_draft
from app.elections.types import ElectionRow, ElectionState
from app.roll.services.freeze_roll import freeze_roll
from app.tenancy.types import ComplexRow


def announce_election(uuid: str, place: ComplexRow, *, at: datetime, account: int, waived: Collection[str] = ()) -> str:
    """Freeze the draft and write its leaf; return the SHA-256 of the announcement.

    ``waived`` names the limits of the committee's mandate that an order of the street lets pass. The trustees' roles are
    checked again, because they may have changed since the draft was made.
    Raises: ElectionNotFound, ElectionFrozen, ElectionIncomplete, TrusteesRefused, or what the roll refuses.
    """
    row = locked_draft(uuid)
    draft = get_election(uuid)
    problems = draft_problems(draft, at, waived=WAIVABLE.intersection(waived))
    if not may_announce(problems):
        raise ElectionIncomplete(problems=[problem.code for problem in problems if not problem.is_warning])
    chosen_trustees(place, [trustee.account_id for trustee in draft.trustees])
    snapshot = freeze_roll(at=at, scope=draft.scope)
    facts = FrozenRollFacts(snapshot.roll_hash, snapshot.units, snapshot.heads, str(snapshot.area))
    digests = {file_id: public_file(file_id).row.sha256 for file_id in set(_files_of(draft))}
    draft = replace(draft, own_rules=draft.own_rules.kept_by(draft.policies))
    raw = announcement_bytes(draft, (place.slug, place.name), facts, digests, at)
    row.snapshot_id = snapshot.id
    row.own_rules = draft.own_rules.as_json()
    row.announcement = raw
    row.announcement_sha256 = announcement_digest(raw)
    row.state = ElectionState.ANNOUNCED.value
    row.announced_at = at
    db.session.flush()
    body = {"election": uuid, "announcement": row.announcement_sha256}
    append_entry("election_announced", body, at=at, election_uuid=uuid)
    sign_checkpoint(place.slug, at=at)
    record_event("elections:election:announce", at=at, account=account, tenant=place.id, election=row.id)
    return row.announcement_sha256


def _files_of(election: ElectionRow) -> Iterator[int]:
    for matter in election.matters:
        yield from (material.file_id for material in matter.materials)
        yield from (candidate.photo_id for candidate in matter.candidates if candidate.photo_id is not None)
