"""Own what counts in the ballot box: changes, channels, replaced credentials, receipt codes, copies.

Pure functions of plain values. Sources: P-CHANGE, P-CHANNEL (app/statute/LAW.md 3.4); copied ballots (app/crypto/PROTOCOL.md
6).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256

from app.ballots.errors import NoChangesLeft, OtherChannelFirst, TooManyCredentials
from app.ballots.types import Channel, Standing
from app.crypto.errors import RepeatedCiphertext
from app.crypto.proofs import Ciphertext
from app.elections.rules import ballots_allowed

#: Letters and digits without 0, O, 1 and I, which people confuse; 32 of them, so a code carries 40 bits.
CODE_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8
#: Credentials one voter may enrol in one election; each is a leaf of the public record.
MAX_ENROLMENTS = 20
#: What a screen says where changes are without limit.
UNLIMITED = 99


def receipt_code(tracker: str) -> str:
    """Return the short code of a ballot: 40 bits of the SHA-256 of its tracker; the tracker itself decides."""
    number = int.from_bytes(sha256(f"receipt|{tracker}".encode()).digest()[:5], "big")
    return "".join(CODE_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))


def normalise_code(text: str) -> str:
    """Return a typed receipt code without spaces and dashes and in capitals; a tracker is returned as it is."""
    plain = text.strip()
    joined = "".join(each for each in unicodedata.normalize("NFKC", plain).upper() if each.isalnum())
    return joined if len(joined) == CODE_LENGTH and set(joined) <= set(CODE_ALPHABET) else plain


def changes_left(policies: Mapping[str, str], ballots_accepted: int) -> int:
    """Return how often a vote may still be changed once it is cast; ``UNLIMITED`` where there is no limit."""
    allowed = ballots_allowed(policies)
    return UNLIMITED if allowed is None else max(0, allowed - max(1, ballots_accepted))


def require_change_allowed(policies: Mapping[str, str], standing: Standing) -> None:
    """Refuse a ballot beyond what P-CHANGE allows.

    Raises: NoChangesLeft.
    """
    allowed = ballots_allowed(policies)
    if allowed is not None and standing.ballots_accepted >= allowed:
        raise NoChangesLeft(allowed=allowed)


def require_channel(policies: Mapping[str, str], standing: Standing) -> None:
    """Refuse an electronic ballot after a paper one that it may not replace.

    Raises: OtherChannelFirst.
    """
    if standing.channel == Channel.PAPER and policies["P-CHANNEL"] in ("first", "paper_final"):
        raise OtherChannelFirst(policy=policies["P-CHANNEL"])


def require_replacement_allowed(policies: Mapping[str, str], standing: Standing) -> None:
    """Refuse a further credential that could never cast, or one too many.

    Raises: NoChangesLeft, TooManyCredentials.
    """
    require_change_allowed(policies, standing)
    if standing.enrolments >= MAX_ENROLMENTS:
        raise TooManyCredentials(limit=MAX_ENROLMENTS)


def ciphertext_digests(ciphertexts: Iterable[Ciphertext]) -> list[bytes]:
    """Return the first 16 bytes of the SHA-256 of each alpha.

    Honest ballots never share an alpha, and a repeated one would stop the trustees' own count.
    Raises: RepeatedCiphertext when two are the same.
    """
    digests = [sha256(str(each.alpha).encode()).digest()[:16] for each in ciphertexts]
    if len(set(digests)) != len(digests):
        raise RepeatedCiphertext(where="ballot")
    return digests
