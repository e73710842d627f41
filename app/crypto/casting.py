"""Own the making of a ballot: encryption of the marks, the proofs that they are legal, and the credential's signature.

Source: Belenios specification 1.x, "Ballot", steps 1 to 8. The booth does the same in JavaScript; this one serves tests,
paper entry and ``yeyi simulate``.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.crypto.ballot_format import Answer
from app.crypto.claims import signature_prefix, statements
from app.crypto.credentials import Credential
from app.crypto.election import Election, Question
from app.crypto.encoding import b64_sha, dumps, random_scalar
from app.crypto.errors import IllegalChoice
from app.crypto.group import RandBelow
from app.crypto.proofs import Ciphertext, Proof, Statement, prove_log, prove_or

#: (r, m) of one ciphertext or of a product of ciphertexts.
Opening = tuple[int, int]


def create_ballot(election: Election, credential: Credential, choices: Sequence[Sequence[int]], randbelow: RandBelow) -> str:
    """Return the ballot as text; ``choices`` is one vector of 0/1 per question, blank bit first where allowed.

    Raise IllegalChoice when a vector is not one the question allows.
    """
    _require_legal(election, choices)
    openings = [[(random_scalar(election.group.q, randbelow), mark) for mark in marks] for marks in choices]
    encrypted = [[_encrypt(election, opening) for opening in row] for row in openings]
    claims = list(statements(election, credential.public, encrypted))
    answers: list[Answer] = []
    for question, row, ciphertexts in zip(election.questions, openings, encrypted, strict=True):
        own, claims = claims[: len(row) + 1 + question.blank], claims[len(row) + 1 + question.blank :]
        answers.append(_prove_answer(election, question, row, ciphertexts, own, randbelow))
    value = {
        "election_uuid": election.uuid,
        "election_hash": election.fingerprint,
        "credential": str(credential.public),
        "answers": [answer.to_json() for answer in answers],
    }
    signed_hash = b64_sha(dumps(value))
    proof = prove_log(election.group, credential.secret.value, signature_prefix(signed_hash), randbelow)
    return dumps({**value, "signature": {"hash": signed_hash, "proof": proof.to_json()}})


def _require_legal(election: Election, choices: Sequence[Sequence[int]]) -> None:
    if len(choices) != len(election.questions):
        raise IllegalChoice(questions=len(election.questions))
    for number, (question, marks) in enumerate(zip(election.questions, choices, strict=True)):
        if not question.allows(marks):
            raise IllegalChoice(question=number)


def _encrypt(election: Election, opening: Opening) -> Ciphertext:
    group, (r, mark) = election.group, opening
    beta = group.fixed_base(election.public_key).pow(r)
    return Ciphertext(group.fixed_base(group.g).pow(r), group.multiply(beta, group.g) if mark else beta)


def _prove_answer(
    election: Election,
    question: Question,
    row: Sequence[Opening],
    ciphertexts: Sequence[Ciphertext],
    claims: Sequence[Statement],
    randbelow: RandBelow,
) -> Answer:
    def prove(statement: Statement, openings: Sequence[Opening]) -> tuple[Proof, ...]:
        return prove_or(election.group, election.public_key, statement, openings, randbelow)

    marked = row[question.blank :]
    whole = (sum(r for r, _ in marked), sum(m for _, m in marked))
    sums = [whole] * (question.maximum - question.minimum + 1)
    individual = tuple(prove(claim, [opening] * 2) for claim, opening in zip(claims, row, strict=False))
    if not question.blank:
        return Answer(tuple(ciphertexts), individual, prove(claims[-1], sums))
    blank = prove(claims[-2], [row[0], whole])
    return Answer(tuple(ciphertexts), individual, prove(claims[-1], [row[0], *sums]), blank)
