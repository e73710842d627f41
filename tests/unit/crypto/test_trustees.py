"""Test the key ceremony: the three rounds, private shares, the joint key, rogue keys, the key file, the rehearsal."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from app.crypto.decryption import (
    check_decryption_factor,
    combine_factors,
    decryption_factor,
    encrypt_test_value,
    rehearsal_context,
)
from app.crypto.discrete_log import DiscreteLog
from app.crypto.encoding import dumps
from app.crypto.errors import (
    BadCertificate,
    BadCoefficients,
    BadKeyFile,
    BadPartialDecryption,
    BadShare,
    BadTrustees,
    BadVerificationKey,
    ElementNotInGroup,
    IdentityElement,
    NotJson,
    WrongShape,
)
from app.crypto.group import BELENIOS_2048
from app.crypto.key_file import open_key_file, write_key_file
from app.crypto.proofs import Proof, Secret, sign
from app.crypto.trustee_key import TrusteeKey, parse_encrypted_shares
from app.crypto.trustees import (
    Ceremony,
    Certificate,
    SignedMessage,
    Trustees,
    parse_certificate,
    parse_signed_message,
    parse_trustees,
    public_share,
    verify_certificate,
    verify_coefficients,
    verify_trustees,
    verify_verification_key,
)
from app.errors import DomainError
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import Seeded, Trusted, hold_ceremony

GROUP = BELENIOS_2048
RANDOM = Seeded("trustees")


@pytest.fixture(scope="module")
def trusted() -> Trusted:
    return hold_ceremony(3, 2, Seeded("ceremony"))


@pytest.fixture(scope="module")
def trustees(trusted: Trusted) -> Trustees:
    return parse_trustees(trusted.raw)


def _shift(proof: Proof) -> Proof:
    return Proof(proof.challenge, (proof.response + 1) % GROUP.q)


# --- the whole ceremony -----------------------------------------------------------------------------------------------


def test_ceremony_verifies_here_and_in_the_reference(trusted: Trusted, trustees: Trustees) -> None:
    verify_trustees(trustees, trusted.public_key)
    assert trustees.public_key == trusted.public_key
    assert protocol.trustees_hold(json.loads(trusted.raw)[0][1], int(trusted.public_key))


def test_joint_secret_is_what_the_shares_interpolate(trusted: Trusted) -> None:
    secret = sum(key.coefficients[0].value for key in trusted.keys) % GROUP.q
    assert GROUP.pow(GROUP.g, secret) == trusted.public_key
    for pair in combinations((1, 2, 3), 2):
        factors = {i: GROUP.pow(GROUP.g, trusted.shares[i - 1].value) for i in pair}
        assert combine_factors(GROUP, factors) == trusted.public_key


def test_public_shares_follow_from_the_polynomials(trusted: Trusted, trustees: Trustees) -> None:
    for index, share in enumerate(trusted.shares, start=1):
        expected = GROUP.pow(GROUP.g, share.value)
        assert public_share(GROUP, trustees.polynomials(), index) == trustees.public_share(index) == expected
    for index in (0, 4):
        with pytest.raises(BadTrustees):
            trustees.public_share(index)


# --- round 1 ----------------------------------------------------------------------------------------------------------


def test_certificate_is_accepted_at_its_own_place_only(trusted: Trusted, trustees: Trustees) -> None:
    assert verify_certificate(trusted.ceremony, 2, trustees.certs[1]).context == (GROUP.name, 3, 2, 2)
    for ceremony, index in (
        (trusted.ceremony, 1),
        (replace(trusted.ceremony, size=4), 2),
        (replace(trusted.ceremony, threshold=3), 2),
    ):
        with pytest.raises(BadCertificate):
            verify_certificate(ceremony, index, trustees.certs[1])


def test_certificate_is_refused_when_signed_by_another(trusted: Trusted, trustees: Trustees) -> None:
    forged = SignedMessage(trustees.certs[0].message, sign(GROUP, 12345, trustees.certs[0].message, RANDOM.below))
    with pytest.raises(BadCertificate):
        verify_certificate(trusted.ceremony, 1, forged)


def _certificate(index: int, sk: int, encryption: int) -> SignedMessage:
    context = {"group": GROUP.name, "size": 3, "threshold": 2, "index": index}
    keys = {"verification": str(GROUP.pow(GROUP.g, sk)), "encryption": str(encryption)}
    message = dumps({"context": context, **keys})
    return SignedMessage(message, sign(GROUP, sk, message, RANDOM.below))


@pytest.mark.parametrize(
    ("encryption", "error"), [(1, IdentityElement), (protocol.P - 1, ElementNotInGroup), (0, ElementNotInGroup)]
)
def test_certificate_is_refused_when_its_key_is_weak(trusted: Trusted, encryption: int, error: type[DomainError]) -> None:
    with pytest.raises(error):
        verify_certificate(trusted.ceremony, 1, _certificate(1, 77, encryption))


def test_certificate_is_refused_when_its_key_is_the_identity(trusted: Trusted) -> None:
    with pytest.raises(IdentityElement):
        verify_certificate(trusted.ceremony, 1, _certificate(1, 0, int(GROUP.pow(GROUP.g, 5))))


@pytest.mark.parametrize("sign_of_key", [1, -1])
def test_certificate_is_refused_when_it_is_anothers_key_or_its_negation(trusted: Trusted, sign_of_key: int) -> None:
    first = verify_certificate(trusted.ceremony, 1, _certificate(1, 77, int(GROUP.pow(GROUP.g, 5))))
    rogue = _certificate(2, sign_of_key * 77 % protocol.Q, int(GROUP.pow(GROUP.g, 9)))
    with pytest.raises(BadCertificate):
        verify_certificate(trusted.ceremony, 2, rogue, [first])


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ("", NotJson),
        ("[" * 60_000, NotJson),
        ("[]", WrongShape),
        ('{"verification":"2"}', WrongShape),
        ('{"context":{},"verification":"2","encryption":"2"}', WrongShape),
        ('{"encryption":"2","verification":"2"}', WrongShape),
    ],
)
def test_certificate_is_refused_when_its_message_has_another_shape(message: str, error: type[DomainError]) -> None:
    with pytest.raises(error):
        parse_certificate(SignedMessage(message, Proof(0, 0)), GROUP)


def test_certificate_of_the_older_shape_is_read_but_not_accepted_in_a_ceremony(trusted: Trusted) -> None:
    message = dumps({"verification": str(GROUP.pow(GROUP.g, 7)), "encryption": str(GROUP.pow(GROUP.g, 9))})
    signed = SignedMessage(message, sign(GROUP, 7, message, RANDOM.below))
    assert parse_certificate(signed, GROUP) == Certificate(GROUP.pow(GROUP.g, 7), GROUP.pow(GROUP.g, 9))
    with pytest.raises(BadCertificate):
        verify_certificate(trusted.ceremony, 1, signed)


# --- round 2 ----------------------------------------------------------------------------------------------------------


def test_coefficients_are_bound_to_all_certificates(trusted: Trusted, trustees: Trustees) -> None:
    assert trustees.signatures is not None
    second = (trustees.coefexps[0], trustees.signatures[0])
    verify_coefficients(trusted.ceremony, 1, trustees.certs, *second)
    swapped = [trustees.certs[0], trustees.certs[2], trustees.certs[1]]
    with pytest.raises(BadCoefficients):
        verify_coefficients(trusted.ceremony, 1, swapped, *second)
    with pytest.raises(BadCoefficients):
        verify_coefficients(trusted.ceremony, 2, trustees.certs, *second)
    with pytest.raises(BadCoefficients):
        verify_coefficients(trusted.ceremony, 1, trustees.certs, second[0], _shift(second[1]))


def test_coefficients_are_refused_when_one_is_the_identity(trusted: Trusted, trustees: Trustees) -> None:
    key = replace(trusted.keys[0], coefficients=(trusted.keys[0].coefficients[0], Secret(0)))
    with pytest.raises(IdentityElement):
        verify_coefficients(trusted.ceremony, 1, trustees.certs, *key.polynomial(trustees.certs, RANDOM.below))


def test_coefficients_are_refused_when_the_degree_is_wrong(trusted: Trusted, trustees: Trustees) -> None:
    key = replace(trusted.keys[0], coefficients=(*trusted.keys[0].coefficients, Secret(5)))
    with pytest.raises(WrongShape):
        verify_coefficients(trusted.ceremony, 1, trustees.certs, *key.polynomial(trustees.certs, RANDOM.below))


def test_share_is_refused_when_it_is_not_on_the_polynomial(trusted: Trusted, trustees: Trustees) -> None:
    liar = replace(trusted.keys[0], coefficients=(Secret(1), Secret(2)))
    sent = liar.encrypted_shares(trustees.certs, RANDOM.below, RANDOM.bytes)
    with pytest.raises(BadShare, match="not on the announced polynomial"):
        trusted.keys[1].open_share(1, sent[1], trustees.polynomials()[0])


def test_share_is_refused_by_another_recipient_sender_or_election(trusted: Trusted, trustees: Trustees) -> None:
    sent = trusted.keys[0].encrypted_shares(trustees.certs, RANDOM.below, RANDOM.bytes)
    polynomial = trustees.polynomials()[0]
    expected = sum(a.value * 2**k for k, a in enumerate(trusted.keys[0].coefficients)) % GROUP.q
    assert trusted.keys[1].open_share(1, sent[1], polynomial) == expected
    other_election = replace(trusted.keys[1], ceremony=replace(trusted.ceremony, election_uuid="2" * 14))
    for key, sender, share in (
        (trusted.keys[2], 1, sent[1]),
        (trusted.keys[1], 3, sent[1]),
        (trusted.keys[1], 1, sent[2]),
        (other_election, 1, sent[1]),
        (trusted.keys[1], 1, replace(sent[1], ciphertext=sent[1].ciphertext[:-1] + b"\0")),
        (trusted.keys[1], 1, replace(sent[1], iv=bytes(12))),
    ):
        with pytest.raises(BadShare, match="does not open"):
            key.open_share(sender, share, polynomial)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"to": 3}, WrongShape),
        ({"kem": "1"}, IdentityElement),
        ({"kem": str(protocol.P - 1)}, ElementNotInGroup),
        ({"iv": "AAAA"}, WrongShape),
        ({"iv": "!"}, WrongShape),
        ({"ciphertext": 5}, WrongShape),
        ({"ciphertext": "A" * 400}, WrongShape),
        ({"extra": 1}, WrongShape),
    ],
)
def test_shares_are_refused_when_their_shape_is_wrong(
    trusted: Trusted, trustees: Trustees, change: dict[str, Any], error: type[DomainError]
) -> None:
    sent = [s.to_json() for s in trusted.keys[0].encrypted_shares(trustees.certs, RANDOM.below, RANDOM.bytes)]
    assert len(parse_encrypted_shares(sent, trusted.ceremony)) == 3
    sent[0] = {**sent[0], **change}
    with pytest.raises(error):
        parse_encrypted_shares(sent, trusted.ceremony)
    with pytest.raises(WrongShape):
        parse_encrypted_shares(sent[:2], trusted.ceremony)


# --- round 3 ----------------------------------------------------------------------------------------------------------


def test_verification_key_is_refused_when_anything_differs(trusted: Trusted, trustees: Trustees) -> None:
    key, polynomials = trustees.verification_keys[0], trustees.polynomials()
    verify_verification_key(trusted.ceremony, 1, trustees.certs, polynomials, key)
    assert key.signature is not None
    wrong_share = trusted.keys[0].verification_key(Secret(5), RANDOM.below)
    for index, broken in (
        (2, key),
        (1, replace(key, pok=_shift(key.pok))),
        (1, replace(key, signature=_shift(key.signature))),
        (1, replace(key, signature=None)),
        (1, wrong_share),
    ):
        with pytest.raises(BadVerificationKey):
            verify_verification_key(trusted.ceremony, index, trustees.certs, polynomials, broken)


# --- trustees.json ----------------------------------------------------------------------------------------------------


def test_trustees_are_refused_for_another_public_key(trustees: Trustees) -> None:
    with pytest.raises(BadTrustees):
        verify_trustees(trustees, GROUP.g)


@pytest.mark.parametrize("field", ["certs", "coefexps", "signatures", "verification_keys"])
def test_trustees_are_refused_when_two_messages_change_places(trusted: Trusted, field: str) -> None:
    value = json.loads(trusted.raw)
    rows = value[0][1][field]
    rows[0], rows[1] = rows[1], rows[0]
    with pytest.raises(DomainError):
        verify_trustees(parse_trustees(dumps(value).encode()), trusted.public_key)


@pytest.mark.parametrize(
    "edit",
    [
        lambda v: v.append(v[0]),
        lambda v: v[0].__setitem__(0, "Single"),
        lambda v: v[0][1].update(threshold=0),
        lambda v: v[0][1].update(threshold=4),
        lambda v: v[0][1].update(threshold="2"),
        lambda v: v[0][1]["certs"].pop(),
        lambda v: v[0][1].pop("coefexps"),
    ],
)
def test_trustees_are_refused_when_the_shape_is_wrong(trusted: Trusted, edit: Any) -> None:
    value = json.loads(trusted.raw)
    edit(value)
    with pytest.raises(WrongShape):
        parse_trustees(dumps(value).encode())


def test_signed_message_is_read_back(trustees: Trustees) -> None:
    assert parse_signed_message(trustees.certs[0].to_json(), GROUP) == trustees.certs[0]


# --- the key file -----------------------------------------------------------------------------------------------------


def test_key_file_opens_with_its_passphrase_and_gives_the_same_share(trusted: Trusted, trustees: Trustees) -> None:
    raw = write_key_file(trusted.keys[0], "一把钥匙", RANDOM.bytes)
    opened = open_key_file(trusted.ceremony, raw, "一把钥匙")
    assert _secrets(opened) == _secrets(trusted.keys[0])
    for secret in _secrets(opened):
        assert str(secret) not in raw.decode()
        assert str(secret) not in repr(opened)


def _secrets(key: TrusteeKey) -> list[int]:
    return [int(s.value) for s in (key.sk, key.dk, *key.coefficients)]


def test_key_file_is_refused_when_anything_differs(trusted: Trusted) -> None:
    raw = write_key_file(trusted.keys[0], "一把钥匙", RANDOM.bytes)
    value = json.loads(raw)
    broken = [
        raw[:-1],
        b"{}",
        dumps({**value, "index": 2}).encode(),
        dumps({**value, "index": 9}).encode(),
        dumps({**value, "kdf": {**value["kdf"], "iterations": 1}}).encode(),
        dumps({**value, "ciphertext": value["ciphertext"][:-4] + "AAA="}).encode(),
        dumps({**value, "iv": ""}).encode(),
        dumps({**value, "iv": "?"}).encode(),
    ]
    for item in broken:
        with pytest.raises(BadKeyFile):
            open_key_file(trusted.ceremony, item, "一把钥匙")
    with pytest.raises(BadKeyFile):
        open_key_file(trusted.ceremony, raw, "另一把")
    with pytest.raises(BadKeyFile):
        open_key_file(replace(trusted.ceremony, election_uuid="2" * 14), raw, "一把钥匙")


# --- the rehearsal ----------------------------------------------------------------------------------------------------


def test_rehearsal_decrypts_with_every_pair(trusted: Trusted) -> None:
    test = encrypt_test_value(GROUP, trusted.public_key, 42, RANDOM.below)
    context = rehearsal_context(trusted.ceremony.election_uuid)
    factors = {}
    for index, (key, share) in enumerate(zip(trusted.keys, trusted.shares, strict=True), start=1):
        factor, proof = key.rehearse(share, test, RANDOM.below)
        check_decryption_factor(GROUP, GROUP.pow(GROUP.g, share.value), test.alpha, factor, proof, context)
        factors[index] = factor
    for pair in combinations(factors, 2):
        mask = combine_factors(GROUP, {index: factors[index] for index in pair})
        assert DiscreteLog(GROUP, 100).find(GROUP.multiply(test.beta, GROUP.inverse(mask))) == 42


def test_rehearsal_proof_is_not_one_of_the_real_decryption(trusted: Trusted) -> None:
    share = trusted.shares[0]
    public = GROUP.pow(GROUP.g, share.value)
    test = encrypt_test_value(GROUP, trusted.public_key, 1, RANDOM.below)
    factor, proof = trusted.keys[0].rehearse(share, test, RANDOM.below)
    for context in (trusted.ceremony.election_uuid, "A" * 43, rehearsal_context("2" * 14)):
        with pytest.raises(BadPartialDecryption):
            check_decryption_factor(GROUP, public, test.alpha, factor, proof, context)


def test_decryption_factor_is_refused_when_outside_the_group(trusted: Trusted) -> None:
    share = trusted.shares[0]
    public = GROUP.pow(GROUP.g, share.value)
    factor, proof = decryption_factor(GROUP, share, public, GROUP.g, "x", RANDOM.below)
    check_decryption_factor(GROUP, public, GROUP.g, factor, proof, "x")
    with pytest.raises(BadPartialDecryption, match="element_not_in_group"):
        check_decryption_factor(GROUP, public, GROUP.g, GROUP.p - factor, proof, "x")


def test_ceremony_of_one_trustee_works() -> None:
    alone = hold_ceremony(1, 1, Seeded("alone"))
    verify_trustees(parse_trustees(alone.raw), alone.public_key)
    assert Ceremony(alone.ceremony.election_uuid, 1, 1) == alone.ceremony
