"""Own the comparison of ``app.tlog.merkle`` with the literal transcription of RFC 6962 on any tree."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import VerificationFailed
from app.tlog import merkle


def _reference() -> ModuleType:
    path = Path(__file__).parents[2] / "reference" / "tlog_rfc6962.py"
    spec = importlib.util.spec_from_file_location("tlog_rfc6962", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = _reference()
TREES = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


@given(TREES, st.data())
def test_proofs_equal_the_reference_and_verify(leaves: list[bytes], data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    index = data.draw(st.integers(0, len(leaves) - 1))
    root = merkle.root_hash(hashes)
    assert root == REFERENCE.mth(leaves)
    path = merkle.inclusion_proof(hashes, index)
    assert list(path) == REFERENCE.path(index, leaves)
    merkle.verify_inclusion(hashes[index], index, len(leaves), path, root)
    older = merkle.root_hash(hashes[: index + 1])
    proof = merkle.consistency_proof(hashes, index + 1)
    assert list(proof) == REFERENCE.proof(index + 1, leaves)
    merkle.verify_consistency(index + 1, len(leaves), older, root, proof)


@given(TREES, st.data())
def test_no_other_leaf_is_included(leaves: list[bytes], data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    index = data.draw(st.integers(0, len(leaves) - 1))
    path, root = merkle.inclusion_proof(hashes, index), merkle.root_hash(hashes)
    with pytest.raises(VerificationFailed):
        merkle.verify_inclusion(merkle.leaf_hash(leaves[index] + b"x"), index, len(leaves), path, root)


@given(TREES, st.data())
def test_rewritten_history_is_not_consistent(leaves: list[bytes], data: st.DataObject) -> None:
    hashes = [merkle.leaf_hash(leaf) for leaf in leaves]
    size = data.draw(st.integers(1, len(leaves)))
    older = merkle.root_hash([*hashes[: size - 1], merkle.leaf_hash(leaves[size - 1] + b"x")])
    with pytest.raises(VerificationFailed):
        merkle.verify_consistency(size, len(leaves), older, merkle.root_hash(hashes), merkle.consistency_proof(hashes, size))
