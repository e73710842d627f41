"""Hold what the key ceremony refuses: damaged, misplaced, early, late and foreign messages, each with its reason."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.board.queries import all_leaves
from app.crypto.group import BELENIOS_2048
from app.crypto.proofs import Ciphertext
from app.crypto.trustee_key import TrusteeKey
from app.elections.ceremony import ceremony_of, certificates, due_round, polynomials
from app.elections.errors import CeremonyNotBegun, NotATrustee, RoundAlreadyGiven, RoundNotDue
from app.elections.queries import get_election
from app.elections.services.play_ceremony import share_of
from app.elections.services.take_trustee_message import take_trustee_message
from app.elections.types import ElectionRow
from app.errors import DomainError
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.elections_support import Staff, announce, in_complex, make_draft, make_roll, make_staff
from tests.support import make_complexes

Message = dict[str, Any]


class Play:
    """Play a ceremony message by message."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.place: ComplexRow = make_complexes(app, "qinglan")[0]
        self.staff: Staff = make_staff(app, self.place, NOON)
        make_roll(app, self.place)
        self.uuid = make_draft(app, self.place, self.staff, NOON, candidates=())
        self.keys = [TrusteeKey.generate(ceremony_of(self.uuid), i, secrets.randbelow) for i in (1, 2, 3)]

    def announce(self) -> None:
        announce(self.app, self.place, self.staff, self.uuid, NOON)

    @property
    def election(self) -> ElectionRow:
        with in_complex(self.app, self.place, write=False):
            return get_election(self.uuid)

    @property
    def kinds(self) -> list[str]:
        with in_complex(self.app, self.place, write=False):
            return [leaf.kind for leaf in all_leaves()]

    def give(self, index: int, message: Message, account: int | None = None) -> None:
        with in_complex(self.app, self.place):
            account = account or self.staff.trustees[index - 1]
            take_trustee_message(self.uuid, self.place, message, at=NOON, account=account)

    def message(self, number: int, index: int) -> Message:
        """Make a true message of a round for a trustee."""
        key, trustees = self.keys[index - 1], self.election.trustees
        if number == 1:
            return {"round": 1, "cert": key.certificate(secrets.randbelow).to_json()}
        if number == 2:
            certs = certificates(trustees)
            coefexps, signature = key.polynomial(certs, secrets.randbelow)
            shares = [share.to_json() for share in key.encrypted_shares(certs, secrets.randbelow, secrets.token_bytes)]
            return {"round": 2, "coefexps": coefexps.to_json(), "signature": signature.to_json(), "shares": shares}
        share = share_of(key, self.election)
        return {"round": 3, "verification_key": key.verification_key(share, secrets.randbelow).to_json()}

    def give_round(self, number: int) -> None:
        for index in (1, 2, 3):
            self.give(index, self.message(number, index))


@pytest.fixture
def play(app: Flask) -> Play:
    made = Play(app)
    made.announce()
    return made


def test_refuses_messages_before_the_announcement(app: Flask) -> None:
    play = Play(app)
    with pytest.raises(CeremonyNotBegun):
        play.give(1, play.message(1, 1))


def test_refuses_another_account_and_another_trustees_place(play: Play) -> None:
    with pytest.raises(NotATrustee):
        play.give(1, play.message(1, 1), account=1)
    with pytest.raises(DomainError, match="bad_certificate"):
        play.give(2, play.message(1, 1))
    assert due_round(play.election.trustees) == 1


def test_lets_a_trustee_begin_the_round_again_until_all_have_given(play: Play) -> None:
    play.give(1, play.message(1, 1))
    play.keys[0] = TrusteeKey.generate(ceremony_of(play.uuid), 1, secrets.randbelow)
    play.give(1, play.message(1, 1))
    assert play.kinds.count("trustee_round") == 0
    play.give(2, play.message(1, 2))
    play.give(3, play.message(1, 3))
    assert play.kinds.count("trustee_round") == 3
    with pytest.raises(RoundAlreadyGiven):
        play.give(1, play.message(1, 1))
    play.give_round(2)
    play.give_round(3)
    assert polynomials(play.election.trustees)[0][0] == BELENIOS_2048.pow(BELENIOS_2048.g, play.keys[0].coefficients[0].value)


def test_refuses_a_round_that_is_not_due(play: Play) -> None:
    play.give(1, play.message(1, 1))
    with pytest.raises(RoundNotDue):
        play.give(1, {"round": 2})
    with pytest.raises(RoundNotDue):
        play.give(1, {"factor": "1", "proof": {"challenge": "1", "response": "1"}})


def test_refuses_a_copy_of_another_trustees_keys(play: Play) -> None:
    play.give(1, play.message(1, 1))
    first = play.keys[0]
    copy = TrusteeKey(first.ceremony, 2, first.sk, first.dk, first.coefficients)
    with pytest.raises(DomainError, match="bad_certificate"):
        play.give(2, {"round": 1, "cert": copy.certificate(secrets.randbelow).to_json()})


def _drop_share(message: Message) -> None:
    message["shares"].pop()


def _swap_shares(message: Message) -> None:
    message["shares"].reverse()


def _foreign_signature(message: Message) -> None:
    message["signature"]["challenge"] = "7"


def _identity_kem(message: Message) -> None:
    message["shares"][0]["kem"] = "1"


def _extra_field(message: Message) -> None:
    message["note"] = "x"


def _three_coefficients(message: Message) -> None:
    message["coefexps"]["message"] = '{"coefexps":["4","4","4"]}'


@pytest.mark.parametrize(
    "damage", [_drop_share, _swap_shares, _foreign_signature, _identity_kem, _extra_field, _three_coefficients]
)
def test_refuses_a_damaged_second_message(play: Play, damage: Callable[[Message], None]) -> None:
    play.give_round(1)
    message = play.message(2, 1)
    damage(message)
    with pytest.raises(DomainError):
        play.give(1, message)
    assert play.election.trustees[0].coefexps is None
    play.give(1, play.message(2, 1))


def test_refuses_a_verification_key_off_the_polynomials(play: Play) -> None:
    play.give_round(1)
    play.give_round(2)
    wrong = play.keys[0].verification_key(play.keys[0].sk, secrets.randbelow).to_json()
    with pytest.raises(DomainError, match="bad_verification_key"):
        play.give(1, {"round": 3, "verification_key": wrong})
    assert play.election.definition is None


def test_refuses_a_rehearsal_part_made_with_another_share(play: Play) -> None:
    for number in (1, 2, 3):
        play.give_round(number)
    election = play.election
    assert election.rehearsal is not None
    assert election.fingerprint is not None
    with in_complex(play.app, play.place):
        test = Ciphertext(int(election.rehearsal.alpha), int(election.rehearsal.beta))
        factor, proof = play.keys[1].rehearse(share_of(play.keys[1], election), test, secrets.randbelow)
    with pytest.raises(DomainError, match="bad_partial_decryption"):
        play.give(1, {"factor": str(factor), "proof": proof.to_json()})
    play.give(2, {"factor": str(factor), "proof": proof.to_json()})
    assert "rehearsal" not in play.kinds
