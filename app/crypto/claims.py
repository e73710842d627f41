"""Own what a ballot claims: the disjunctions it must prove, in one fixed order, with their hash prefixes.

Source: Belenios specification 1.x, "Ballot", steps 3 to 6; letters as there (S, alpha, beta, a, b). Making, verifying and
batch verifying a ballot all walk this one list.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.crypto.ballot_format import Ballot
from app.crypto.election import Election, Question
from app.crypto.errors import BadBlankProof, BadIndividualProof, BadOverallProof
from app.crypto.group import Element, ModularGroup
from app.crypto.proofs import Branch, Ciphertext, Proof, Statement


def signature_prefix(signed_hash: str) -> str:
    """Return what precedes the commitment in the hash of a ballot's signature."""
    return f"sig|{signed_hash}|"


def statements(election: Election, credential: Element, answers: Sequence[Sequence[Ciphertext]]) -> Iterator[Statement]:
    """Yield every disjunction a ballot must prove: per question the individual ones, then blank, then overall."""
    context = f"{election.fingerprint}|{credential}"
    for number, (question, choices) in enumerate(zip(election.questions, answers, strict=True)):
        written = [f"{choice.alpha!s},{choice.beta!s}" for choice in choices]
        for index, (choice, text) in enumerate(zip(choices, written, strict=True)):
            yield _individual_statement(f"prove|{context}|{text}|", choice, number, index)
        yield from _overall_statements(election.group, f"{context}|{','.join(written)}", question, choices, number)


def _individual_statement(prefix: str, choice: Ciphertext, number: int, index: int) -> Statement:
    parts = (choice,)
    return Statement(
        prefix,
        (Branch(choice.alpha, choice.beta, 0, parts), Branch(choice.alpha, choice.beta, 1, parts)),
        lambda: BadIndividualProof(question=number, choice=index),
    )


def _overall_statements(
    group: ModularGroup, context: str, question: Question, choices: Sequence[Ciphertext], number: int
) -> Iterator[Statement]:
    marked = tuple(choices[question.blank :])
    a = group.multiply(*(choice.alpha for choice in marked))
    b = group.multiply(*(choice.beta for choice in marked))
    sums = tuple(Branch(a, b, total, marked) for total in range(question.minimum, question.maximum + 1))

    def overall_error() -> Exception:
        return BadOverallProof(question=number)

    if not question.blank:
        yield Statement(f"prove|{context}|{a},{b}|", sums, overall_error)
        return
    first = choices[0]
    parts = (first,)
    zero, one = (Branch(first.alpha, first.beta, shift, parts) for shift in (0, 1))
    none_marked = Branch(a, b, 0, marked)
    yield Statement(f"bproof0|{context}|", (zero, none_marked), lambda: BadBlankProof(question=number))
    yield Statement(f"bproof1|{context}|", (one, *sums), overall_error)


def ballot_statements(election: Election, ballot: Ballot) -> Iterator[tuple[Statement, tuple[Proof, ...]]]:
    """Yield each disjunction of a ballot with the proof the ballot carries for it."""
    claims = statements(election, ballot.credential, [answer.choices for answer in ballot.answers])
    return zip(claims, _proofs_in_order(ballot), strict=True)


def _proofs_in_order(ballot: Ballot) -> Iterator[tuple[Proof, ...]]:
    for answer in ballot.answers:
        yield from answer.individual_proofs
        if answer.blank_proof is not None:
            yield answer.blank_proof
        yield answer.overall_proof
