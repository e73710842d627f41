"""Play the key ceremony with keys held in this process: for the demonstration, whose visitor plays all parts, and for tests.

In a real election the keys are made in the trustees' browsers; every message goes through the same checks here as there.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.crypto.encoding import element
from app.crypto.group import BELENIOS_2048, Element
from app.crypto.proofs import Ciphertext, Secret
from app.crypto.trustee_key import TrusteeKey, parse_encrypted_shares
from app.elections.ceremony import ceremony_of, certificates, polynomials
from app.elections.queries import get_election
from app.elections.services.take_trustee_message import take_trustee_message
from app.elections.types import ElectionRow
from app.tenancy.types import ComplexRow


def play_ceremony(uuid: str, place: ComplexRow, *, at: datetime, rehearse: bool = True) -> list[TrusteeKey]:
    """Make a key for every trustee of an announced election and give all their messages; return the keys in order."""
    trustees = get_election(uuid).trustees
    ceremony = ceremony_of(uuid)
    keys = [TrusteeKey.generate(ceremony, trustee.index, secrets.randbelow) for trustee in trustees]

    def give(index: int, message: dict[str, Any]) -> None:
        take_trustee_message(uuid, place, message, at=at, account=trustees[index - 1].account_id)

    for key in keys:
        give(key.index, {"round": 1, "cert": key.certificate(secrets.randbelow).to_json()})
    certs = certificates(get_election(uuid).trustees)
    for key in keys:
        coefexps, signature = key.polynomial(certs, secrets.randbelow)
        shares = key.encrypted_shares(certs, secrets.randbelow, secrets.token_bytes)
        message = {"round": 2, "coefexps": coefexps.to_json(), "signature": signature.to_json()}
        give(key.index, {**message, "shares": [share.to_json() for share in shares]})
    for key in keys:
        share = share_of(key, get_election(uuid))
        give(key.index, {"round": 3, "verification_key": key.verification_key(share, secrets.randbelow).to_json()})
    if rehearse:
        rehearse_with(uuid, place, keys, at=at)
    return keys


def rehearse_with(uuid: str, place: ComplexRow, keys: Sequence[TrusteeKey], *, at: datetime) -> None:
    """Give the part of each of these trustees in the rehearsal."""
    election = get_election(uuid)
    if election.rehearsal is None:
        raise ValueError("the rehearsal follows the third round")
    alpha, beta = (element(text, BELENIOS_2048, "test") for text in (election.rehearsal.alpha, election.rehearsal.beta))
    for key in keys:
        factor, proof = key.rehearse(share_of(key, election), Ciphertext(alpha, beta), secrets.randbelow)
        message = {"factor": str(factor), "proof": proof.to_json()}
        take_trustee_message(uuid, place, message, at=at, account=election.trustees[key.index - 1].account_id)


def share_of(key: TrusteeKey, election: ElectionRow) -> Secret:
    """Return a trustee's share x_j, recomputed from its key and what every trustee sent to it."""
    sent = [parse_encrypted_shares([dict(s) for s in trustee.shares or ()], key.ceremony) for trustee in election.trustees]
    announced: list[tuple[Element, ...]] = polynomials(election.trustees)
    return key.private_share([shares[key.index - 1] for shares in sent], announced)
