"""Own the door to GMP: the few gmpy2 functions in use, typed as working on ``int``.

gmpy2 carries no type information; its integers behave as ``int`` in every operation used here.
"""

from __future__ import annotations

from collections.abc import Callable

import gmpy2

#: Make a GMP integer from an integer or its decimal digits.
mpz: Callable[[int | str], int] = gmpy2.mpz
#: Return base^exponent modulo m.
powmod: Callable[[int, int, int], int] = gmpy2.powmod
#: Return the inverse modulo m; raise ZeroDivisionError when there is none.
invert: Callable[[int, int], int] = gmpy2.invert
