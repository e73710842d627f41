"""The browser's cryptography and ``app.crypto`` must agree byte for byte: what one makes, the other verifies."""

from __future__ import annotations

import json
import secrets
from typing import Any

import pytest
from playwright.sync_api import Page

from app.crypto.ballots import create_ballot, parse_ballot, verify_ballot
from app.crypto.credentials import Credential, verify_possession
from app.crypto.election import Election
from app.crypto.encoding import b64_sha, hash_to_zq, sha256_hex
from app.crypto.errors import BadPossession
from app.crypto.group import BELENIOS_2048, Element
from app.crypto.proofs import parse_proof
from app.crypto.tally import encrypted_tally, tally_json
from app.errors import DomainError

from .modules import error_code, run
from .voting import UUID, decrypt

pytestmark = pytest.mark.browser

P, Q, G = int(BELENIOS_2048.p), int(BELENIOS_2048.q), int(BELENIOS_2048.g)
CHOICES = (
    [[0, 1, 0], [1, 0, 1, 0, 0, 0, 0, 1], [0, 0, 1]],
    [[0, 0, 0], [0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0]],
    [[1, 0, 0], [1, 1, 1, 1, 1, 0, 0, 0], [1, 0, 0]],
)
MAKE_BALLOT = """
  const election = await elections.parseElection(given.raw);
  const credential = credentials.generateCredential();
  const tables = elections.prepareTables(election);
  const text = await ballots.createBallot(election, credential, given.choices, tables);
  return {text, tracker: await ballots.ballotTracker(text), fingerprint: election.fingerprint};
"""


@pytest.mark.parametrize("text", ["", "业主", "\u2028\u2029 “引号” \u0000\t", "😀 𠮷", "a" * 1000])
def test_hashes_agree_when_texts_are_unusual(blank: Page, text: str) -> None:
    made = run(
        blank,
        "return [await encoding.sha256Hex(given), await encoding.b64Sha(given), String(await encoding.hashToZq(given))]",
        text,
    )
    assert made == [sha256_hex(text), b64_sha(text), str(hash_to_zq(text, Q))]


def test_powers_agree_when_exponents_are_at_the_edges(blank: Page) -> None:
    base = pow(G, secrets.randbelow(Q), P)
    exponents = [0, 1, 2, 63, 64, 2**255, Q - 1, Q, *(secrets.randbelow(Q) for _ in range(20))]
    made = run(
        blank,
        "return given.exponents.map((e) => String(group.power(BigInt(given.base), BigInt(e))))",
        {"base": str(base), "exponents": [str(e) for e in exponents]},
    )
    assert made == [str(pow(base, e, P)) for e in exponents]


def test_fixed_base_agrees_with_plain_powers(blank: Page) -> None:
    base = pow(G, secrets.randbelow(Q), P)
    exponents = [0, 1, 63, 64, 2**255, Q - 1, *(secrets.randbelow(Q) for _ in range(20))]
    made = run(
        blank,
        "const t = new group.FixedBase(BigInt(given.base)); return given.exponents.map((e) => String(t.power(BigInt(e))))",
        {"base": str(base), "exponents": [str(e) for e in exponents]},
    )
    assert made == [str(pow(base, e, P)) for e in exponents]


def test_membership_agrees_when_numbers_are_damaged(blank: Page) -> None:
    member = pow(G, secrets.randbelow(Q), P)
    numbers = [0, 1, 2, G, member, P - 1, P - member, P, P + 1, 3 * member % P]
    made = run(blank, "return given.map((x) => group.isElement(BigInt(x)))", [str(x) for x in numbers])
    assert made == [BELENIOS_2048.is_element(Element(x)) for x in numbers]
    assert made.count(True) == 3


@pytest.mark.parametrize("text", ["01", "-1", "1.0", " 1", "1\n", "", "0x1", "١", str(Q)])
def test_scalar_is_refused_when_not_canonical(blank: Page, text: str) -> None:
    code = error_code(blank, "return String(group.readScalar(given))", text)
    assert code in {"not_a_number", "out_of_range"}


def test_random_scalars_fill_the_whole_range(blank: Page) -> None:
    drawn = [int(x) for x in run(blank, "return Array.from({length: 400}, () => String(encoding.randomScalar()))")]
    assert len(set(drawn)) == 400
    assert all(0 <= x < Q for x in drawn)
    # Each quarter of 0..q-1 holds 100 of 400 on average; 40 is seven standard deviations below.
    assert min(sum(k * Q <= 4 * x < (k + 1) * Q for x in drawn) for k in range(4)) > 40


@pytest.mark.parametrize("choices", CHOICES)
def test_ballot_of_the_browser_verifies_in_python(blank: Page, election: Election, choices: list[list[int]]) -> None:
    made = run(blank, MAKE_BALLOT, {"raw": election.raw.decode(), "choices": choices})
    ballot = parse_ballot(election, made["text"].encode())
    verify_ballot(election, ballot)
    assert decrypt(ballot) == choices
    assert (made["fingerprint"], made["tracker"]) == (election.fingerprint, ballot.tracker)


@pytest.mark.parametrize(
    "path",
    [
        ("answers", 1, "choices", 2, "alpha"),
        ("answers", 1, "choices", 2, "beta"),
        ("answers", 0, "individual_proofs", 1, 0, "challenge"),
        ("answers", 1, "overall_proof", 3, "response"),
        ("signature", "proof", "response"),
        ("signature", "hash"),
        ("credential",),
    ],
)
def test_ballot_of_the_browser_fails_in_python_when_one_value_is_another(
    blank: Page, election: Election, path: tuple[Any, ...]
) -> None:
    raw = election.raw.decode()
    first, second = (json.loads(run(blank, MAKE_BALLOT, {"raw": raw, "choices": choices})["text"]) for choices in CHOICES[:2])
    target, source = first, second
    for step in path[:-1]:
        target, source = target[step], source[step]
    target[path[-1]] = source[path[-1]]
    damaged = json.dumps(first, ensure_ascii=False, separators=(",", ":")).encode()
    with pytest.raises(DomainError):
        verify_ballot(election, parse_ballot(election, damaged))


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ([[1, 1, 0], [0] * 8, [0, 0, 0]], "too_many_choices"),
        ([[1, 0, 0], [1] * 6 + [0, 0], [0, 0, 0]], "too_many_choices"),
        ([[1, 0], [0] * 8, [0, 0, 0]], "wrong_number_of_choices"),
        ([[2, 0, 0], [0] * 8, [0, 0, 0]], "wrong_number_of_choices"),
        ([[1, 0, 0], [0] * 8], "wrong_number_of_answers"),
    ],
)
def test_browser_makes_no_ballot_when_choices_do_not_fit(
    blank: Page, election: Election, choices: list[list[int]], code: str
) -> None:
    assert error_code(blank, MAKE_BALLOT, {"raw": election.raw.decode(), "choices": choices}) == code


def test_possession_proof_of_the_browser_verifies_for_its_voter_only(blank: Page) -> None:
    made = run(
        blank,
        """const credential = credentials.generateCredential();
        const proof = await credentials.provePossession(given, 17, credential);
        return {credential: String(credential.publicKey), proof}""",
        UUID,
    )
    public, proof = Element(int(made["credential"])), parse_proof(made["proof"], BELENIOS_2048, "proof")
    verify_possession(UUID, 17, public, proof)
    with pytest.raises(BadPossession):
        verify_possession(UUID, 18, public, proof)


COUNT = """
  const election = await elections.parseElection(given.raw);
  const task = {uuid: election.uuid, fingerprint: election.fingerprint, sizes: election.questions.map((q) => q.answers.length)};
  const count = await tally.countBox(task, given.lines.join("\\n"), given.weights, () => {});
  return {...count, text: JSON.stringify(count.area.tally), headsText: JSON.stringify(count.heads.tally)};
"""


@pytest.fixture(scope="module")
def voters() -> list[Credential]:
    """Give four credentials."""
    return [Credential.generate(secrets.randbelow) for _ in range(4)]


@pytest.fixture(scope="module")
def lines(election: Election, voters: list[Credential]) -> list[str]:
    """Give a box of six ballots: the first voter voted twice, the last one's credential was replaced."""
    order = (0, 1, 2, 0, 3)
    return [create_ballot(election, voters[i], CHOICES[n % 3], secrets.randbelow) for n, i in enumerate(order)]


def _weights(voters: list[Credential]) -> dict[str, list[list[Any]]]:
    areas = (12746, 8850, 1, 0)
    names = [str(voter.public) for voter in voters]
    return {
        "area": [[name, area] for name, area in zip(names, areas, strict=True)],
        "heads": [[name, min(area, 1)] for name, area in zip(names, areas, strict=True)],
    }


def _given(election: Election, lines: list[str], weights: dict[str, list[list[Any]]]) -> dict[str, Any]:
    return {"raw": election.raw.decode(), "lines": lines, "weights": weights}


def test_count_of_the_browser_is_the_tally_of_python(
    blank: Page, election: Election, voters: list[Credential], lines: list[str]
) -> None:
    weights = _weights(voters)
    made = run(blank, COUNT, _given(election, lines, weights))
    parsed = [parse_ballot(election, line.encode()) for line in lines]
    for name, text in (("area", made["text"]), ("heads", made["headsText"])):
        by_credential = {Element(int(credential)): weight for credential, weight in weights[name]}
        assert text.encode() == tally_json(encrypted_tally(election, parsed, by_credential))
    assert (made["ballots"], made["counted"]) == (5, 3)
    assert (made["area"]["total"], made["heads"]["total"]) == (21597, 3)


def _swap_signatures(lines: list[str]) -> list[str]:
    first, second = json.loads(lines[0]), json.loads(lines[1])
    first["signature"] = second["signature"]
    return [json.dumps(first, separators=(",", ":")), *lines[1:]]


def _other_election(lines: list[str]) -> list[str]:
    return [lines[0].replace(UUID, "YeyiBooth22222"), *lines[1:]]


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (_swap_signatures, "bad_signature"),
        (_other_election, "other_election"),
        (lambda lines: [lines[0] + " ", *lines[1:]], "not_canonical"),
        (lambda lines: ["{", *lines[1:]], "not_json"),
        (lambda lines: [*lines, lines[1]], "repeated_ciphertext"),
    ],
)
def test_count_stops_when_a_ballot_is_damaged(
    blank: Page, election: Election, voters: list[Credential], lines: list[str], damage: Any, code: str
) -> None:
    assert error_code(blank, COUNT, _given(election, damage(lines), _weights(voters))) == code


def _edit(name: str, at: int, value: Any) -> Any:
    def edit(weights: dict[str, list[list[Any]]]) -> None:
        weights[name][at][1] = value

    return edit


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (_edit("heads", 0, 2), "bad_weight"),
        (_edit("heads", 0, 0), "bad_weight"),
        (_edit("area", 0, 0), "bad_weight"),
        (_edit("area", 0, -1), "bad_weight"),
        (_edit("area", 0, 0.5), "bad_weight"),
        (_edit("area", 3, 1), "bad_weight"),
        (lambda weights: weights["heads"].pop(), "weights_differ"),
        (lambda weights: [rows.pop(1) for rows in weights.values()], "unknown_credential"),
    ],
)
def test_count_stops_when_weights_are_crafted(
    blank: Page, election: Election, voters: list[Credential], lines: list[str], edit: Any, code: str
) -> None:
    weights = _weights(voters)
    edit(weights)
    assert error_code(blank, COUNT, _given(election, lines, weights)) == code
