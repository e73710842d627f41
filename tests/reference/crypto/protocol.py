"""Transcribe the ballot protocol slowly and literally, to compare the real code with.

Source: Belenios specification 1.x, as written in app/crypto/README.md and its formulas. Plain ``int`` and ``pow``; JSON objects
as they come; nothing is imported from ``app``. A check that fails raises AssertionError.
"""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

P = int(
    "20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078"
    "95840496005438963628979639303877390572280360597374942767137677761889858987273586504908116709931053586778098003079049"
    "16540637771737641986785272734744763418356000356983051931442845617019110007867373073335641239717328979132404745788344"
    "68260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222"
    "14588410058642105024212036543356120132048111885240873107701415166620016231317716937218924807850771182784231749807327"
    "6598828825169183103125680162072880719"
)
G = int(
    "24023526775018522092276877035323999327122876573783649165100753187876632741463532193202856761552696787996946682987493"
    "89095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097"
    "16201616827031288643245666383486363578210615491841998253431518974065818686865115135857641013888221539601604322884360"
    "39309893336627728484065931384060102316750957637779826651036068224066350766977640253462537730851331734951942489677540"
    "52573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781"
    "475582491896050296680037745308460627"
)
Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441


def b64(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def h(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % Q


def compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def member(x: int) -> bool:
    return 0 < x < P and pow(x, Q, P) == 1


def divide(x: int, y: int) -> int:
    return x * pow(y, -1, P) % P


def or_proof_holds(y: int, prefix: str, branches: list[tuple[int, int]], proofs: list[dict[str, str]]) -> bool:
    """Recompute every A_j and B_j and compare the hash with the sum of the challenges."""
    assert len(branches) == len(proofs)
    parts, total = [], 0
    for (a, b), proof in zip(branches, proofs, strict=True):
        c, z = int(proof["challenge"]), int(proof["response"])
        assert 0 <= c < Q
        assert 0 <= z < Q
        parts.append(str(pow(G, z, P) * pow(a, c, P) % P))
        parts.append(str(pow(y, z, P) * pow(b, c, P) % P))
        total += c
    return h(prefix + ",".join(parts)) == total % Q


def check_ballot(election_raw: bytes, ballot_raw: bytes) -> None:
    """Check one ballot from bytes to signature."""
    election, ballot = json.loads(election_raw), json.loads(ballot_raw)
    assert compact(ballot).encode() == ballot_raw
    phi, y = b64(election_raw), int(election["public_key"])
    assert ballot["election_uuid"] == election["uuid"]
    assert ballot["election_hash"] == phi
    assert member(int(ballot["credential"]))
    assert len(ballot["answers"]) == len(election["questions"])
    for question, answer in zip(election["questions"], ballot["answers"], strict=True):
        check_answer(question, answer, y, phi + "|" + ballot["credential"])
    signature = ballot.pop("signature")
    assert signature["hash"] == b64(compact(ballot).encode())
    c, z = int(signature["proof"]["challenge"]), int(signature["proof"]["response"])
    commitment = pow(G, z, P) * pow(int(ballot["credential"]), c, P) % P
    assert c == h(f"sig|{signature['hash']}|{commitment}")


def check_answer(question: dict[str, Any], answer: dict[str, Any], y: int, s0: str) -> None:
    """Check membership, individual, blank and overall proofs of one answer."""
    choices = [(int(c["alpha"]), int(c["beta"])) for c in answer["choices"]]
    assert len(choices) == len(question["answers"]) + bool(question.get("blank"))
    assert all(member(alpha) and member(beta) for alpha, beta in choices)
    for (alpha, beta), proofs in zip(choices, answer["individual_proofs"], strict=True):
        branches = [(alpha, beta), (alpha, divide(beta, G))]
        assert or_proof_holds(y, f"prove|{s0}|{alpha},{beta}|", branches, proofs)
    s = s0 + "|" + ",".join(f"{alpha},{beta}" for alpha, beta in choices)
    marked = choices[1:] if question.get("blank") else choices
    a = b = 1
    for alpha, beta in marked:
        a, b = a * alpha % P, b * beta % P
    sums = [(a, divide(b, pow(G, total, P))) for total in range(question["min"], question["max"] + 1)]
    if not question.get("blank"):
        assert "blank_proof" not in answer
        assert or_proof_holds(y, f"prove|{s}|{a},{b}|", sums, answer["overall_proof"])
        return
    alpha0, beta0 = choices[0]
    assert or_proof_holds(y, f"bproof0|{s}|", [(alpha0, beta0), (a, b)], answer["blank_proof"])
    assert or_proof_holds(y, f"bproof1|{s}|", [(alpha0, divide(beta0, G)), *sums], answer["overall_proof"])


def weighted_sums(ballots: list[bytes], weights: dict[str, int]) -> list[list[tuple[int, int]]]:
    """Multiply up every counted ciphertext to its weight; the last ballot of a credential counts."""
    last = {json.loads(raw)["credential"]: json.loads(raw) for raw in ballots}
    shape = [len(answer["choices"]) for answer in json.loads(ballots[0])["answers"]]
    sums = [[(1, 1)] * count for count in shape]
    for credential, ballot in last.items():
        for i, answer in enumerate(ballot["answers"]):
            for j, choice in enumerate(answer["choices"]):
                a, b = sums[i][j]
                weight = weights[credential]
                sums[i][j] = (a * pow(int(choice["alpha"]), weight, P) % P, b * pow(int(choice["beta"]), weight, P) % P)
    return sums


def decryption_proof_holds(phi: str, x_public: int, alpha: int, factor: int, proof: dict[str, str]) -> bool:
    """Check F = alpha^x against X = g^x."""
    c, z = int(proof["challenge"]), int(proof["response"])
    first = pow(G, z, P) * pow(x_public, c, P) % P
    second = pow(alpha, z, P) * pow(factor, c, P) % P
    return member(factor) and c == h(f"decrypt|{phi}|{x_public}|{first},{second}")


def interpolate(factors: dict[int, int]) -> int:
    """Combine decryption factors by their index with Lagrange coefficients at zero."""
    product = 1
    for d, factor in factors.items():
        coefficient = 1
        for k in factors:
            if k != d:
                coefficient = coefficient * k * pow(k - d, -1, Q) % Q
        product = product * pow(factor, coefficient, P) % P
    return product


def possession_holds(uuid: str, voter: int, credential: int, proof: dict[str, str]) -> bool:
    """Check our proof of possession."""
    c, z = int(proof["challenge"]), int(proof["response"])
    commitment = pow(G, z, P) * pow(credential, c, P) % P
    return member(credential) and c == h(f"enrol|{uuid}|{voter}|{credential}|{commitment}")


def trustees_hold(pedersen: dict[str, Any], public_key: int) -> bool:
    """Check every message of a Pedersen ceremony in the 3.x shape."""
    certs = [json.loads(cert["message"]) for cert in pedersen["certs"]]
    polynomials = [[int(x) for x in json.loads(s["message"])["coefexps"]] for s in pedersen["coefexps"]]
    y = 1
    for i, cert in enumerate(certs):
        key = int(cert["verification"])
        texts = compact({"certs": pedersen["certs"], "coefexps": [str(x) for x in polynomials[i]]})
        x_public = 1
        for coefficients in polynomials:
            for k, a in enumerate(coefficients):
                x_public = x_public * pow(a, (i + 1) ** k, P) % P
        third = pedersen["verification_keys"][i]
        c, z = int(third["pok"]["challenge"]), int(third["pok"]["response"])
        commitment = pow(G, z, P) * pow(x_public, c, P) % P
        if not (
            cert["context"]["index"] == i + 1
            and signed(key, pedersen["certs"][i]["message"], pedersen["certs"][i]["signature"])
            and signed(key, pedersen["coefexps"][i]["message"], pedersen["coefexps"][i]["signature"])
            and signed(key, "certs_sig|" + texts, pedersen["signatures"][i])
            and int(third["public_key"]) == x_public
            and c == h(f"pok|BELENIOS-2048|{x_public}|{commitment}")
            and signed(key, str(x_public), third["signature"])
        ):
            return False
        y = y * polynomials[i][0] % P
    return y == public_key


def signed(key: int, message: str, signature: dict[str, str]) -> bool:
    """Check a trustee's signature."""
    c, z = int(signature["challenge"]), int(signature["response"])
    commitment = pow(G, z, P) * pow(key, c, P) % P
    return c == h(f"sigmsg|{message}|{commitment}")
