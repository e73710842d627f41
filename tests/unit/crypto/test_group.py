"""Test the group: constants, membership, and every fast power against the plain one."""

from __future__ import annotations

import pytest

from app.crypto.errors import UnknownGroup
from app.crypto.group import BELENIOS_2048, suite
from tests.reference.crypto import protocol
from tests.reference.crypto.elections import Seeded

GROUP = BELENIOS_2048


def _order_six_element() -> int:
    # An element whose order divides the cofactor's small part 6 and is larger than 1.
    x = 2
    while (y := pow(x, (protocol.P - 1) // 6, protocol.P)) in (1, protocol.P - 1):
        x += 1
    return y


def test_suite_has_the_published_parameters() -> None:
    assert (GROUP.p, GROUP.q, GROUP.g) == (protocol.P, protocol.Q, protocol.G)
    assert (GROUP.p.bit_length(), GROUP.q.bit_length()) == (2048, 256)
    assert GROUP.is_element(GROUP.g)
    assert GROUP.g != 1


def test_suite_is_refused_when_unknown() -> None:
    with pytest.raises(UnknownGroup):
        suite("BELENIOS-2047")


@pytest.mark.parametrize("outsider", [0, -1, protocol.P, protocol.P + 1, protocol.P - 1, 2, 3, protocol.P - protocol.G])
def test_is_element_is_false_when_outside_the_subgroup(outsider: int) -> None:
    assert not GROUP.is_element(outsider)


def test_is_element_is_false_when_of_order_six() -> None:
    assert not GROUP.is_element(_order_six_element() * GROUP.g % GROUP.p)


def test_is_element_is_true_for_identity_and_powers() -> None:
    assert GROUP.is_element(1)
    assert GROUP.is_element(pow(protocol.G, 12345, protocol.P))


@pytest.mark.parametrize(
    "exponent", [0, 1, 2, 255, 256, 2**128, protocol.Q - 1, protocol.Q, protocol.Q + 5, -1, -protocol.Q - 3]
)
def test_fixed_base_equals_plain_power(exponent: int) -> None:
    assert GROUP.fixed_base(GROUP.g).pow(exponent) == pow(protocol.G, exponent % protocol.Q, protocol.P)


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_powers_of_one_base_equal_plain_powers(count: int) -> None:
    random = Seeded("powers")
    base = random.below(protocol.P)
    exponents = [protocol.Q, 0, 1, *(random.below(protocol.Q) for _ in range(4))][:count]
    assert GROUP.powers(base, exponents) == [pow(base, e, protocol.P) for e in exponents]


@pytest.mark.parametrize("count", [0, 1, 5, 60])
def test_product_of_powers_equals_plain_product(count: int) -> None:
    random = Seeded("product")
    pairs = [(random.below(protocol.P), random.bits(1 + 37 * i % 256)) for i in range(count)]
    expected = 1
    for x, e in pairs:
        expected = expected * pow(x, e, protocol.P) % protocol.P
    assert GROUP.product_of_powers(pairs) == expected


def test_product_of_powers_is_one_when_all_exponents_are_zero() -> None:
    assert GROUP.product_of_powers([(5, 0), (7, 0)]) == 1


def test_inverse_and_multiply_give_the_identity() -> None:
    x = GROUP.pow(GROUP.g, 99)
    assert GROUP.multiply(x, GROUP.inverse(x)) == 1
    assert GROUP.multiply() == 1
