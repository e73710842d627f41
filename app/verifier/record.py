"""Own the parsed view of what is verified: a record package, or a bare archive; every part is parsed once, on demand.

A part that cannot be parsed raises where it is asked for: VF01 asks for all of them and names it, and the checks that
need it then say that they could not look.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import TypeVar

from app.crypto.archive import Archive, read_archive, read_setup
from app.crypto.credentials import published_weights
from app.crypto.election import Election
from app.crypto.tally import EncryptedTally, PartialDecryption, parse_partial_decryption, parse_result, parse_tally
from app.crypto.trustees import Trustees, parse_trustees
from app.errors import DomainError, Malformed, VerificationFailed
from app.statute.weight import Measure
from app.tlog.notes import SignedNote, VerifierKey
from app.verifier.box import BoxContent, BoxOptions, BoxOutcome, begin_box, credential_of
from app.verifier.definition import Definition
from app.verifier.enrolment import Enrolment, derive_enrolment
from app.verifier.errors import Inconsistent, MalformedPart, NotLookedAt
from app.verifier.leaves import ElectionLeaf, Leaf, parse_leaf
from app.verifier.package import (
    CHECKPOINT,
    ENROLMENT_HINTS,
    HINTS,
    KEY,
    LEAVES,
    ROLL,
    RecordPackage,
    archive_name,
    decode_hints,
    split_leaves,
)
from app.verifier.parallel import Workers
from app.verifier.possession import Claim, possession_claims
from app.verifier.roll import Roll

Kind = TypeVar("Kind", bound=ElectionLeaf)
MEASURES = (Measure.AREA, Measure.HEADS)
#: Both lists are wanted before the archives are read whole, and after.
_listed = lru_cache(maxsize=4)(published_weights)


class Record:
    """Give every check the parts it needs."""

    def __init__(self, package: RecordPackage | None, bare: bytes | None, options: BoxOptions) -> None:
        """Hold a package, or a bare archive of the outside tool in its place."""
        self.package, self.options = package, options
        self._bare = bare
        self._box: Callable[[], BoxOutcome] | None = None

    @property
    def is_bare(self) -> bool:
        """Tell whether this is one archive without roll, board and result."""
        return self.package is None

    def file(self, name: str) -> bytes:
        """Return a file of the package.

        :raises NotLookedAt: it is not there
        """
        content = self.package.files.get(name) if self.package is not None else None
        if content is None:
            raise NotLookedAt(f"缺少文件{name}。", f"The file {name} is missing.")
        return content

    @cached_property
    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of every file of the package, in hexadecimal."""
        files = self.package.files if self.package is not None else {}
        return {name: sha256(content).hexdigest() for name, content in files.items()}

    def digest(self, name: str) -> str:
        """Return the SHA-256 of a file of the package.

        :raises NotLookedAt: it is not there
        """
        self.file(name)
        return self.digests[name]

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Return the weight maps there are archives for."""
        return MEASURES[:1] if self.is_bare else MEASURES

    @cached_property
    def main(self) -> Archive:
        """Return the first archive; VF01 and VF16 show that the other holds the same election and ballots."""
        return self._read(Measure.AREA)

    @cached_property
    def archives(self) -> dict[Measure, Archive]:
        """Return the archive of each weight map."""
        return {measure: self.main if measure is Measure.AREA else self._read(measure) for measure in self.measures}

    def _read(self, measure: Measure) -> Archive:
        return read_archive(self._raw(measure))

    def _raw(self, measure: Measure) -> bytes:
        return self._bare if self._bare is not None else self.file(archive_name(str(measure), self.uuid))

    @cached_property
    def uuid(self) -> str:
        """Return the uuid of the election."""
        return self.package.manifest.election if self.package is not None else self.election.uuid

    @cached_property
    def election(self) -> Election:
        """Return the definition of the election.

        :raises Malformed: it cannot be read, or its public key is no key at all
        """
        try:
            return Election.parse(self.main.election)
        except VerificationFailed as error:
            raise MalformedPart(where="election.json", reason=error.code) from error

    @cached_property
    def definition(self) -> Definition:
        """Return what the description binds."""
        return Definition.parse(self.election.description)

    @cached_property
    def trustees(self) -> Trustees:
        """Return the trustees' public keys."""
        return parse_trustees(self.main.trustees, self.election.group)

    @cached_property
    def roll(self) -> Roll:
        """Return the frozen roll."""
        return Roll.parse(self.file(ROLL))

    @cached_property
    def leaf_bytes(self) -> list[bytes]:
        """Return the bytes of every leaf of the complex."""
        return split_leaves(self.file(LEAVES))

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return every leaf of the complex."""
        return tuple(parse_leaf(raw, f"leaf {at}") for at, raw in enumerate(self.leaf_bytes))

    @cached_property
    def own_leaves(self) -> tuple[Leaf, ...]:
        """Return the leaves of this election, in order, also those of unknown kind."""
        return tuple(leaf for leaf in self.leaves if getattr(leaf, "election", None) == self.uuid)

    def of(self, kind: type[Kind]) -> list[Kind]:
        """Return this election's leaves of one kind, in order."""
        return [leaf for leaf in self.own_leaves if isinstance(leaf, kind)]

    def only(self, kind: type[Kind]) -> Kind:
        """Return this election's one leaf of a kind.

        :raises Inconsistent: there is none, or more than one
        """
        found = self.of(kind)
        if len(found) != 1:
            zh = f"公开记录里{kind.TYPE}应恰有一条，实有{len(found)}条。"
            raise Inconsistent(zh, f"The record should have one leaf {kind.TYPE}, it has {len(found)}.", len(found))
        return found[0]

    @cached_property
    def log_key(self) -> VerifierKey:
        """Return the key of the log."""
        return VerifierKey.parse(self.file(KEY).decode("utf-8", "replace").removesuffix("\n"))

    @cached_property
    def checkpoint_note(self) -> SignedNote:
        """Return the newest checkpoint as a note, its signature not yet checked."""
        return SignedNote.parse(self.file(CHECKPOINT))

    def begin(self) -> Workers[BoxContent]:
        """Begin the long work in the returned workers; what cannot begin is named by the check that asks for it."""
        try:
            workers = Workers(self.options.processes(), self._content)
        except DomainError:
            return Workers(1, BoxContent(b"", (), ()))
        try:
            self._box = begin_box(self._content, self._weights(), self.options, workers)
        except DomainError:
            return workers
        return workers

    @cached_property
    def _content(self) -> BoxContent:
        hints = self._hints(HINTS)
        kept = hints if len(hints) == len(self.main.ballots) else ()
        return BoxContent(self.main.election, self.main.ballots, kept, self._claims())

    def _claims(self) -> Sequence[Claim]:
        try:
            return possession_claims(self.uuid, self.enrolment, self._hints(ENROLMENT_HINTS)) if not self.is_bare else ()
        except DomainError:
            # VF07 asks for the enrolments again, and says what is wrong with them.
            return ()

    def _hints(self, name: str) -> Sequence[memoryview]:
        """Return kept commitments, or nothing when there are none or they are unreadable: they are never trusted."""
        raw = self.package.files.get(name) if self.package is not None and self.options.use_hints else None
        try:
            return decode_hints(raw) if raw is not None else ()
        except Malformed:
            return ()

    def _weights(self) -> list[tuple[int, int]]:
        # The whole second archive is read while the box is examined; if it is sound, its set-up says the same then.
        area, heads = _listed(self.main.credentials, self.election.group), {}
        if not self.is_bare:
            heads = _listed(read_setup(self._raw(Measure.HEADS)).credentials, self.election.group)
        return [
            (area.get(signer, 0), heads.get(signer, 0)) if counts else (0, 0)
            for signer, counts in zip(self.signers, self.counted, strict=True)
        ]

    @cached_property
    def box(self) -> BoxOutcome:
        """Return the outcome of every ballot and enrolment; nearly all the time of a verification."""
        if self._box is not None:
            return self._box()
        return begin_box(self._content, self._weights(), self.options, Workers(1, self._content))()

    @cached_property
    def enrolment(self) -> Enrolment:
        """Return who may sign, by the leaves."""
        return derive_enrolment(self.own_leaves)

    @cached_property
    def credentials(self) -> dict[Measure, dict[str, int]]:
        """Return the published weight of each credential (decimal text) in each archive."""
        return {measure: _listed(archive.credentials, self.election.group) for measure, archive in self.archives.items()}

    @cached_property
    def signers(self) -> list[str]:
        """Return the credential of every ballot in the order of the box; empty text where there is none to see."""
        return [credential_of(raw) for raw in self.main.ballots]

    @cached_property
    def counted(self) -> list[bool]:
        """Tell for every ballot whether it is the last of its credential."""
        last = {signer: place for place, signer in enumerate(self.signers)}
        return [bool(signer) and last[signer] == place for place, signer in enumerate(self.signers)]

    @cached_property
    def tallies(self) -> dict[Measure, EncryptedTally]:
        """Return the published encrypted tally of each archive.

        :raises NotLookedAt: an archive has none yet
        """
        return {measure: parse_tally(self.election, _present(archive.encrypted_tally)) for measure, archive in self._each()}

    @cached_property
    def partials(self) -> dict[Measure, list[tuple[int, PartialDecryption]]]:
        """Return the published partial decryptions of each archive with their owners."""
        return {
            measure: [(owner, parse_partial_decryption(self.election, raw)) for owner, raw in archive.partial_decryptions]
            for measure, archive in self._each()
        }

    @cached_property
    def totals(self) -> dict[Measure, list[list[int]]]:
        """Return the published clear totals of each archive, per question and choice.

        :raises NotLookedAt: an archive has none yet
        """
        return {measure: parse_result(self.election, _present(archive.result)) for measure, archive in self._each()}

    def _each(self) -> list[tuple[Measure, Archive]]:
        return list(self.archives.items())


def _present(raw: bytes | None) -> bytes:
    if raw is None:
        raise NotLookedAt("档案还没有结束。", "The archive is not finished.")
    return raw
