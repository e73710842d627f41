"""Own the shape of an election's ballots as text: a ballot that has it exactly is read by cutting it at its quotation marks.

Every honest ballot of an election is the same text but for the strings in fixed places, so comparing the rest with the
serialisation of a dummy shows at once that it is canonical JSON of the right fields. Source: Belenios specification 1.x,
"Ballot".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from app.crypto.election import Election, Question
from app.crypto.encoding import dumps

_DUMMY = "0"


def cut_ballot(election: Election, raw: bytes) -> tuple[str, ...] | None:
    """Return the strings of a ballot that has the shape of this election, in the order of the text; None if it has not.

    Strings with escapes or beyond ASCII are left to a JSON parser, so None alone says nothing against a ballot.
    """
    if len(raw) > election.max_ballot_bytes or not raw.isascii() or b"\\" in raw:
        return None
    shape = _shape(election.questions)
    parts = raw.decode("ascii").split('"')
    if len(parts) != len(shape.parts):
        return None
    values: tuple[str, ...] = shape.values(parts)
    for place in shape.places:
        parts[place] = _DUMMY
    # The three strings that are no numbers (uuid, fingerprint, signed hash) must not need an escape to be JSON.
    free = values[0] + values[1] + values[-3]
    return values if parts == shape.parts and free.isprintable() else None


@dataclass(frozen=True, slots=True)
class _Shape:
    """Hold a dummy ballot cut at its quotation marks, and the places of the strings in it."""

    parts: list[str]
    places: Sequence[int]
    values: itemgetter[Any]


@lru_cache(maxsize=8)
def _shape(questions: tuple[Question, ...]) -> _Shape:
    proof = {"challenge": _DUMMY, "response": _DUMMY}
    dummy = {
        "election_uuid": _DUMMY,
        "election_hash": _DUMMY,
        "credential": _DUMMY,
        "answers": [_answer(question, proof) for question in questions],
        "signature": {"hash": _DUMMY, "proof": proof},
    }
    parts = dumps(dummy).split('"')
    places = [place for place, part in enumerate(parts) if part == _DUMMY]
    return _Shape(parts, places, itemgetter(*places))


def _answer(question: Question, proof: dict[str, str]) -> dict[str, Any]:
    count = question.choice_count
    answer: dict[str, Any] = {
        "choices": [{"alpha": _DUMMY, "beta": _DUMMY}] * count,
        "individual_proofs": [[proof, proof]] * count,
        "overall_proof": [proof] * (question.maximum - question.minimum + 1 + question.blank),
    }
    return {**answer, "blank_proof": [proof, proof]} if question.blank else answer
