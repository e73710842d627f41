"""Verify one whole archive with the functions of app.crypto, in the order of the protocol; for tests of these functions."""

from __future__ import annotations

from dataclasses import dataclass

from app.crypto.archive import Archive, read_archive
from app.crypto.ballots import Ballot, Commitments, parse_ballot, require_distinct, verify_ballot
from app.crypto.credentials import parse_public_credentials
from app.crypto.election import Election
from app.crypto.tally import (
    combine,
    effective_ballots,
    encrypted_tally,
    parse_partial_decryption,
    parse_result,
    tally_json,
    total_weight,
    verify_partial_decryption,
)
from app.crypto.trustees import parse_trustees, verify_trustees
from app.errors import VerificationFailed


class NotTheSame(VerificationFailed):
    """Say that a published value differs from its recomputation."""


@dataclass(frozen=True)
class Verified:
    """Hold what a verified archive says."""

    archive: Archive
    election: Election
    ballots: list[Ballot]
    commitments: list[Commitments]
    weights: dict[int, int]
    totals: list[list[int]]


def verify_archive(raw: bytes) -> Verified:
    """Verify everything; raise the DomainError that names the first fault."""
    archive = read_archive(raw)
    election = Election.parse(archive.election)
    trustees = parse_trustees(archive.trustees)
    verify_trustees(trustees, election.public_key)
    weights = parse_public_credentials(archive.credentials)
    ballots = [parse_ballot(election, ballot) for ballot in archive.ballots]
    require_distinct(ballots)
    commitments = [verify_ballot(election, ballot) for ballot in ballots]
    weight = total_weight(ballots, weights)
    tally = encrypted_tally(election, ballots, weights)
    _same("encrypted_tally", archive.encrypted_tally, tally_json(tally))
    _same("num_tallied", archive.num_tallied, len(effective_ballots(ballots)))
    _same("total_weight", archive.total_weight, weight)
    partials = {}
    for owner, content in archive.partial_decryptions:
        partials[owner] = parse_partial_decryption(election, content)
        verify_partial_decryption(election, tally, trustees.public_share(owner), partials[owner])
    totals = combine(election, trustees.threshold, tally, partials, weight)
    assert archive.result is not None
    _same("result", parse_result(election, archive.result), totals)
    return Verified(archive, election, ballots, commitments, weights, totals)


def _same(code: str, published: object, recomputed: object) -> None:
    if published != recomputed:
        raise NotTheSame(f"wrong_{code}")
