"""Own the leaves of the public record that belong to an election: one frozen class per kind, as RFC 8785 bytes.

No leaf holds personal data. Their order is checked by ``board_checks``. Elements and scalars are decimal strings
as in app/crypto/PROTOCOL.md 2; digests are SHA-256 in hexadecimal.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, get_type_hints

from app.values import china_iso
from app.verifier import shapes
from app.verifier.canonical import canonical_json, parse_canonical
from app.verifier.errors import MalformedPart


@dataclass(frozen=True, slots=True)
class LogProof:
    """Hold a Schnorr proof as it stands in a leaf: two decimal strings."""

    challenge: str
    response: str

    @classmethod
    def read(cls, value: Any, where: str) -> LogProof:
        """Read ``{"challenge","response"}``."""
        row = shapes.keys(value, {"challenge", "response"}, where)
        return cls(shapes.text(row["challenge"], where), shapes.text(row["response"], where))


@dataclass(frozen=True, slots=True)
class RehearsalPartial:
    """Hold one trustee's share of the rehearsal: factor alpha^x and its proof."""

    index: int
    factor: str
    proof: LogProof

    @classmethod
    def read(cls, value: Any, where: str) -> RehearsalPartial:
        """Read ``{"index","factor","proof"}``."""
        row = shapes.keys(value, {"index", "factor", "proof"}, where)
        proof = LogProof.read(row["proof"], where)
        return cls(shapes.whole(row["index"], where, 1), shapes.text(row["factor"], where), proof)


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """Hold what every leaf has: the moment it was written (informative; the order of the log decides)."""

    TYPE: ClassVar[str]
    at: datetime

    def to_bytes(self) -> bytes:
        """Write the RFC 8785 bytes that are hashed into the tree."""
        values = {each.name: _plain(getattr(self, each.name)) for each in fields(self)}
        return canonical_json({"type": self.TYPE, **values})


@dataclass(frozen=True, kw_only=True)
class RollFrozen(Leaf):
    """Say that the roll with this hash is frozen; area as a decimal string in square metres."""

    TYPE = "roll_frozen"
    roll: str
    units: int
    heads: int
    area: str


@dataclass(frozen=True, kw_only=True)
class ElectionLeaf(Leaf):
    """Hold what every leaf of one election has: its uuid."""

    election: str


@dataclass(frozen=True, kw_only=True)
class ElectionAnnounced(ElectionLeaf):
    """Say that the announcement 公告 with this SHA-256 is posted."""

    TYPE = "election_announced"
    announcement: str


@dataclass(frozen=True, kw_only=True)
class TrusteeRound(ElectionLeaf):
    """Bind a trustee's message of one round of the key ceremony; ``sha256`` is that of ``trustee_round_text``."""

    TYPE = "trustee_round"
    index: int
    round: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class ElectionDefined(ElectionLeaf):
    """Bind election.json: its fingerprint (base64) and its SHA-256."""

    TYPE = "election_defined"
    fingerprint: str
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Rehearsal(ElectionLeaf):
    """Show that every trustee could decrypt a test ciphertext (alpha, beta) of ``value`` before opening."""

    TYPE = "rehearsal"
    alpha: str
    beta: str
    value: int
    partials: tuple[RehearsalPartial, ...]


@dataclass(frozen=True, kw_only=True)
class Opened(ElectionLeaf):
    """Say that ballots are accepted from here on."""

    TYPE = "opened"
    fingerprint: str


@dataclass(frozen=True, kw_only=True)
class Enrolled(ElectionLeaf):
    """Bind a voter number of the roll to a credential public key, with proof of possession."""

    TYPE = "enrolled"
    voter: int
    credential: str
    proof: LogProof


@dataclass(frozen=True, kw_only=True)
class Replaced(ElectionLeaf):
    """Set the old credential's weight to zero in favour of a new one of the same voter, with proof of possession."""

    TYPE = "replaced"
    voter: int
    old: str
    new: str
    proof: LogProof


@dataclass(frozen=True, kw_only=True)
class BallotCast(ElectionLeaf):
    """Bind a ballot to its place ``n`` in the box, counted from 1."""

    TYPE = "ballot"
    tracker: str
    credential: str
    n: int


@dataclass(frozen=True, kw_only=True)
class Closed(ElectionLeaf):
    """Say that the box is closed: all ballots in it, and how many voters' ballots count."""

    TYPE = "closed"
    ballots: int
    effective: int


@dataclass(frozen=True, kw_only=True)
class Tally(ElectionLeaf):
    """Bind both encrypted tallies by the SHA-256 of their JSON."""

    TYPE = "tally"
    area: str
    heads: str


@dataclass(frozen=True, kw_only=True)
class PartialDecryption(ElectionLeaf):
    """Bind one trustee's partial decryptions of both tallies by the SHA-256 of their JSON."""

    TYPE = "partial_decryption"
    index: int
    area: str
    heads: str


@dataclass(frozen=True, kw_only=True)
class ResultPublished(ElectionLeaf):
    """Bind result.json by its SHA-256."""

    TYPE = "result"
    sha256: str


@dataclass(frozen=True, kw_only=True)
class NoticeGiven(ElectionLeaf):
    """Say that the notice of a procedure's vote was given and whether the residents' committee was told."""

    TYPE = "notice_given"
    procedure: str
    residents_committee: str


@dataclass(frozen=True, kw_only=True)
class VotingExtended(ElectionLeaf):
    """Say that voting was extended once while it ran; both ends as ISO 8601 in China time."""

    TYPE = "voting_extended"
    closes_at: str
    extended_from: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ResultCertified(ElectionLeaf):
    """Say that the result with this SHA-256 is final, its time for objections being over."""

    TYPE = "certified"
    result: str


@dataclass(frozen=True, kw_only=True)
class LotDrawn(ElectionLeaf):
    """Name the candidates, as on the ballot, who got the last seats by lot."""

    TYPE = "lot_drawn"
    procedure: str
    seats: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OtherLeaf(Leaf):
    """Hold a leaf of a kind this verifier does not know; ``election`` is empty when it names none."""

    TYPE = "other"
    kind: str
    election: str


KINDS: dict[str, type[Leaf]] = {
    kind.TYPE: kind
    for kind in (
        RollFrozen,
        ElectionAnnounced,
        TrusteeRound,
        ElectionDefined,
        Rehearsal,
        Opened,
        Enrolled,
        Replaced,
        BallotCast,
        Closed,
        Tally,
        PartialDecryption,
        ResultPublished,
        NoticeGiven,
        VotingExtended,
        ResultCertified,
        LotDrawn,
    )
}


#: The fields of each kind with their types, apart from those every leaf has.
_FIELDS: dict[type[Leaf], dict[str, Any]] = {
    kind: {name: hint for name, hint in get_type_hints(kind).items() if name not in ("TYPE", "at")} for kind in KINDS.values()
}


def parse_leaf(raw: bytes, where: str) -> Leaf:
    """Read one leaf; kinds from elsewhere on the record come back as ``OtherLeaf``.

    :raises MalformedPart: not RFC 8785, no type or time, or a known kind with other fields
    """
    body = parse_canonical(raw, where)
    kind = KINDS.get(shapes.text(body.get("type"), where))
    at = _moment(body.get("at"), where)
    if kind is None:
        return OtherLeaf(at=at, kind=str(body["type"]), election=str(body.get("election", "")))
    hints = _FIELDS[kind]
    shapes.keys(body, {"type", "at", *hints}, where)
    return kind(at=at, **{name: _read(body[name], hint, f"{where}.{name}") for name, hint in hints.items()})


def _read(value: Any, hint: Any, where: str) -> Any:
    if hint is str:
        return shapes.text(value, where)
    if hint is int:
        return shapes.whole(value, where)
    if hint == tuple[str, ...]:
        return shapes.listed(value, where, shapes.text)
    if hint == tuple[RehearsalPartial, ...]:
        return shapes.listed(value, where, RehearsalPartial.read)
    return LogProof.read(value, where)


def _moment(value: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(shapes.text(value, where))
        same = china_iso(moment) == value
    except ValueError as error:
        raise MalformedPart(where=where, reason="time") from error
    if not same:
        raise MalformedPart(where=where, reason="time", got=value)
    return moment


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return china_iso(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, LogProof | RehearsalPartial):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return value
