"""Name every way a ballot is damaged in the vectors, with the code it must be refused with.

Each damage starts from the good ballot of the golden election. Where a voter could sign the damaged ballot, it is signed
correctly, so that only the named check can catch it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

from app.crypto.encoding import dumps
from tests.reference.crypto.elections import World, resign

Value = dict[str, Any]


def damaged_ballots(world: World) -> dict[str, tuple[str, bytes]]:
    """Return name -> (code, bytes)."""
    good = world.sample
    cases: dict[str, tuple[str, bytes]] = {}
    for name, (code, change) in _RAW.items():
        cases[name] = (code, change(good))
    for name, (code, edit) in _UNSIGNED.items():
        cases[name] = (code, dumps(_edited(world, edit)).encode())
    for name, (code, edit) in _SIGNED.items():
        cases[name] = (code, resign(world, _edited(world, edit)).encode())
    return cases


def _edited(world: World, edit: Callable[[World, Value], None]) -> Value:
    value: Value = copy.deepcopy(json.loads(world.sample))
    edit(world, value)
    return value


# --- bytes ----------------------------------------------------------------------------------------------------------

_RAW: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "empty": ("not_json", lambda good: b""),
    "cut short": ("not_json", lambda good: good[:-1].encode()),
    "not UTF-8": ("not_json", lambda good: b"\xff" + good.encode()),
    "two ballots in one": ("not_json", lambda good: (good + good).encode()[: len(good) + 9]),
    "nested very deeply": ("not_json", lambda good: b"[" * 5000),
    "byte order mark": ("not_json", lambda good: b"\xef\xbb\xbf" + good.encode()),
    "trailing newline": ("not_canonical", lambda good: good.encode() + b"\n"),
    "space after a colon": ("not_canonical", lambda good: good.replace('":"', '": "', 1).encode()),
    "escaped letter": ("not_canonical", lambda good: good.replace('"credential"', '"\\u0063redential"', 1).encode()),
    "lone surrogate": ("not_canonical", lambda good: good.replace('"election_uuid":"', '"election_uuid":"\\ud800', 1).encode()),
    "field given twice": ("not_canonical", lambda good: good.replace("{", '{"election_uuid":"x",', 1).encode()),
    "padded beyond any ballot": ("oversize", lambda good: good.encode() + b" " * 20_000),
    "a list": ("wrong_shape", lambda good: b"[]"),
    "a number": ("wrong_shape", lambda good: b"7"),
    "not a number": ("wrong_shape", lambda good: b"NaN"),
}

# --- fields a voter cannot or need not sign ---------------------------------------------------------------------------


def _answer(value: Value) -> Value:
    answer: Value = value["answers"][0]
    return answer


def _drop_signature(_: World, value: Value) -> None:
    del value["signature"]


def _reorder(_: World, value: Value) -> None:
    value["election_uuid"] = value.pop("election_uuid")


def _extra_field(_: World, value: Value) -> None:
    value["comment"] = "x"


def _wrong_hash(_: World, value: Value) -> None:
    value["signature"]["hash"] = "A" * 43


def _wrong_signature(world: World, value: Value) -> None:
    proof = value["signature"]["proof"]
    proof["response"] = str((int(proof["response"]) + 1) % world.election.group.q)


def _scalar_too_large(world: World, value: Value) -> None:
    value["signature"]["proof"]["response"] = str(int(value["signature"]["proof"]["response"]) + int(world.election.group.q))


def _scalar_with_zero(_: World, value: Value) -> None:
    value["signature"]["proof"]["response"] = "0" + value["signature"]["proof"]["response"][1:]


def _scalar_negative(_: World, value: Value) -> None:
    value["signature"]["proof"]["challenge"] = "-1"


def _scalar_number(_: World, value: Value) -> None:
    value["signature"]["proof"]["challenge"] = 1


def _foreign_digits(_: World, value: Value) -> None:
    value["signature"]["proof"]["challenge"] = "１２３"


def _other_credential(world: World, value: Value) -> None:
    value["credential"] = str(world.credentials[1].public)


def _fewer_answers(_: World, value: Value) -> None:
    value["answers"] = []


def _more_choices(_: World, value: Value) -> None:
    _answer(value)["choices"].append(_answer(value)["choices"][0])


def _fewer_proofs(_: World, value: Value) -> None:
    _answer(value)["overall_proof"].pop()


def _third_branch(_: World, value: Value) -> None:
    _answer(value)["individual_proofs"][0].append(_answer(value)["individual_proofs"][0][0])


def _blank_proof(_: World, value: Value) -> None:
    _answer(value)["blank_proof"] = _answer(value)["overall_proof"]


_UNSIGNED: dict[str, tuple[str, Callable[[World, Value], None]]] = {
    "no signature": ("wrong_shape", _drop_signature),
    "fields in another order": ("wrong_shape", _reorder),
    "a field too many": ("wrong_shape", _extra_field),
    "signed hash of something else": ("bad_hash", _wrong_hash),
    "signature by nobody": ("bad_signature", _wrong_signature),
    "scalar beyond q": ("scalar_out_of_range", _scalar_too_large),
    "scalar with a leading zero": ("not_canonical", _scalar_with_zero),
    "scalar with a sign": ("not_canonical", _scalar_negative),
    "scalar in full-width digits": ("not_canonical", _foreign_digits),
    "scalar as a JSON number": ("wrong_shape", _scalar_number),
    "no answers": ("wrong_shape", _fewer_answers),
    "a choice too many": ("wrong_shape", _more_choices),
    "a proof too few": ("wrong_shape", _fewer_proofs),
    "a branch too many": ("wrong_shape", _third_branch),
    "a blank proof where blank is not allowed": ("wrong_shape", _blank_proof),
    "another voter's credential, hash unchanged": ("bad_hash", _other_credential),
}

# --- what a dishonest voter can sign ----------------------------------------------------------------------------------


def _wrong_uuid(_: World, value: Value) -> None:
    value["election_uuid"] = "2" * 14


def _wrong_fingerprint(_: World, value: Value) -> None:
    value["election_hash"] = "A" * 43


def _element(path: str, change: Callable[[World, int], int]) -> Callable[[World, Value], None]:
    def edit(world: World, value: Value) -> None:
        choice = _answer(value)["choices"][0]
        choice[path] = str(change(world, int(choice[path])))

    return edit


def _swap_choices(_: World, value: Value) -> None:
    choices = _answer(value)["choices"]
    choices[0], choices[1] = choices[1], choices[0]


def _swap_everything(_: World, value: Value) -> None:
    answer = _answer(value)
    for row in (answer["choices"], answer["individual_proofs"]):
        row[0], row[1] = row[1], row[0]


def _response(field: str) -> Callable[[World, Value], None]:
    def edit(world: World, value: Value) -> None:
        proofs = _answer(value)[field]
        proof = proofs[0][0] if field == "individual_proofs" else proofs[0]
        proof["response"] = str((int(proof["response"]) + 1) % world.election.group.q)

    return edit


def _swap_branches(_: World, value: Value) -> None:
    _answer(value)["individual_proofs"][0].reverse()


def _double_vote(world: World, value: Value) -> None:
    choice, group = _answer(value)["choices"][0], world.election.group
    choice["beta"] = str(group.multiply(int(choice["beta"]), group.g))


def _other_credential_signed(world: World, value: Value) -> None:
    value["credential"] = str(world.credentials[1].public)


def _identity_credential(_: World, value: Value) -> None:
    value["credential"] = "1"


def _alien_credential(world: World, value: Value) -> None:
    value["credential"] = str(world.election.group.p - 1)


_SIGNED: dict[str, tuple[str, Callable[[World, Value], None]]] = {
    "another election": ("wrong_election", _wrong_uuid),
    "other election.json bytes": ("wrong_fingerprint", _wrong_fingerprint),
    "alpha of order two more": ("element_not_in_group", _element("alpha", lambda w, x: int(w.election.group.p) - x)),
    "beta beyond p": ("element_not_in_group", _element("beta", lambda w, x: int(w.election.group.p))),
    "beta zero": ("element_not_in_group", _element("beta", lambda w, x: 0)),
    "beta plus p": ("scalar_out_of_range", _element("beta", lambda w, x: x + 10 * int(w.election.group.p))),
    "alpha not a member": ("element_not_in_group", _element("alpha", lambda w, x: 3)),
    "alpha the identity": ("identity_element", _element("alpha", lambda w, x: 1)),
    "beta the identity": ("bad_individual_proof", _element("beta", lambda w, x: 1)),
    "credential the identity": ("identity_element", _identity_credential),
    "credential not a member": ("element_not_in_group", _alien_credential),
    "signed for another voter": ("bad_signature", _other_credential_signed),
    "weight two on one answer": ("bad_individual_proof", _double_vote),
    "choices swapped": ("bad_individual_proof", _swap_choices),
    "choices and proofs swapped": ("bad_overall_proof", _swap_everything),
    "branches swapped": ("bad_individual_proof", _swap_branches),
    "individual response changed": ("bad_individual_proof", _response("individual_proofs")),
    "overall response changed": ("bad_overall_proof", _response("overall_proof")),
}
