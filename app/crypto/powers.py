"""Own fast exponentiation modulo p: fixed-base tables, many powers of one base, and products of many powers.

Sources: Handbook of Applied Cryptography 14.6.3 (fixed-base windowing), Lim and Lee 1994 (comb), Pippenger 1976 (buckets).
These functions take public exponents, except the fixed-base table, which also serves secret ones: Python integers are not
constant time, so secrets are used only on machines that hold them anyway (a trustee's own, or a test).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.crypto.bigint import mpz, powmod

#: Comb geometry of :func:`powers_of_one_base`: rows of 16 bits, four rows to a table of 16 entries.
_ROW_BITS = 16
_ROWS_PER_TABLE = 4
#: Below this number of bases, separate exponentiations inside GMP are faster than buckets.
_FEW_BASES = 12


class FixedBaseTable:
    """Hold base^(d * 256^i) for every byte d at every place i, so that a power costs one multiplication per byte."""

    __slots__ = ("_bytes", "_p", "_q", "_rows")

    def __init__(self, base: int, p: int, q: int) -> None:
        self._p, self._q = mpz(p), mpz(q)
        self._bytes = (q.bit_length() + 7) // 8
        self._rows: list[list[int]] = []
        step = mpz(base)
        for _ in range(self._bytes):
            row = [mpz(1)]
            for _ in range(255):
                row.append(row[-1] * step % self._p)
            self._rows.append(row)
            step = row[-1] * step % self._p

    def pow(self, exponent: int) -> int:
        """Return base^exponent mod p; the exponent is any integer and is reduced modulo q."""
        p = self._p
        digits = (exponent % self._q).to_bytes(self._bytes, "little")
        product = mpz(1)
        for row, digit in zip(self._rows, digits, strict=True):
            if digit:
                product = product * row[digit] % p
        return product


def powers_of_one_base(base: int, exponents: Sequence[int], p: int, bits: int) -> list[int]:
    """Return base^e mod p for each exponent e < 2^bits; from three exponents on, a comb shared by all of them is cheaper."""
    if len(exponents) < 3:
        return [powmod(base, e, p) for e in exponents]
    rows = -(-bits // (_ROW_BITS * _ROWS_PER_TABLE)) * _ROWS_PER_TABLE
    tables = _comb_tables(mpz(base), rows, p)
    return [_comb_power(tables, e, rows, p) for e in exponents]


def _comb_tables(base: int, rows: int, p: int) -> list[list[int]]:
    # Row k stands for base^(2^(16 k)); a table holds the products of every subset of four neighbouring rows.
    step = 1 << _ROW_BITS
    tables: list[list[int]] = []
    power = base
    for _ in range(rows // _ROWS_PER_TABLE):
        table = [mpz(1)]
        for _ in range(_ROWS_PER_TABLE):
            table += [entry * power % p for entry in table]
            power = powmod(power, step, p)
        tables.append(table)
    return tables


def _comb_power(tables: list[list[int]], exponent: int, rows: int, p: int) -> int:
    digits = format(exponent, f"0{rows * _ROW_BITS}b")
    shifts = [(table, _ROWS_PER_TABLE * place) for place, table in enumerate(tables)]
    product = mpz(1)
    for column in range(_ROW_BITS):
        product = product * product % p
        # Character `column` of every row, highest row first, is one digit per row: four of them index one table.
        index = int(digits[column::_ROW_BITS], 2)
        for table, shift in shifts:
            product = product * table[index >> shift & 15] % p
    return product


def product_of_powers(pairs: Iterable[tuple[int, int]], p: int) -> int:
    """Return the product of x^e mod p over all pairs with e >= 0, sharing the work between all bases (Pippenger's buckets)."""
    work = [(x, e) for x, e in pairs if e]
    product = mpz(1)
    if len(work) < _FEW_BASES:
        for x, e in work:
            product = product * powmod(x, e, p) % p
        return product
    bits = max(int(e).bit_length() for _, e in work)
    return horner(subset_products([x for x, _ in work], [e for _, e in work], bits, p), p)


def horner(subsets: Sequence[int], p: int) -> int:
    """Return the product of S_i^(2^i): with the subsets of all bits of the exponents, the product of all powers."""
    product = mpz(1)
    for subset in reversed(subsets):
        product = product * product % p * subset % p
    return product


def subset_products(bases: Sequence[int], masks: Sequence[int], bits: int, p: int) -> list[int]:
    """Return S_0 .. S_(bits-1), where S_i is the product of every base whose mask has bit i; masks are < 2^bits.

    One multiplication per base serves as many bits as the window is wide.
    """
    window = min(range(1, 17), key=lambda w: -(-bits // w) * (len(bases) + 2 ** (w + 1)))
    subsets: list[int] = []
    for low in range(0, bits, window):
        width = min(window, bits - low)
        keep = (1 << width) - 1
        buckets = [mpz(1)] * (keep + 1)
        for x, digit in zip(bases, [mask >> low & keep for mask in masks], strict=True):
            if digit:
                buckets[digit] = buckets[digit] * x % p
        subsets += _fold(buckets, p)
    return subsets


def _fold(buckets: list[int], p: int) -> list[int]:
    # The upper half of the buckets is the subset of the highest bit; folded onto the lower half, the rest is a smaller problem.
    subsets: list[int] = []
    while len(buckets) > 1:
        half = len(buckets) // 2
        upper = mpz(1)
        for bucket in buckets[half:]:
            upper = upper * bucket % p
        subsets.append(upper)
        buckets = [low * high % p for low, high in zip(buckets[:half], buckets[half:], strict=True)]
    return subsets[::-1]
