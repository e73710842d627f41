"""Own the ``.bel`` archive, version 1: an append-only tar of data and events, written and checked byte for byte.

Source: Belenios archive format version 1 as ``belenios-tool`` 2.x writes it (``app/crypto/README.md`` section 3). The
outside tool regenerates the file and compares bytes, so the reader here does the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.crypto.encoding import decimal_text, dumps, fields, loads, loads_canonical, sha256_hex, small_integer, text
from app.crypto.errors import BadArchive
from app.crypto.tar_container import BLOCK, tar_entries, tar_entry, tar_header
from app.errors import Malformed

_HEADER_NAME = "BELENIOS"
_DATA, _EVENT = ".data.json", ".event.json"


class EventType(StrEnum):
    """Name the kinds of events of a homomorphic election."""

    SETUP = "Setup"
    BALLOT = "Ballot"
    END_BALLOTS = "EndBallots"
    ENCRYPTED_TALLY = "EncryptedTally"
    PARTIAL_DECRYPTION = "PartialDecryption"
    RESULT = "Result"


#: Which kinds of event may follow a kind.
_NEXT: dict[EventType | None, frozenset[EventType]] = {
    None: frozenset({EventType.SETUP}),
    EventType.SETUP: frozenset({EventType.BALLOT, EventType.END_BALLOTS}),
    EventType.BALLOT: frozenset({EventType.BALLOT, EventType.END_BALLOTS}),
    EventType.END_BALLOTS: frozenset({EventType.ENCRYPTED_TALLY}),
    EventType.ENCRYPTED_TALLY: frozenset({EventType.PARTIAL_DECRYPTION}),
    EventType.PARTIAL_DECRYPTION: frozenset({EventType.PARTIAL_DECRYPTION, EventType.RESULT}),
    EventType.RESULT: frozenset(),
}


class ArchiveWriter:
    """Build an archive event by event; what was written is never changed, so every state is a prefix of the next."""

    def __init__(self, timestamp: int) -> None:
        """Begin an archive whose every entry carries this time, in Unix seconds."""
        self._timestamp = timestamp
        self._content = bytearray()
        self._parent: str | None = None
        self._height = 0
        self._last: EventType | None = None
        self._entry(_HEADER_NAME, dumps({"version": 1, "timestamp": str(timestamp)}).encode())

    @classmethod
    def resume(cls, archive: Archive) -> ArchiveWriter:
        """Continue a read archive at its end."""
        writer = cls(archive.timestamp)
        writer._replay(archive)
        return writer

    def getvalue(self) -> bytes:
        """Return the bytes written so far; a valid archive at every stage after the set-up."""
        return bytes(self._content)

    def setup(self, election: bytes, trustees: bytes, credentials: bytes) -> None:
        """Write the three objects that define the election and the Setup event."""
        hashes = [self._data(raw) for raw in (election, trustees, credentials)]
        names = ("election", "trustees", "credentials")
        self._event(EventType.SETUP, dumps(dict(zip(names, hashes, strict=True))).encode())

    def ballot(self, raw: bytes) -> None:
        """Write one ballot."""
        self._event(EventType.BALLOT, raw)

    def end_ballots(self) -> None:
        """Close the box."""
        self._event(EventType.END_BALLOTS, None)

    def encrypted_tally(self, tally: bytes, *, num_tallied: int, total_weight: int) -> None:
        """Write the encrypted tally with the number and the summed weight of the counted ballots."""
        sized = {
            "num_tallied": num_tallied,
            "total_weight": _weight_json(total_weight),
            "encrypted_tally": self._data(tally),
        }
        self._event(EventType.ENCRYPTED_TALLY, dumps(sized).encode())

    def partial_decryption(self, owner: int, payload: bytes) -> None:
        """Write the partial decryption of trustee ``owner`` (from 1)."""
        owned = {"owner": owner, "payload": self._data(payload)}
        self._event(EventType.PARTIAL_DECRYPTION, dumps(owned).encode())

    def result(self, payload: bytes) -> None:
        """Write the clear result."""
        self._event(EventType.RESULT, payload)

    def _event(self, kind: EventType, payload: bytes | None) -> None:
        if kind not in _NEXT[self._last]:
            raise BadArchive(reason="event out of order", event=kind, after=self._last)
        value: dict[str, Any] = {} if self._parent is None else {"parent": self._parent}
        value |= {"height": self._height, "type": kind.value}
        if payload is not None:
            value["payload"] = self._data(payload)
        body = dumps(value).encode()
        self._parent = sha256_hex(body)
        self._entry(self._parent + _EVENT, body)
        self._height += 1
        self._last = kind

    def _data(self, body: bytes) -> str:
        # Bytes that are already in the archive are written again: the outside tool does, and compares.
        digest = sha256_hex(body)
        self._entry(digest + _DATA, body)
        return digest

    def _entry(self, name: str, body: bytes) -> None:
        self._content += tar_entry(name, body, self._timestamp)

    def _replay(self, archive: Archive) -> None:
        self.setup(archive.election, archive.trustees, archive.credentials)
        for raw in archive.ballots:
            self.ballot(raw)
        if archive.ended:
            self.end_ballots()
        if archive.encrypted_tally is not None:
            self.encrypted_tally(archive.encrypted_tally, num_tallied=archive.num_tallied, total_weight=archive.total_weight)
        for owner, raw in archive.partial_decryptions:
            self.partial_decryption(owner, raw)
        if archive.result is not None:
            self.result(archive.result)


@dataclass
class Archive:
    """Hold what an archive contains, as the exact bytes of each object."""

    timestamp: int
    election: bytes = b""
    trustees: bytes = b""
    credentials: bytes = b""
    #: in the order of the box, repeated ballots included
    ballots: list[bytes] = field(default_factory=list)
    ended: bool = False
    encrypted_tally: bytes | None = None
    num_tallied: int = 0
    total_weight: int = 0
    partial_decryptions: list[tuple[int, bytes]] = field(default_factory=list)
    result: bytes | None = None
    #: SHA-256 of the last event, in hexadecimal
    head: str = ""
    #: number of events
    height: int = 0


def read_archive(raw: bytes) -> Archive:
    """Read an archive at any stage after its set-up; raise BadArchive unless writing it again gives the same bytes."""
    entries = list(tar_entries(raw))
    archive = _archive_of(raw, entries)
    _Rewriter(archive.timestamp, entries).compare(archive)
    return archive


def read_setup(raw: bytes) -> Archive:
    """Read the beginning of an archive, up to its set-up; raise BadArchive. What follows is not looked at."""
    entries = []
    for entry in tar_entries(raw):
        entries.append(entry)
        if entry[0].endswith(_EVENT):
            break
    return _archive_of(raw, entries)


class _Rewriter(ArchiveWriter):
    """Compare an archive with its regeneration, entry by entry, instead of making the bytes again.

    The entries' headers, padding and names (the hashes of their bodies) were checked when they were read, so equal names
    and bodies in equal order are equal bytes.
    """

    def __init__(self, timestamp: int, entries: list[tuple[str, bytes]]) -> None:
        self._rest = iter(entries)
        super().__init__(timestamp)

    def compare(self, archive: Archive) -> None:
        """Go through the events of the archive; raise BadArchive at the first difference."""
        self._replay(archive)
        if next(self._rest, None) is not None:
            raise BadArchive(reason="bytes differ from their regeneration")

    def _data(self, body: bytes) -> str:
        name, read = next(self._rest, ("", b""))
        if read != body or not name.endswith(_DATA):
            raise BadArchive(reason="bytes differ from their regeneration")
        return name.removesuffix(_DATA)

    def _entry(self, name: str, body: bytes) -> None:
        if next(self._rest, None) != (name, body):
            raise BadArchive(reason="bytes differ from their regeneration")


def is_extension(older: bytes, newer: bytes) -> bool:
    """Tell whether the newer archive only appends to the older one; both must have been read without error."""
    return newer.startswith(older)


def _archive_of(raw: bytes, entries: list[tuple[str, bytes]]) -> Archive:
    try:
        archive = _interpret(entries)
    except BadArchive:
        raise
    except Malformed as error:
        raise BadArchive(reason="entry", cause=str(error)) from error
    # Every header has the time of the first one; here that is the time which the archive states.
    if raw[:BLOCK] != tar_header(_HEADER_NAME, len(entries[0][1]), archive.timestamp):
        raise BadArchive(reason="time")
    return archive


def _interpret(entries: list[tuple[str, bytes]]) -> Archive:
    if not entries or entries[0][0] != _HEADER_NAME:
        raise BadArchive(reason="no header")
    version, timestamp = fields(loads_canonical(entries[0][1], 1000), ("version", "timestamp"), _HEADER_NAME)
    if version != 1:
        raise BadArchive(reason="version")
    archive = Archive(timestamp=int(decimal_text(timestamp, 11, "timestamp")))
    data: dict[str, bytes] = {}
    for name, body in entries[1:]:
        digest = sha256_hex(body)
        if name == digest + _DATA:
            data[digest] = body
        elif name == digest + _EVENT:
            _apply_event(archive, data, body)
            archive.head, archive.height = digest, archive.height + 1
        else:
            raise BadArchive(reason="name is not the hash of the content", name=name[:90])
    if not archive.height:
        raise BadArchive(reason="no set-up")
    return archive


def _apply_event(archive: Archive, data: dict[str, bytes], body: bytes) -> None:
    # Its spelling is compared when the archive is written again.
    value = loads(body, 1000)
    kind = text(value.get("type") if isinstance(value, dict) else None, "event.type")
    if kind == EventType.END_BALLOTS:
        archive.ended = True
        return
    payload = _lookup(data, value.get("payload"))
    if kind == EventType.SETUP:
        hashes = fields(loads_canonical(payload, 1000), ("election", "trustees", "credentials"), "setup")
        archive.election, archive.trustees, archive.credentials = (_lookup(data, h) for h in hashes)
    elif kind == EventType.BALLOT:
        archive.ballots.append(payload)
    elif kind == EventType.ENCRYPTED_TALLY:
        names = ("num_tallied", "total_weight", "encrypted_tally")
        tallied, weight, digest = fields(loads_canonical(payload, 1000), names, "sized tally")
        archive.num_tallied = small_integer(tallied, "num_tallied")
        archive.total_weight = _weight(weight)
        archive.encrypted_tally = _lookup(data, digest)
    elif kind == EventType.PARTIAL_DECRYPTION:
        owner, digest = fields(loads_canonical(payload, 1000), ("owner", "payload"), "owned")
        archive.partial_decryptions.append((small_integer(owner, "owner"), _lookup(data, digest)))
    elif kind == EventType.RESULT:
        archive.result = payload
    else:
        raise BadArchive(reason="unknown event", event=kind[:40])


def _weight_json(weight: int) -> int | str:
    # The outside tool's native integers end at 2^30 - 1; larger ones are strings.
    return weight if weight < 1 << 30 else str(weight)


def _weight(value: object) -> int:
    return int(decimal_text(value, 18, "total_weight")) if isinstance(value, str) else small_integer(value, "total_weight")


def _lookup(data: dict[str, bytes], digest: object) -> bytes:
    body = data.get(digest) if isinstance(digest, str) else None
    if body is None:
        raise BadArchive(reason="event refers to what is not there")
    return body
