"""Own the Merkle tree of a log: hashes, root, frontier, inclusion and consistency proofs.

Source: RFC 6962 section 2.1 (hashes, paths, proofs) and RFC 9162 section 2.1.3.2 and 2.1.4.2 (verification).
Letters of the RFC: ``n`` leaves, ``k`` the largest power of two below ``n``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from app.tlog.errors import MalformedFrontier, OutsideTree, RootMismatch, WrongProofLength

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Hash a leaf; the prefix 0x00 keeps leaves and nodes apart (RFC 6962 2.1)."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash an inner node from its two children, prefix 0x01 (RFC 6962 2.1)."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Frontier:
    """Hold the roots of the complete subtrees of a log, largest first: all that appending needs.

    ``len(peaks)`` is the number of one bits of ``size``.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def append(self, hash_of_leaf: bytes) -> Frontier:
        """Return the frontier with one more leaf; at most log2(size) hashes are computed."""
        peaks, carry, size = list(self.peaks), hash_of_leaf, self.size
        while size & 1:
            carry = node_hash(peaks.pop(), carry)
            size >>= 1
        return Frontier(self.size + 1, (*peaks, carry))

    def root(self) -> bytes:
        """Return the root hash of the whole tree."""
        if not self.peaks:
            return EMPTY_ROOT
        accumulated = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            accumulated = node_hash(peak, accumulated)
        return accumulated

    def to_bytes(self) -> bytes:
        """Serialise as the size (8 bytes, big-endian) followed by the peaks, largest first."""
        return self.size.to_bytes(8, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, raw: bytes) -> Frontier:
        """Read what ``to_bytes`` wrote.

        :raises MalformedFrontier: the length does not fit the size
        """
        size = int.from_bytes(raw[:8], "big")
        expected = 8 + HASH_BYTES * size.bit_count()
        if len(raw) < 8 or len(raw) != expected:
            raise MalformedFrontier(expected=expected, got=len(raw))
        return cls(size, tuple(raw[at : at + HASH_BYTES] for at in range(8, len(raw), HASH_BYTES)))


def frontier_of(hashes: Iterable[bytes]) -> Frontier:
    """Build the frontier of a log from its leaf hashes in order."""
    frontier = Frontier()
    for hash_of_leaf in hashes:
        frontier = frontier.append(hash_of_leaf)
    return frontier


def root_hash(hashes: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes in order (MTH of RFC 6962 2.1)."""
    return frontier_of(hashes).root()


def inclusion_proof(hashes: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the audit path of leaf ``index`` in the tree over ``hashes``, lowest sibling first (RFC 6962 2.1.1).

    :raises OutsideTree: there is no such leaf
    """
    if not 0 <= index < len(hashes):
        raise OutsideTree(expected=f"0..{len(hashes) - 1}", got=index)
    path: list[bytes] = []
    low, high = 0, len(hashes)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root_hash(hashes[middle:high]))
            high = middle
        else:
            path.append(root_hash(hashes[low:middle]))
            low = middle
    return tuple(reversed(path))


def consistency_proof(hashes: Sequence[bytes], older_size: int) -> tuple[bytes, ...]:
    """Return the proof that the tree over ``hashes`` extends its first ``older_size`` leaves (RFC 6962 2.1.2).

    :raises OutsideTree: the older tree is empty or larger than the newer one
    """
    if not 0 < older_size <= len(hashes):
        raise OutsideTree(expected=f"1..{len(hashes)}", got=older_size)
    path: list[bytes] = []
    low, high, complete = 0, len(hashes), True
    while older_size != high:
        middle = low + _split(high - low)
        if older_size <= middle:
            path.append(root_hash(hashes[middle:high]))
            high = middle
        else:
            path.append(root_hash(hashes[low:middle]))
            low, complete = middle, False
    if not complete:
        path.append(root_hash(hashes[low:high]))
    return tuple(reversed(path))


def verify_inclusion(hash_of_leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bytes:
    """Return the leaf hash when the proof shows it at ``index`` of the tree (RFC 9162 2.1.3.2).

    :raises OutsideTree, WrongProofLength, RootMismatch: the proof does not show it
    """
    if not 0 <= index < size:
        raise OutsideTree(expected=f"0..{size - 1}", got=index)
    node, last, accumulated = index, size - 1, hash_of_leaf
    for sibling in proof:
        if last == 0:
            raise WrongProofLength(expected=_inclusion_length(index, size), got=len(proof))
        if node & 1 or node == last:
            accumulated = node_hash(sibling, accumulated)
            node, last = _drop_left_levels(node, last)
        else:
            accumulated = node_hash(accumulated, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise WrongProofLength(expected=_inclusion_length(index, size), got=len(proof))
    _require_root(root, accumulated)
    return hash_of_leaf


def verify_consistency(older_size: int, newer_size: int, older_root: bytes, newer_root: bytes, proof: Sequence[bytes]) -> bytes:
    """Return the newer root when the proof shows that the newer tree extends the older (RFC 9162 2.1.4.2).

    The empty tree is extended by every tree and needs no hash.

    :raises OutsideTree, WrongProofLength, RootMismatch: the proof does not show it
    """
    if not 0 <= older_size <= newer_size:
        raise OutsideTree(expected=f"0..{newer_size}", got=older_size)
    if older_size in (0, newer_size):
        if proof:
            raise WrongProofLength(expected=0, got=len(proof))
        _require_root(EMPTY_ROOT if older_size == 0 else newer_root, older_root)
        return newer_root
    hashes = list(proof)
    if older_size & (older_size - 1) == 0:
        hashes.insert(0, older_root)
    if not hashes:
        raise WrongProofLength(expected="at least 1", got=0)
    older, newer = _fold_consistency(older_size, newer_size, hashes)
    _require_root(older_root, older)
    _require_root(newer_root, newer)
    return newer_root


def _fold_consistency(older_size: int, newer_size: int, hashes: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Compute the older and the newer root that a consistency proof leads to."""
    node, last = older_size - 1, newer_size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    older = newer = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise WrongProofLength(expected="fewer", got=len(hashes))
        if node & 1 or node == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            node, last = _drop_left_levels(node, last)
        else:
            newer = node_hash(newer, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise WrongProofLength(expected="more", got=len(hashes))
    return older, newer


def _drop_left_levels(node: int, last: int) -> tuple[int, int]:
    """Skip the levels on which an incomplete right edge has no sibling of its own."""
    while node and not node & 1:
        node, last = node >> 1, last >> 1
    return node, last


def _split(size: int) -> int:
    """Return the largest power of two smaller than ``size`` (``k`` of RFC 6962)."""
    return 1 << (size - 1).bit_length() - 1


def _inclusion_length(index: int, size: int) -> int:
    """Return how many hashes the audit path of a leaf has."""
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()


def _require_root(expected: bytes, got: bytes) -> None:
    if expected != got:
        raise RootMismatch(expected=expected.hex(), got=got.hex())
