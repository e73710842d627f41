"""Own the direct verification of one ballot: binding, membership, signature, every proof; it yields the commitments.

Source: Belenios specification 1.x, "Ballot"; letters as there (y, A, B, c, z).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.crypto.ballot_format import Ballot, Commitments
from app.crypto.claims import ballot_statements, signature_prefix
from app.crypto.election import Election
from app.crypto.errors import (
    BadHash,
    BadSignature,
    ElementNotInGroup,
    IdentityElement,
    RepeatedCiphertext,
    WrongElection,
    WrongFingerprint,
)
from app.crypto.group import Element, ModularGroup
from app.crypto.proofs import Proof, Statement, check_log, finish_commitment, or_challenge


def verify_ballot(election: Election, ballot: Ballot) -> Commitments:
    """Verify one ballot directly and return its commitments; raise the VerificationFailed that names what is wrong.

    Whether the credential is listed is the caller's question.
    """
    check_binding(election, ballot)
    claims = list(ballot_statements(election, ballot))
    powers = _powers(election.group, ballot, claims)
    check_identities(ballot)
    signature = check_ballot_signature(election.group, ballot)
    proofs = tuple(_check_statement(election, statement, given, powers) for statement, given in claims)
    return Commitments(proofs, signature)


def check_binding(election: Election, ballot: Ballot) -> None:
    """Check that the ballot names this election and signs its own bytes; raise WrongElection, WrongFingerprint or BadHash."""
    if ballot.election_uuid != election.uuid:
        raise WrongElection(expected=election.uuid)
    if ballot.election_hash != election.fingerprint:
        raise WrongFingerprint(expected=election.fingerprint)
    if ballot.hash != ballot.unsigned_hash:
        raise BadHash(expected=ballot.unsigned_hash)


def check_identities(ballot: Ballot) -> None:
    """Refuse the identity as credential or as any alpha; raise IdentityElement."""
    if ballot.credential == 1:
        raise IdentityElement(field="credential")
    for index, choice in enumerate(ballot.ciphertexts()):
        if choice.alpha == 1:
            raise IdentityElement(field="alpha", choice=index)


def check_ballot_signature(group: ModularGroup, ballot: Ballot) -> Element:
    """Check the credential's signature and return its commitment; raise BadSignature."""
    good, commitments = check_log(group, ballot.credential, signature_prefix(ballot.hash), ballot.signature)
    if not good:
        raise BadSignature(credential=str(ballot.credential))
    return commitments[0]


def _powers(
    group: ModularGroup, ballot: Ballot, claims: Sequence[tuple[Statement, tuple[Proof, ...]]]
) -> dict[tuple[Element, int], Element]:
    # All exponents of one base are computed together: membership (q) and every challenge over that base share their squarings.
    wanted: dict[Element, list[int]] = {}
    members = [ballot.credential, *(x for c in ballot.ciphertexts() for x in (c.alpha, c.beta))]
    for x in members:
        if not 0 < x < group.p:
            raise ElementNotInGroup(field="ballot")
        wanted[x] = [group.q]
    for statement, proofs in claims:
        for branch, proof in zip(statement.branches, proofs, strict=True):
            wanted.setdefault(branch.alpha, []).append(proof.challenge)
            wanted.setdefault(branch.beta, []).append(proof.challenge)
    known: dict[tuple[Element, int], Element] = {}
    for x, exponents in wanted.items():
        for exponent, power in zip(exponents, group.powers(x, exponents), strict=True):
            known[x, exponent] = power
    if any(known[x, group.q] != 1 for x in members):
        raise ElementNotInGroup(field="ballot")
    return known


def _check_statement(
    election: Election, statement: Statement, proofs: tuple[Proof, ...], powers: dict[tuple[Element, int], Element]
) -> tuple[tuple[Element, Element], ...]:
    group, y = election.group, election.public_key
    commitments = tuple(
        finish_commitment(group, y, branch, proof, powers[branch.alpha, proof.challenge], powers[branch.beta, proof.challenge])
        for branch, proof in zip(statement.branches, proofs, strict=True)
    )
    check_challenge(group, statement, proofs, commitments)
    return commitments


def check_challenge(
    group: ModularGroup,
    statement: Statement,
    proofs: Sequence[Proof],
    commitments: Sequence[tuple[Element, Element]],
) -> None:
    """Check that the challenges of a disjunction add up to the hash of its commitments; raise the statement's error."""
    if or_challenge(statement.prefix, commitments, group.q) != sum(p.challenge for p in proofs) % group.q:
        raise statement.error()


def require_distinct(ballots: Iterable[Ballot]) -> None:
    """Check that no alpha occurs twice in the box; raise RepeatedCiphertext with the place of the later ballot.

    Honest ballots never share one, so a repeated alpha is a replay or a copy of another voter's answer.
    """
    seen: set[Element] = set()
    for place, ballot in enumerate(ballots):
        for choice in ballot.ciphertexts():
            if choice.alpha in seen:
                raise RepeatedCiphertext(ballot=place)
            seen.add(choice.alpha)
