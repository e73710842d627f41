"""Own the server's side of the key ceremony in the browser tests: three trustees, every message verified by ``app.crypto``.

The third trustee is played by ``app.crypto`` itself, so that messages of both languages meet in one ceremony.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.crypto.ballots import Ballot, create_ballot, parse_ballot
from app.crypto.credentials import Credential
from app.crypto.decryption import check_decryption_factor, encrypt_test_value, rehearsal_context
from app.crypto.election import Election, Question, serialise_election
from app.crypto.encoding import dumps
from app.crypto.group import BELENIOS_2048, Element
from app.crypto.key_file import write_key_file
from app.crypto.proofs import Ciphertext, parse_proof
from app.crypto.tally import (
    PartialDecryption,
    encrypted_tally,
    parse_partial_decryption,
    verify_partial_decryption,
)
from app.crypto.trustee_key import EncryptedShare, TrusteeKey, parse_encrypted_shares
from app.crypto.trustees import (
    Ceremony,
    SignedMessage,
    joint_public_key,
    parse_coefficients,
    parse_signed_message,
    parse_verification_key,
    public_share,
    verify_certificate,
    verify_coefficients,
    verify_verification_key,
)

from .served import Answer, Site, answer_json, shell

UUID = "YeyiTrustees11"
NAMES = ("社区居委会", "监督机构", "换届小组")
PASSPHRASE = "楼下的桂花开了三次以后再开箱"
OPTIONS = ("同意", "反对", "弃权")
CANDIDATES = ("赵文娟（3栋）", "王建国（7栋）", "黄晓燕（12栋）")


def random_bytes(count: int) -> bytes:
    """Draw bytes from the system's source."""
    return secrets.token_bytes(count)


@dataclass
class Room:
    """Hold the ceremony's state: messages by trustee number, verified as they come."""

    ceremony: Ceremony = field(default_factory=lambda: Ceremony(UUID, 3, 2))
    phase: str = "round1"
    certs: dict[int, SignedMessage] = field(default_factory=dict)
    round2: dict[int, dict[str, Any]] = field(default_factory=dict)
    keys: dict[int, dict[str, Any]] = field(default_factory=dict)
    rehearsed: set[int] = field(default_factory=set)
    partials: dict[int, tuple[PartialDecryption, PartialDecryption]] = field(default_factory=dict)
    election: Election | None = None
    test: Ciphertext | None = None
    ballots: list[str] = field(default_factory=list)
    area: dict[Element, int] = field(default_factory=dict)
    robot: TrusteeKey | None = None
    robot_index: int = 3
    tamper: Callable[[dict[str, Any]], object] | None = None

    # --- what each trustee sees ---

    def state(self, index: int) -> dict[str, Any]:
        """Return me.json of one trustee."""
        state: dict[str, Any] = {
            "election": {
                "uuid": UUID,
                "title": "青岚花园第三届业委会换届",
                "raw": self.election.raw.decode() if self.election else None,
                "fingerprint": self.election.fingerprint if self.election else None,
            },
            "size": 3,
            "threshold": 2,
            "index": index,
            "phase": self.phase,
            "trustees": [self._progress(number) for number in (1, 2, 3)],
            "certs": [self.certs[i].to_json() for i in sorted(self.certs)],
            "round2": [
                {**self.round2[i], "shares": [s for s in self.round2[i]["shares"] if s["to"] == index]}
                for i in sorted(self.round2)
            ],
            "verification_keys": [self.keys[i] for i in sorted(self.keys)],
            "rehearsal": self.test.to_json() if self.test else None,
            "urls": {"post": f"/trustees/{index}", "demo_key": f"/demo-key/{index}" if index == 2 else None},
            "csrf": "token-of-the-test",
            "decrypt": self._decrypt() if self.phase == "decrypt" else None,
        }
        if self.tamper is not None:
            self.tamper(state)
        return state

    def _progress(self, index: int) -> dict[str, Any]:
        rounds: list[dict[int, Any]] = [self.certs, self.round2, self.keys]
        return {
            "index": index,
            "name": NAMES[index - 1],
            "round": sum(index in done for done in rounds),
            "rehearsed": index in self.rehearsed,
            "decrypted": index in self.partials,
        }

    def _decrypt(self) -> dict[str, Any]:
        counted = {ballot.credential for ballot in self._parsed()}
        weights = {str(credential): weight for credential, weight in self.area.items()}
        return {
            "weights": {
                "area": [[credential, weight] for credential, weight in weights.items()],
                "heads": [[credential, min(weight, 1)] for credential, weight in weights.items()],
            },
            "ballots_url": "/ballots.txt",
            "expected": {
                "ballots": len(self.ballots),
                "total_area": sum(self.area[credential] for credential in counted),
                "total_heads": sum(min(self.area[credential], 1) for credential in counted),
            },
        }

    # --- what each trustee hands in ---

    def take(self, index: int, body: bytes) -> Answer:
        """Verify and keep one message, then move on when the phase is complete."""
        message = json.loads(body)
        taken = {
            "round1": self._take_cert,
            "round2": self._take_polynomial,
            "round3": self._take_key,
            "rehearsal": self._take_rehearsal,
            "decrypt": self._take_decryption,
        }
        taken[self.phase](index, message)
        self._move_on()
        return answer_json({}, 201)

    def _take_cert(self, index: int, message: dict[str, Any]) -> None:
        assert message["round"] == 1
        signed = parse_signed_message(message["cert"], BELENIOS_2048)
        verify_certificate(self.ceremony, index, signed)
        self.certs[index] = signed

    def _take_polynomial(self, index: int, message: dict[str, Any]) -> None:
        assert message["round"] == 2
        signed = parse_signed_message(message["coefexps"], BELENIOS_2048)
        signature = parse_proof(message["signature"], BELENIOS_2048, "signature")
        verify_coefficients(self.ceremony, index, self._certs(), signed, signature)
        parse_encrypted_shares(message["shares"], self.ceremony)
        self.round2[index] = {key: message[key] for key in ("coefexps", "signature", "shares")}

    def _take_key(self, index: int, message: dict[str, Any]) -> None:
        assert message["round"] == 3
        key = parse_verification_key(message["verification_key"], BELENIOS_2048)
        verify_verification_key(self.ceremony, index, self._certs(), self.polynomials(), key)
        self.keys[index] = message["verification_key"]

    def _take_rehearsal(self, index: int, message: dict[str, Any]) -> None:
        assert self.test is not None
        proof = parse_proof(message["proof"], BELENIOS_2048, "proof")
        share = public_share(BELENIOS_2048, self.polynomials(), index)
        factor = Element(int(message["factor"]))
        check_decryption_factor(BELENIOS_2048, share, self.test.alpha, factor, proof, rehearsal_context(UUID))
        self.rehearsed.add(index)

    def _take_decryption(self, index: int, message: dict[str, Any]) -> None:
        assert self.election is not None
        share = public_share(BELENIOS_2048, self.polynomials(), index)
        read = []
        for weights, name in ((self.area, "area"), (self.heads, "heads")):
            tally = encrypted_tally(self.election, self._parsed(), weights)
            partial = parse_partial_decryption(self.election, dumps(message[name]).encode())
            verify_partial_decryption(self.election, tally, share, partial)
            read.append(partial)
        self.partials[index] = (read[0], read[1])

    # --- the shared record ---

    @property
    def heads(self) -> dict[Element, int]:
        """Return the head weights."""
        return {credential: min(weight, 1) for credential, weight in self.area.items()}

    def polynomials(self) -> list[tuple[Element, ...]]:
        """Return A_ik of every trustee."""
        signed = [parse_signed_message(self.round2[i]["coefexps"], BELENIOS_2048) for i in (1, 2, 3)]
        return [parse_coefficients(message, BELENIOS_2048, 2) for message in signed]

    def _certs(self) -> list[SignedMessage]:
        return [self.certs[i] for i in (1, 2, 3)]

    def _parsed(self) -> list[Ballot]:
        assert self.election is not None
        return [parse_ballot(self.election, line.encode()) for line in self.ballots]

    def _move_on(self) -> None:
        if self.phase == "round1" and len(self.certs) == 3:
            self.phase = "round2"
            self._robot_round2()
        if self.phase == "round2" and len(self.round2) == 3:
            self.phase = "round3"
            self._robot_round3()
        if self.phase == "round3" and len(self.keys) == 3:
            self.phase = "rehearsal"
            self._define_election()
        if self.phase == "rehearsal" and len(self.rehearsed) == 3:
            self.phase = "waiting"
        if self.phase == "decrypt" and len(self.partials) == 2:
            self.phase = "done"

    # --- the trustee that is played by app.crypto ---

    def robot_round1(self) -> None:
        """Let the robot hand in its certificate."""
        self.robot = TrusteeKey.generate(self.ceremony, self.robot_index, secrets.randbelow)
        self.certs[self.robot_index] = self.robot.certificate(secrets.randbelow)

    def _robot_round2(self) -> None:
        if self.robot is None:
            return
        signed, signature = self.robot.polynomial(self._certs(), secrets.randbelow)
        shares = self.robot.encrypted_shares(self._certs(), secrets.randbelow, random_bytes)
        self.round2[self.robot_index] = {
            "coefexps": signed.to_json(),
            "signature": signature.to_json(),
            "shares": [share.to_json() for share in shares],
        }

    def _robot_round3(self) -> None:
        if self.robot is None:
            return
        x = self.robot.private_share(self.shares_to(self.robot_index), self.polynomials())
        self.keys[self.robot_index] = self.robot.verification_key(x, secrets.randbelow).to_json()

    def shares_to(self, index: int) -> list[EncryptedShare]:
        """Return what every trustee sent to one, in order of sender."""
        return [parse_encrypted_shares(self.round2[i]["shares"], self.ceremony)[index - 1] for i in (1, 2, 3)]

    def robot_rehearsal(self) -> None:
        """Count the robot as rehearsed."""
        self.rehearsed.add(self.robot_index)

    # --- the election ---

    def _define_election(self) -> None:
        y = joint_public_key(BELENIOS_2048, self.polynomials())
        questions = (
            Question(answers=OPTIONS, minimum=0, maximum=1, question="续聘现物业公司"),
            Question(answers=CANDIDATES, minimum=0, maximum=2, question="选举业委会委员"),
        )
        description = dumps({"complex": "qinglan", "closes_at": "2026-06-06T00:00:00+08:00"})
        raw = serialise_election(uuid=UUID, name="换届", description=description, public_key=y, questions=questions)
        self.election = Election.parse(raw)
        self.test = encrypt_test_value(BELENIOS_2048, y, 42, secrets.randbelow)

    def close_with(self, votes: list[tuple[int, list[list[int]]]]) -> None:
        """Cast one ballot per (area in 0.01 m2, choices), with one change of mind and one replaced credential, and close."""
        assert self.election is not None
        for weight, choices in votes:
            credential = Credential.generate(secrets.randbelow)
            self.area[credential.public] = weight
            if not self.ballots or weight == 0:
                first = [[0] * len(row) for row in choices]
                self.ballots.append(create_ballot(self.election, credential, first, secrets.randbelow))
            self.ballots.append(create_ballot(self.election, credential, choices, secrets.randbelow))
        self.phase = "decrypt"


def key_file(key: TrusteeKey) -> str:
    """Return a key file written by ``app.crypto``."""
    return write_key_file(key, PASSPHRASE, random_bytes).decode()


def ceremony_site(room: Room) -> Site:
    """Return the pages of the three trustees of one room."""
    site = Site()
    for index in (1, 2, 3):
        page = f'<div id="trustee" data-state-url="/trustees/{index}/me.json" data-lang="zh"></div>'
        site.add("GET", f"/trustee/{index}", _page(page))
        site.add("GET", f"/trustees/{index}/me.json", lambda _, index=index: answer_json(room.state(index)))  # type: ignore[misc]
        site.add("POST", f"/trustees/{index}", lambda body, index=index: room.take(index, body))  # type: ignore[misc]
    site.add("GET", "/ballots.txt", lambda _: Answer(200, "\n".join(room.ballots).encode(), "text/plain; charset=utf-8"))
    return site


def _page(body: str) -> Callable[[bytes], Answer]:
    return lambda query: shell(body, layout="desk", script="trustee/trustee.js", large=b"l=1" in query)
