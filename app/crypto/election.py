"""Own the definition of an election as the protocol sees it: ``election.json``, its questions and its fingerprint.

Source: Belenios specification 1.x, "Election". The exact bytes are kept and hashed; they are never serialised again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from app.crypto.encoding import b64_sha, dumps, element, items, loads, parse_uuid, sha256_hex, small_integer, text
from app.crypto.errors import WrongShape
from app.crypto.group import BELENIOS_2048, Element, ModularGroup, suite
from app.crypto.proofs import require_member

#: No honest definition is longer: 200 questions of 2 kB each would still fit.
MAX_ELECTION_BYTES: Final = 1_000_000
MAX_QUESTIONS: Final = 100
MAX_ANSWERS: Final = 500


@dataclass(frozen=True, slots=True)
class Question:
    """Hold one homomorphic question: the voter marks ``minimum`` to ``maximum`` answers, or blank where allowed."""

    answers: tuple[str, ...]
    minimum: int
    maximum: int
    question: str
    blank: bool = False

    @property
    def choice_count(self) -> int:
        """Return the number of ciphertexts of one ballot: the answers, and the blank bit in front where allowed."""
        return len(self.answers) + self.blank

    def allows(self, marks: Sequence[int]) -> bool:
        """Tell whether a vector of 0/1, blank bit first, is a legal choice."""
        if len(marks) != self.choice_count or any(mark not in (0, 1) for mark in marks):
            return False
        if self.blank and marks[0]:
            return sum(marks) == 1
        return self.minimum <= sum(marks) <= self.maximum

    def to_json(self) -> dict[str, Any]:
        """Return the JSON object, ``blank`` only when true."""
        blank = {"blank": True} if self.blank else {}
        limits = {"min": self.minimum, "max": self.maximum}
        return {"answers": list(self.answers), **blank, **limits, "question": self.question}


@dataclass(frozen=True)
class Election:
    """Hold a parsed election together with the exact bytes it was parsed from."""

    raw: bytes
    uuid: str
    name: str
    description: str
    group: ModularGroup
    public_key: Element
    questions: tuple[Question, ...]
    administrator: str | None = None
    credential_authority: str | None = None

    @classmethod
    def parse(cls, raw: bytes) -> Election:
        """Parse election.json; raise Malformed, ElementNotInGroup or IdentityElement."""
        value = loads(raw, MAX_ELECTION_BYTES)
        if not isinstance(value, dict) or value.get("version") != 1:
            raise WrongShape(field="version", expected=1)
        group = suite(text(value.get("group"), "group"))
        questions = items(value.get("questions"), None, "questions")
        if not 0 < len(questions) <= MAX_QUESTIONS:
            raise WrongShape(field="questions", expected=f"1..{MAX_QUESTIONS}")
        return cls(
            raw=raw,
            uuid=parse_uuid(value.get("uuid")),
            name=text(value.get("name"), "name"),
            description=text(value.get("description"), "description"),
            group=group,
            public_key=require_member(group, element(value.get("public_key"), group, "public_key"), "public_key"),
            questions=tuple(_parse_question(question) for question in questions),
            administrator=_optional_text(value, "administrator"),
            credential_authority=_optional_text(value, "credential_authority"),
        )

    @cached_property
    def fingerprint(self) -> str:
        """Return phi = B64(election.json bytes), 43 characters."""
        return b64_sha(self.raw)

    @cached_property
    def sha256(self) -> str:
        """Return SHA-256 of the bytes in hexadecimal."""
        return sha256_hex(self.raw)

    @cached_property
    def max_ballot_bytes(self) -> int:
        """Return twice the longest honest ballot, so that one with an item too many is named as such, not as oversize."""
        pair = len('{"challenge":"","response":""},') + 2 * self.group.scalar_digits
        choice = len('{"alpha":"","beta":""},') + 2 * self.group.element_digits
        total = 400 + len(self.uuid) + self.group.element_digits + pair
        for question in self.questions:
            proofs = 2 * question.choice_count + question.maximum - question.minimum + 1 + 3 * question.blank
            total += 120 + question.choice_count * (choice + 4) + proofs * pair
        return 2 * total


def serialise_election(
    *,
    uuid: str,
    name: str,
    description: str,
    public_key: Element,
    questions: Sequence[Question],
    group: ModularGroup = BELENIOS_2048,
    administrator: str | None = None,
    credential_authority: str | None = None,
) -> bytes:
    """Return the bytes of election.json, in the field order of the specification; parse them back to check them."""
    value: dict[str, Any] = {
        "version": 1,
        "description": description,
        "name": name,
        "group": group.name,
        "public_key": str(public_key),
        "questions": [question.to_json() for question in questions],
        "uuid": uuid,
    }
    if administrator is not None:
        value["administrator"] = administrator
    if credential_authority is not None:
        value["credential_authority"] = credential_authority
    raw = dumps(value).encode()
    Election.parse(raw)
    return raw


def _parse_question(value: object) -> Question:
    if not isinstance(value, dict) or not set(value) <= {"answers", "blank", "min", "max", "question"}:
        raise WrongShape(field="question")
    blank = value.get("blank", False)
    if not isinstance(blank, bool):
        raise WrongShape(field="blank", expected="boolean")
    answers = tuple(text(answer, "answers") for answer in items(value.get("answers"), None, "answers"))
    minimum, maximum = small_integer(value.get("min"), "min"), small_integer(value.get("max"), "max")
    if not 0 < len(answers) <= MAX_ANSWERS or not minimum <= maximum <= len(answers):
        raise WrongShape(field="question", expected="0 <= min <= max <= number of answers")
    return Question(answers, minimum, maximum, text(value.get("question"), "question"), blank)


def _optional_text(value: dict[str, Any], field: str) -> str | None:
    return text(value[field], field) if field in value else None
