"""Test serialisation, hashes and parsers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.crypto import encoding
from app.crypto.encoding import b64_sha, dumps, hash_to_zq, loads, loads_canonical, random_scalar, random_uuid, sha256_hex
from app.crypto.errors import NotCanonical, NotJson, Oversize, ScalarOutOfRange, WrongShape
from app.crypto.group import BELENIOS_2048
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import Seeded


def test_hashes_are_those_of_fips_180() -> None:
    # FIPS 180-4, example "abc".
    assert sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert b64_sha("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0"


def test_hash_to_zq_reduces_the_big_endian_digest() -> None:
    assert hash_to_zq("业议", BELENIOS_2048.q) == protocol.h("业议")


def test_dumps_keeps_order_and_characters() -> None:
    assert dumps({"b": "同意", "a": [1, True, None]}) == '{"b":"同意","a":[1,true,null]}'


@pytest.mark.parametrize("raw", [b'{"a": 1}', b'{"a":1,"a":1}', b'"\\u4e1a"', b"1.0e5", b' "x"', b'"\\ud800"'])
def test_loads_canonical_refuses_other_spellings(raw: bytes) -> None:
    with pytest.raises(NotCanonical):
        loads_canonical(raw, 100)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b"[" * 90_000, b"9" * 5000])
def test_loads_refuses_what_is_not_json(raw: bytes) -> None:
    with pytest.raises(NotJson):
        loads(raw, 100_000)


def test_loads_refuses_more_bytes_than_the_limit() -> None:
    assert loads(b"[1]", 3) == [1]
    with pytest.raises(Oversize):
        loads(b"[1]", 2)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        (5, WrongShape),
        (None, WrongShape),
        ("", NotCanonical),
        ("01", NotCanonical),
        ("+1", NotCanonical),
        ("1\n", NotCanonical),
        ("١", NotCanonical),
        (str(protocol.Q), ScalarOutOfRange),
        ("9" * 79, ScalarOutOfRange),
    ],
)
def test_scalar_refuses_when_not_a_canonical_residue(value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        encoding.scalar(value, BELENIOS_2048, "x")


def test_scalar_accepts_the_ends_of_its_range() -> None:
    assert encoding.scalar("0", BELENIOS_2048, "x") == 0
    assert encoding.scalar(str(protocol.Q - 1), BELENIOS_2048, "x") == protocol.Q - 1


@pytest.mark.parametrize(
    "call",
    [
        lambda: encoding.small_integer(True, "x"),
        lambda: encoding.small_integer(-1, "x"),
        lambda: encoding.small_integer(1.0, "x"),
        lambda: encoding.items({}, None, "x"),
        lambda: encoding.items([1], 2, "x"),
        lambda: encoding.fields({"b": 1, "a": 2}, ("a", "b"), "x"),
        lambda: encoding.fields([], ("a",), "x"),
        lambda: encoding.text(b"x", "x"),
        lambda: encoding.parse_uuid("1" * 13),
        lambda: encoding.parse_uuid("0" * 14),
        lambda: encoding.parse_uuid("1" * 14 + "\n"),
    ],
)
def test_parsers_refuse_another_shape(call: Callable[[], object]) -> None:
    with pytest.raises(WrongShape):
        call()


def test_random_scalar_is_never_zero_and_reaches_both_ends() -> None:
    assert random_scalar(7, lambda n: 0) == 1
    assert random_scalar(7, lambda n: n - 1) == 6


def test_random_uuid_is_one_that_parses() -> None:
    assert len(encoding.parse_uuid(random_uuid(Seeded("uuid").below))) == 14
