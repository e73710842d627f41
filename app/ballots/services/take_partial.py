"""Take one trustee's partial decryptions of both sums: verified against the verification key, kept once, on the record.

Source: app/crypto/PROTOCOL.md 3 (Encrypted tally, partial decryption, result). Trustees decrypt the two final sums of a closed
box and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.audit.services.record_event import record_event
from app.ballots.errors import PartialUnreadable, TallyNotReady
from app.ballots.policies import require_trustee
from app.ballots.queries import get_contest
from app.ballots.services.write_leaves import write_partial
from app.crypto.encoding import dumps, fields, loads, sha256_hex
from app.crypto.tally import parse_partial_decryption, parse_tally, verify_partial_decryption
from app.crypto.trustees import parse_trustees
from app.elections.queries import encrypted_tallies
from app.elections.services.keep_tally import keep_partial_decryption
from app.elections.types import PartialRow
from app.errors import Malformed
from app.statute.weight import Measure

_MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class VerifiedPartial:
    """Hold one trustee's parts whose proofs hold, as the exact bytes of the archive, by weight."""

    index: int
    bodies: Mapping[str, bytes]


def verify_partial(uuid: str, account_id: int, raw: bytes) -> VerifiedPartial:
    """Read and verify ``{"area", "heads"}``; reads only, so that the write lock is not held meanwhile.

    Raises: ElectionNotFound, NotATrustee, TallyNotReady, PartialUnreadable, Malformed, BadPartialDecryption.
    """
    contest = get_contest(uuid)
    trustee = require_trustee(account_id, contest.row.trustees)
    tallies = encrypted_tallies(contest.row.id)
    if not tallies:
        raise TallyNotReady(election=uuid)
    try:
        values = fields(loads(raw, _MAX_BYTES), [measure.value for measure in Measure], "partial")
    except Malformed as problem:
        raise PartialUnreadable(reason=problem.code) from problem
    share = parse_trustees(contest.row.trustees_body or b"", contest.definition.group).public_share(trustee.index)
    bodies = {}
    for measure, value in zip(Measure, values, strict=True):
        body = dumps(value).encode()
        partial = parse_partial_decryption(contest.definition, body)
        tally = parse_tally(contest.definition, tallies[measure.value].body)
        verify_partial_decryption(contest.definition, tally, share, partial)
        bodies[measure.value] = partial.to_json()
    return VerifiedPartial(trustee.index, bodies)


def take_partial(uuid: str, account_id: int, verified: VerifiedPartial, *, at: datetime) -> bool:
    """Keep the verified parts and write their leaf; return False when this trustee had given its parts before.

    Raises: ElectionStateWrong once the result is published.
    """
    kept = [
        keep_partial_decryption(uuid, PartialRow(verified.index, weight, body, at)) for weight, body in verified.bodies.items()
    ]
    if not all(kept):
        return False
    digests = {weight: sha256_hex(body) for weight, body in verified.bodies.items()}
    write_partial(uuid, verified.index, digests["area"], digests["heads"], at=at)
    record_event("ballots:partial:take", at=at, account=account_id, trustee=verified.index)
    return True
