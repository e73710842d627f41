"""Own the published Merkle vectors, good and damaged, against ``app.tlog.merkle``."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from app.errors import VerificationFailed
from app.tlog import merkle
from app.tlog.errors import MalformedFrontier, OutsideTree, RootMismatch, WrongProofLength

VECTORS = json.loads((Path(__file__).parents[2] / "vectors" / "tlog" / "merkle.json").read_text())
LEAVES = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]
GARBAGE = b"\x07" * 32


@dataclass(frozen=True)
class Inclusion:
    index: int
    size: int
    root: bytes
    leaf: bytes
    proof: tuple[bytes, ...]

    def verify(self) -> bytes:
        return merkle.verify_inclusion(self.leaf, self.index, self.size, self.proof, self.root)


@dataclass(frozen=True)
class Consistency:
    size1: int
    size2: int
    root1: bytes
    root2: bytes
    proof: tuple[bytes, ...]

    def verify(self) -> bytes:
        return merkle.verify_consistency(self.size1, self.size2, self.root1, self.root2, self.proof)


def _inclusion(vector: dict[str, Any]) -> Inclusion:
    proof = tuple(b64decode(each) for each in vector["proof"] or [])
    return Inclusion(vector["leafIdx"], vector["treeSize"], b64decode(vector["root"]), b64decode(vector["leafHash"]), proof)


def _consistency(vector: dict[str, Any]) -> Consistency:
    proof = tuple(b64decode(each) for each in vector["proof"] or [])
    return Consistency(vector["size1"], vector["size2"], b64decode(vector["root1"]), b64decode(vector["root2"]), proof)


def _flip(proof: tuple[bytes, ...], at: int) -> tuple[bytes, ...]:
    changed = bytes([proof[at][0] ^ 8]) + proof[at][1:]
    return (*proof[:at], changed, *proof[at + 1 :])


def _damaged_proofs(proof: tuple[bytes, ...], roots: tuple[bytes, ...]) -> Iterator[tuple[str, tuple[bytes, ...]]]:
    yield "trailing garbage", (*proof, GARBAGE)
    yield "preceding garbage", (GARBAGE, *proof)
    for root in roots:
        yield "trailing root", (*proof, root)
        yield "preceding root", (root, *proof)
    for at in range(len(proof)):
        yield f"modified {at}", _flip(proof, at)
        yield f"inserted {at}", (*proof[:at], GARBAGE, *proof[at:])
        yield f"removed {at}", (*proof[:at], *proof[at + 1 :])


def _damaged_inclusions() -> Iterator[Any]:
    for number, vector in enumerate(VECTORS["inclusion"]):
        good = _inclusion(vector)
        if vector["wantErr"]:
            yield pytest.param(good, id=f"{number} {vector['desc']}")
            continue
        for name, index in (("+1", good.index + 1), ("-1", good.index - 1), ("^2", good.index ^ 2)):
            yield pytest.param(replace(good, index=index), id=f"{number} index {name}")
        for name, size in (("*2", good.size * 2), ("//2", good.size // 2)):
            yield pytest.param(replace(good, size=size), id=f"{number} size {name}")
        yield pytest.param(replace(good, root=b""), id=f"{number} empty root")
        yield pytest.param(replace(good, root=GARBAGE), id=f"{number} random root")
        yield pytest.param(replace(good, leaf=GARBAGE), id=f"{number} wrong leaf")
        for name, proof in _damaged_proofs(good.proof, (good.root,)):
            yield pytest.param(replace(good, proof=proof), id=f"{number} {name}")


def _damaged_consistencies() -> Iterator[Any]:
    for number, vector in enumerate(VECTORS["consistency"]):
        good = _consistency(vector)
        if vector["wantErr"]:
            yield pytest.param(good, id=f"{number} {vector['desc']}")
            continue
        for name, proof in _damaged_proofs(good.proof, (good.root1, good.root2)):
            yield pytest.param(replace(good, proof=proof), id=f"{number} {name}")
        yield pytest.param(replace(good, root1=GARBAGE), id=f"{number} wrong root1")
        yield pytest.param(replace(good, root2=GARBAGE), id=f"{number} wrong root2")
        if good.size1 == good.size2:
            continue
        yield pytest.param(replace(good, root1=good.root2, root2=good.root1), id=f"{number} swapped roots")
        for name, size in (("+1", good.size1 + 1), ("-1", good.size1 - 1), ("^2", good.size1 ^ 2)):
            yield pytest.param(replace(good, size1=size), id=f"{number} size1 {name}")
        for name, size in (("*2", good.size2 * 2), ("//2", good.size2 // 2)):
            yield pytest.param(replace(good, size2=size), id=f"{number} size2 {name}")


def test_hashes_equal_the_published_nodes() -> None:
    nodes = [[bytes.fromhex(each) for each in level] for level in VECTORS["nodes"]]
    assert nodes[0] == LEAVES
    for lower, upper in pairwise(nodes):
        assert upper == [merkle.node_hash(lower[at], lower[at + 1]) for at in range(0, len(lower), 2)]


@pytest.mark.parametrize("size", range(9))
def test_root_equals_the_published_one(size: int) -> None:
    assert merkle.root_hash(LEAVES[:size]).hex() == VECTORS["roots"][size]


@pytest.mark.parametrize("vector", [_inclusion(v) for v in VECTORS["inclusion"] if not v["wantErr"]])
def test_inclusion_proof_is_the_published_one(vector: Inclusion) -> None:
    assert merkle.inclusion_proof(LEAVES[: vector.size], vector.index) == vector.proof
    assert vector.verify() == vector.leaf


@pytest.mark.parametrize("vector", list(_damaged_inclusions()))
def test_inclusion_is_refused_when_damaged(vector: Inclusion) -> None:
    with pytest.raises(VerificationFailed) as refused:
        vector.verify()
    assert {"expected", "got"} <= refused.value.values.keys()


@pytest.mark.parametrize("vector", [_consistency(v) for v in VECTORS["consistency"] if not v["wantErr"]])
def test_consistency_proof_is_the_published_one(vector: Consistency) -> None:
    assert merkle.consistency_proof(LEAVES[: vector.size2], vector.size1) == vector.proof
    assert vector.verify() == vector.root2


@pytest.mark.parametrize("vector", list(_damaged_consistencies()))
def test_consistency_is_refused_when_damaged(vector: Consistency) -> None:
    with pytest.raises(VerificationFailed) as refused:
        vector.verify()
    assert {"expected", "got"} <= refused.value.values.keys()


def test_every_tree_extends_the_empty_tree_and_only_it() -> None:
    root = merkle.root_hash(LEAVES)
    assert merkle.verify_consistency(0, 8, merkle.EMPTY_ROOT, root, ()) == root
    with pytest.raises(RootMismatch):
        merkle.verify_consistency(0, 8, GARBAGE, root, ())


def test_proofs_are_refused_outside_the_tree() -> None:
    for index in (-1, 8):
        with pytest.raises(OutsideTree):
            merkle.inclusion_proof(LEAVES, index)
    for size in (0, 9):
        with pytest.raises(OutsideTree):
            merkle.consistency_proof(LEAVES, size)


def test_wrong_length_is_named_as_such() -> None:
    proof = merkle.inclusion_proof(LEAVES, 3)
    with pytest.raises(WrongProofLength) as refused:
        merkle.verify_inclusion(LEAVES[3], 3, 8, proof[:-1], merkle.root_hash(LEAVES))
    assert refused.value.values == {"expected": 3, "got": 2}


@pytest.mark.parametrize("size", range(9))
def test_frontier_survives_its_bytes(size: int) -> None:
    frontier = merkle.frontier_of(LEAVES[:size])
    assert merkle.Frontier.from_bytes(frontier.to_bytes()) == frontier
    assert len(frontier.peaks) == size.bit_count()


@pytest.mark.parametrize("raw", [b"", b"\x00" * 7, b"\x00" * 9, (3).to_bytes(8, "big") + bytes(32)])
def test_frontier_is_refused_when_the_length_is_wrong(raw: bytes) -> None:
    with pytest.raises(MalformedFrontier):
        merkle.Frontier.from_bytes(raw)
