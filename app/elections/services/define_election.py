"""Define an election once the joint key exists: election.json, trustees.json, the leaf, and the test of the rehearsal."""

from __future__ import annotations

import secrets
from datetime import datetime

from app.board.services.append_entry import append_entry
from app.crypto.decryption import encrypt_test_value
from app.crypto.election import Question, serialise_election
from app.crypto.encoding import b64_sha, sha256_hex
from app.crypto.group import BELENIOS_2048
from app.crypto.trustees import joint_public_key, parse_trustees, trustees_json, verify_trustees
from app.db.session import db
from app.elections.ceremony import (
    certificates,
    certs_signatures,
    coefficient_messages,
    polynomials,
    verification_keys,
)
from app.elections.models import Election
from app.elections.types import THRESHOLD, TRUSTEES, ElectionKind, ElectionRow, MatterRow
from app.roll.queries import get_snapshot
from app.statute.case import ElectionKind as JudgedKind
from app.verifier.definition import Definition

#: The rehearsal hides a number of at most six digits: enough that no wrong opening hits it, small enough to read aloud.
_TEST_VALUES = 900_000
#: How the law judges the questions on people; every other kind elects a committee, if anybody.
_JUDGED_AS = {ElectionKind.BY_ELECTION: JudgedKind.BY_ELECTION, ElectionKind.RECALL: JudgedKind.RECALL}


def define_election(row: Election, election: ElectionRow, slug: str, *, at: datetime) -> None:
    """Write the definition from the verified messages of all trustees, byte by byte as the protocol has it.

    Raises: VerificationFailed when the messages together do not hold.
    """
    trustees = election.trustees
    public_key = joint_public_key(BELENIOS_2048, polynomials(trustees))
    row.definition = serialise_election(
        uuid=election.uuid,
        name=election.title,
        description=_description(election, slug).to_text(),
        public_key=public_key,
        questions=[question_of(matter) for matter in election.matters],
    )
    row.fingerprint = b64_sha(row.definition)
    row.trustees_body = trustees_json(
        THRESHOLD,
        certificates(trustees),
        coefficient_messages(trustees),
        certs_signatures(trustees),
        verification_keys(trustees),
    )
    verify_trustees(parse_trustees(row.trustees_body), public_key)
    body = {"election": election.uuid, "fingerprint": row.fingerprint, "sha256": sha256_hex(row.definition)}
    append_entry("election_defined", body, at=at, election_uuid=election.uuid)
    value = 100_000 + secrets.randbelow(_TEST_VALUES)
    test = encrypt_test_value(BELENIOS_2048, public_key, value, secrets.randbelow)
    row.rehearsal = {"alpha": str(test.alpha), "beta": str(test.beta), "value": value}
    db.session.flush()


def question_of(matter: MatterRow) -> Question:
    """Return a matter as the protocol has it: at most one of three options, or at most ``seats`` candidates."""
    most = 1 if matter.seats is None else min(matter.seats, len(matter.answers))
    return Question(answers=matter.answers, minimum=0, maximum=most, question=matter.title)


def _description(election: ElectionRow, slug: str) -> Definition:
    if election.announcement_sha256 is None or election.snapshot_id is None:
        raise ValueError("an election is defined after it was announced")
    return Definition(
        announcement=election.announcement_sha256,
        complex=slug,
        kinds=tuple(matter.kind for matter in election.matters),
        opens_at=election.opens_at,
        closes_at=election.closes_at,
        policies=dict(election.policies),
        roll=get_snapshot(election.snapshot_id).roll_hash,
        rule_pack=election.rule_pack,
        scope=election.scope_text or "all",
        seats=tuple(matter.seats for matter in election.matters),
        threshold_policy=f"{THRESHOLD}/{TRUSTEES}",
        election=_JUDGED_AS.get(election.kind, JudgedKind.COMMITTEE),
    )
