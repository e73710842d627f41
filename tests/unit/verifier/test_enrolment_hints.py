"""Own that kept commitments of enrolments are never trusted: they may be missing or lie, and nothing false passes by them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from fractions import Fraction

import pytest

from app.crypto.encoding import hash_to_zq
from app.crypto.group import BELENIOS_2048, Element
from app.verifier.box import BoxOptions
from app.verifier.package import ENROLMENT_HINTS, MANIFEST, Manifest, RecordPackage, decode_hints, encode_hints, package_files
from app.verifier.report import Report
from app.verifier.simulate import simulate_election
from app.verifier.simulated_people import Plan
from app.verifier.verify import verify_package
from tests.unit.verifier.forge import Forge, Json

P, Q, G = BELENIOS_2048.p, BELENIOS_2048.q, BELENIOS_2048.g
Hints = list[bytes]


def _how(report: Report, number: str = "VF07") -> str:
    (check,) = [each for each in report.checks if each.id == number]
    return check.detail.zh


def _change_hints(forge: Forge, change: Callable[[Hints], object]) -> None:
    hints = [bytes(each) for each in decode_hints(forge.files[ENROLMENT_HINTS])]
    change(hints)
    forge.files[ENROLMENT_HINTS] = encode_hints(hints)


def _prefix(leaf: Json) -> str:
    return f"enrol|{leaf['election']}|{leaf['voter']}|{leaf.get('new', leaf.get('credential'))}|"


def _commitment(leaf: Json) -> Element:
    """Recompute g^w of the proof in a leaf."""
    public, proof = int(leaf.get("new", leaf.get("credential"))), leaf["proof"]
    return pow(G, int(proof["response"]), P) * pow(public, int(proof["challenge"]), P) % P


def _prove_on(leaf: Json, commitment: Element, response: int) -> None:
    """Write a proof whose challenge is the hash of whatever commitment is wanted."""
    challenge = hash_to_zq(f"{_prefix(leaf)}{commitment}", Q)
    leaf["proof"] = {"challenge": str(challenge), "response": str(response % Q)}


def _enrolments(forge: Forge) -> list[Json]:
    return [leaf for leaf in forge.leaves if leaf["type"] in ("enrolled", "replaced")]


def test_package_keeps_one_commitment_for_each_enrolment_in_the_order_of_the_leaves(forge: Forge) -> None:
    kept = [int.from_bytes(each, "big") for each in decode_hints(forge.files[ENROLMENT_HINTS])]
    assert kept == [_commitment(leaf) for leaf in _enrolments(forge)]
    assert len(kept) > 16


def test_enrolments_are_checked_in_batches_over_hints(forge: Forge) -> None:
    report = forge.verify()
    assert report.consistent
    assert f"{len(_enrolments(forge))}份持有证明用中间值成批核对" in _how(report)


def test_package_of_before_these_hints_is_consistent(forge: Forge) -> None:
    del forge.files[ENROLMENT_HINTS]
    report = forge.verify()
    assert report.consistent
    assert "成批" not in _how(report)


def test_enrolment_hints_are_left_aside_when_asked(forge: Forge) -> None:
    report = forge.verify(use_hints=False)
    assert report.consistent
    assert "成批" not in _how(report)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda hints: hints.__setitem__(slice(None), [bytes(256)] * len(hints)), id="zeros"),
        pytest.param(lambda hints: hints.__setitem__(slice(None), [b"\xff" * 256] * len(hints)), id="beyond the modulus"),
        pytest.param(lambda hints: hints.reverse(), id="of other enrolments"),
        pytest.param(lambda hints: hints.__setitem__(0, (P - int.from_bytes(hints[0], "big")).to_bytes(256, "big")), id="sign"),
        pytest.param(lambda hints: hints.__setitem__(3, hints[4]), id="one of a neighbour"),
        pytest.param(lambda hints: hints.pop(), id="one left out"),
        pytest.param(lambda hints: hints.append(hints[0]), id="one too many"),
        pytest.param(lambda hints: hints.clear(), id="none"),
        pytest.param(lambda hints: hints.__setitem__(slice(None), [each[:-1] for each in hints]), id="short"),
        pytest.param(lambda hints: hints.__setitem__(slice(None), [each + b"\0" for each in hints]), id="long"),
    ],
)
def test_hints_that_lie_do_not_change_the_verdict(forge: Forge, change: Callable[[Hints], object]) -> None:
    _change_hints(forge, change)
    report = forge.verify()
    assert report.consistent
    assert "成批" not in _how(report)
    assert "成批" in _how(report, "VF14")


def test_some_missing_hints_leave_the_others_in_the_batch(forge: Forge) -> None:
    _change_hints(forge, lambda hints: hints.__setitem__(slice(3), [b"", b"", b""]))
    report = forge.verify()
    assert report.consistent
    assert f"{len(_enrolments(forge)) - 3}份" in _how(report)


@pytest.mark.parametrize("raw", [b"", b"\0\0\0\5abc", b"\xff" * 100])
def test_unreadable_hints_do_not_change_the_verdict(forge: Forge, raw: bytes) -> None:
    forge.files[ENROLMENT_HINTS] = raw
    assert forge.verify().consistent


# --- false enrolments with hints made for them ------------------------------------------------------------------------


@pytest.mark.parametrize("at", [0, 7, -1])
def test_enrolment_without_the_secret_is_named_though_its_hash_fits_the_hint(forge: Forge, at: int) -> None:
    """Anyone can choose a commitment and hash it: only the equation shows that the response does not belong to it."""
    leaf = _enrolments(forge)[at]
    chosen = pow(G, secrets.randbelow(Q), P)
    _prove_on(leaf, chosen, secrets.randbelow(Q))
    _change_hints(forge, lambda hints: hints.__setitem__(at, int(chosen).to_bytes(256, "big")))
    report = forge.verify()
    assert report.failed == ["VF07"]
    assert _how(report).startswith(f"{leaf['voter']}号投票人没有证明持有凭证")
    assert f"{len(forge.box)}张用中间值成批核对" in _how(report, "VF14")


@pytest.mark.parametrize("hinted", [True, False])
def test_commitment_outside_the_subgroup_is_refused(forge: Forge, hinted: bool) -> None:
    """-g^w differs from g^w by an element of order two, which an equation sees only half of the time."""
    leaf = next(leaf for leaf in _enrolments(forge) if leaf["type"] == "enrolled")
    at = _enrolments(forge).index(leaf)
    secret = forge.secrets.credentials[leaf["credential"]].secret.value
    w = secrets.randbelow(Q)
    negated = P - pow(G, w, P)
    challenge = hash_to_zq(f"{_prefix(leaf)}{negated}", Q)
    _prove_on(leaf, negated, w - secret * challenge)
    if hinted:
        _change_hints(forge, lambda hints: hints.__setitem__(at, int(negated).to_bytes(256, "big")))
    assert forge.verify().failed == ["VF07"]


def test_two_commitments_outside_the_subgroup_do_not_hide_each_other(forge: Forge) -> None:
    for leaf in _enrolments(forge)[:2]:
        at = _enrolments(forge).index(leaf)
        secret = forge.secrets.credentials[leaf["credential"]].secret.value
        w = secrets.randbelow(Q)
        negated = P - pow(G, w, P)
        _prove_on(leaf, negated, w - secret * hash_to_zq(f"{_prefix(leaf)}{negated}", Q))
        _change_hints(forge, lambda hints, at=at, x=negated: hints.__setitem__(at, int(x).to_bytes(256, "big")))
    assert forge.verify().failed == ["VF07"]


def test_two_wrong_responses_that_cancel_are_named(forge: Forge) -> None:
    """A product without random exponents would balance: one response is too large by what the other is too small."""
    first, second = _enrolments(forge)[:2]
    for leaf, off in ((first, 5), (second, -5)):
        leaf["proof"]["response"] = str((int(leaf["proof"]["response"]) + off) % Q)
    report = forge.verify()
    assert report.failed == ["VF07"]
    assert _how(report).startswith(f"{min(first['voter'], second['voter'])}号")


def test_bad_ballot_does_not_hide_a_bad_enrolment_of_the_same_batch(forge: Forge) -> None:
    leaf = _enrolments(forge)[2]
    leaf["proof"]["response"] = "12345"

    def spoil(ballot: Json) -> None:
        proof = ballot["answers"][0]["individual_proofs"][0][0]
        proof["response"] = str(int(proof["response"]) ^ 1)

    forge.change_ballot(3, spoil)
    forge.retally()
    assert forge.verify().failed == ["VF07", "VF14"]


def test_enrolments_of_an_election_without_ballots_are_checked() -> None:
    simulation = simulate_election(Plan(9, Fraction(0), 1, 0, 1, 3, 2, "nobody votes"), jobs=1)
    files = package_files(simulation.parts)
    report = verify_package(RecordPackage(Manifest.parse(files[MANIFEST]), files), BoxOptions(jobs=2))
    assert report.consistent
    assert "1份持有证明用中间值成批核对" in _how(report)
    damaged = Forge(simulation)
    damaged.of("enrolled")[0]["proof"]["response"] = "12345"
    assert damaged.verify().failed == ["VF07"]
