"""Own the ``description`` of election.json: what of the law and of the procedure is frozen into the fingerprint.

Source: app/crypto/PROTOCOL.md 6 (Two weight maps); app/verifier/README.md VF03.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.crypto.encoding import dumps
from app.statute.case import ElectionKind
from app.statute.rule_pack import Matter
from app.values import china_iso
from app.verifier import shapes
from app.verifier.errors import MalformedPart

#: The options of every matter that is not an election, in this order.
MATTER_OPTIONS = ("同意", "反对", "弃权")
_KEYS = frozenset({
    "announcement", "complex", "kinds", "opens_at", "closes_at", "policies", "roll", "rule_pack", "scope", "seats",
    "threshold_policy",
})  # fmt: skip
_ELECTION, _INSECURE = "election", "insecure_test_randomness"


@dataclass(frozen=True)
class Definition:
    """Hold what the description binds; ``kinds`` and ``seats`` have one entry per question, seats None for matters.

    ``election`` says what the ELECT questions do: the law judges a by-election and a recall otherwise than a committee.
    """

    announcement: str
    complex: str
    kinds: tuple[Matter, ...]
    opens_at: datetime
    closes_at: datetime
    policies: Mapping[str, str]
    roll: str
    rule_pack: str
    seats: tuple[int | None, ...]
    #: Trustees needed of all trustees, as ``2/3``.
    threshold_policy: str
    scope: str = "all"
    election: ElectionKind = ElectionKind.COMMITTEE
    #: True when keys and proofs were drawn from a seed: such a record proves nothing.
    insecure_test_randomness: bool = field(default=False)

    def to_text(self) -> str:
        """Write the compact JSON that goes into ``description``."""
        value: dict[str, Any] = {
            "announcement": self.announcement,
            "complex": self.complex,
            "kinds": [str(kind) for kind in self.kinds],
            "opens_at": china_iso(self.opens_at),
            "closes_at": china_iso(self.closes_at),
            "policies": dict(sorted(self.policies.items())),
            "roll": self.roll,
            "rule_pack": self.rule_pack,
            "scope": self.scope,
            "seats": list(self.seats),
            "threshold_policy": self.threshold_policy,
        }
        if self.election is not ElectionKind.COMMITTEE:
            value[_ELECTION] = str(self.election)
        if self.insecure_test_randomness:
            value[_INSECURE] = True
        return dumps(value)

    @classmethod
    def parse(cls, text: str) -> Definition:
        """Read a description; one that does not name the kind of election elects a committee.

        :raises MalformedPart: not JSON, keys missing or unknown, or values of another type
        """
        try:
            whole = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise MalformedPart(where="description", reason="not_json") from error
        row = shapes.keys(whole, set(_KEYS), "description", frozenset({_ELECTION, _INSECURE}))
        if not isinstance(row["policies"], dict):
            raise MalformedPart(where="description.policies", reason="not_an_object")
        return cls(
            announcement=shapes.sha256_text(row["announcement"], "announcement"),
            complex=shapes.text(row["complex"], "complex"),
            kinds=shapes.listed(row["kinds"], "kinds", _kind),
            opens_at=_moment(row["opens_at"], "opens_at"),
            closes_at=_moment(row["closes_at"], "closes_at"),
            policies={key: shapes.text(value, f"policies.{key}") for key, value in row["policies"].items()},
            roll=shapes.sha256_text(row["roll"], "roll"),
            rule_pack=shapes.text(row["rule_pack"], "rule_pack"),
            seats=shapes.listed(row["seats"], "seats", _seats),
            threshold_policy=shapes.text(row["threshold_policy"], "threshold_policy"),
            scope=shapes.text(row["scope"], "scope"),
            election=_election(row.get(_ELECTION, ElectionKind.COMMITTEE), _ELECTION),
            insecure_test_randomness=row.get(_INSECURE) is True,
        )


def _kind(value: Any, where: str) -> Matter:
    try:
        return Matter(shapes.text(value, where))
    except ValueError as error:
        raise MalformedPart(where=where, reason="unknown_matter", got=value) from error


def _election(value: Any, where: str) -> ElectionKind:
    try:
        return ElectionKind(shapes.text(value, where))
    except ValueError as error:
        raise MalformedPart(where=where, reason="unknown_election", got=value) from error


def _seats(value: Any, where: str) -> int | None:
    return None if value is None else shapes.whole(value, where, 1)


def _moment(value: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(shapes.text(value, where))
        china_iso(moment)
    except ValueError as error:
        raise MalformedPart(where=where, reason="time") from error
    return moment
