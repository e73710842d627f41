"""Own the workshop that damages a good record and mends every hash around the damage, so that only one check can see it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from app.crypto.archive import Archive, ArchiveWriter, read_archive
from app.crypto.ballots import parse_ballot
from app.crypto.credentials import parse_public_credentials
from app.crypto.election import Election
from app.crypto.encoding import b64_sha, dumps, sha256_hex
from app.crypto.proofs import prove_log
from app.crypto.tally import combine, encrypted_tally, result_json, tally_json, total_weight
from app.statute.weight import Measure, Weight
from app.tlog.checkpoints import Checkpoint, sign_checkpoint
from app.tlog.merkle import frontier_of, leaf_hash
from app.verifier.box import BoxOptions
from app.verifier.canonical import canonical_json
from app.verifier.definition import Definition
from app.verifier.package import (
    CHECKPOINT,
    HINTS,
    LEAVES,
    MANIFEST,
    RESULT,
    ROLL,
    Manifest,
    RecordPackage,
    archive_name,
    decode_hints,
    encode_hints,
    package_files,
    with_manifest,
)
from app.verifier.report import Report
from app.verifier.result import result_json as legal_result_json
from app.verifier.roll import Roll
from app.verifier.simulate import Simulation
from app.verifier.verify import verify_package

Json = dict[str, Any]


class Forge:
    """Hold a record taken apart; change what you like, then ``verify``."""

    def __init__(self, simulation: Simulation) -> None:
        self.secrets = simulation.secrets
        self.uuid = simulation.parts.uuid
        self.files = package_files(simulation.parts)
        self.archives: dict[Measure, Archive] = {
            measure: read_archive(self.files[archive_name(str(measure), self.uuid)]) for measure in Measure
        }
        self.leaves: list[Json] = [json.loads(line) for line in self.files[LEAVES].splitlines()]
        self.hints = [bytes(each) for each in decode_hints(self.files.get(HINTS, b""))]
        self.resign = True

    def copy(self) -> Forge:
        """Return a twin to be damaged."""
        twin = object.__new__(Forge)
        twin.__dict__.update({**self.__dict__, "files": dict(self.files), "hints": list(self.hints)})
        twin.archives, twin.leaves = deepcopy(self.archives), deepcopy(self.leaves)
        return twin

    # --- looking ----------------------------------------------------------------------------------------------------

    @property
    def election(self) -> Election:
        return Election.parse(self.archives[Measure.AREA].election)

    def of(self, kind: str) -> list[Json]:
        """Return the leaves of one kind."""
        return [leaf for leaf in self.leaves if leaf["type"] == kind]

    @property
    def box(self) -> list[bytes]:
        return self.archives[Measure.AREA].ballots

    # --- ballots ----------------------------------------------------------------------------------------------------

    def replace_ballot(self, at: int, raw: bytes) -> None:
        """Put another ballot in the place of one, in both archives and on the record."""
        for archive in self.archives.values():
            archive.ballots[at] = raw
        leaf = self.of("ballot")[at]
        leaf.update(tracker=b64_sha(raw), credential=json.loads(raw)["credential"])

    def drop_ballot(self, at: int) -> None:
        """Take a ballot out of both archives and off the record."""
        for archive in self.archives.values():
            del archive.ballots[at]
        del self.hints[at]
        gone = self.of("ballot")[at]
        self.leaves = [leaf for leaf in self.leaves if leaf is not gone]
        self._number_ballots()

    def append_ballot(self, raw: bytes) -> None:
        """Put a ballot at the end of both archives and of the record's ballots."""
        for archive in self.archives.values():
            archive.ballots.append(raw)
        self.hints.append(b"")
        (closed,) = self.of("closed")
        names = {"tracker": b64_sha(raw), "credential": json.loads(raw)["credential"], "n": len(self.box)}
        leaf = {"type": "ballot", "at": closed["at"], "election": self.uuid, **names}
        self.leaves.insert(self.leaves.index(closed), leaf)

    def _number_ballots(self) -> None:
        for number, leaf in enumerate(self.of("ballot"), 1):
            leaf["n"] = number

    def change_ballot(self, at: int, change: Callable[[Json], None], *, resign: bool = True) -> None:
        """Change one ballot's content; by default its hash and signature are made right again by its own credential."""
        value = json.loads(self.box[at])
        change(value)
        self.replace_ballot(at, self.signed(value) if resign else dumps(value).encode())

    def signed(self, value: Json) -> bytes:
        """Sign a ballot's content with the credential it names."""
        body = {name: content for name, content in value.items() if name != "signature"}
        digest = b64_sha(dumps(body))
        secret = self.secrets.credentials[value["credential"]].secret.value
        proof = prove_log(self.election.group, secret, f"sig|{digest}|", secrets.randbelow)
        return dumps({**body, "signature": {"hash": digest, "proof": proof.to_json()}}).encode()

    # --- mending ----------------------------------------------------------------------------------------------------

    def retally(self) -> None:
        """Add up the box as it is, decrypt it with the real shares, and publish the result that follows."""
        election, held = self.election, self.secrets.ceremony
        ballots = [parse_ballot(election, raw) for raw in self.box]
        totals: dict[Measure, list[list[int]]] = {}
        for measure, archive in self.archives.items():
            weights = parse_public_credentials(archive.credentials, election.group)
            tally = encrypted_tally(election, ballots, weights)
            archive.total_weight = total_weight(ballots, weights)
            archive.num_tallied = len({ballot.credential for ballot in ballots})
            archive.encrypted_tally = tally_json(tally)
            owners = [owner for owner, _ in archive.partial_decryptions]
            partials = {
                owner: held.keys[owner - 1].decrypt(election, tally, held.shares[owner - 1], secrets.randbelow)
                for owner in owners
            }
            archive.partial_decryptions = [(owner, partial.to_json()) for owner, partial in partials.items()]
            totals[measure] = combine(election, held.trustees.threshold, tally, partials, archive.total_weight)
            archive.result = result_json(totals[measure])
        self.publish(totals)

    def publish(self, totals: dict[Measure, list[list[int]]]) -> None:
        """Write the legal result of totals and let the record follow the archives."""
        area, heads = self.archives[Measure.AREA], self.archives[Measure.HEADS]
        definition = Definition.parse(self.election.description)
        roll = Roll.parse(self.files[ROLL])
        participating = Weight.of(area.total_weight, heads.total_weight)
        self.files[RESULT] = legal_result_json(self.election, definition, roll.totals, participating, totals)
        self.follow()

    def follow(self) -> None:
        """Let the leaves after closing name what the archives and result.json hold."""
        area, heads = self.archives[Measure.AREA], self.archives[Measure.HEADS]
        (closed,) = self.of("closed")
        replaced = {leaf["old"] for leaf in self.of("replaced")}
        signers = {json.loads(raw)["credential"] for raw in self.box}
        closed.update(ballots=len(self.box), effective=len(signers - replaced))
        (tally,) = self.of("tally")
        tally.update(area=sha256_hex(area.encrypted_tally or b""), heads=sha256_hex(heads.encrypted_tally or b""))
        for leaf in self.of("partial_decryption"):
            for measure, archive in self.archives.items():
                found = [raw for owner, raw in archive.partial_decryptions if owner == leaf["index"]]
                leaf[str(measure)] = sha256_hex(found[-1]) if found else "0" * 64
        (result,) = self.of("result")
        result["sha256"] = sha256_hex(self.files[RESULT])

    # --- putting together -------------------------------------------------------------------------------------------

    def set_roll(self, change: Callable[[Json], None]) -> None:
        """Change roll.json alone."""
        value = json.loads(self.files[ROLL])
        change(value)
        self.files[ROLL] = canonical_json(value)

    def build(self) -> dict[str, bytes]:
        """Return the files of the damaged record with archives, tree, checkpoint and manifest made right."""
        files = dict(self.files)
        for measure, archive in self.archives.items():
            name = archive_name(str(measure), self.uuid)
            if name in files:
                files[name] = ArchiveWriter.resume(archive).getvalue()
        if self.resign:
            raw = [canonical_json(leaf) for leaf in self.leaves]
            files[LEAVES] = b"".join(leaf + b"\n" for leaf in raw)
            checkpoint = Checkpoint.of(self.secrets.log.name, frontier_of(map(leaf_hash, raw)))
            files[CHECKPOINT] = sign_checkpoint(checkpoint, self.secrets.log)
        files[HINTS] = encode_hints(self.hints)
        return with_manifest(files, self.uuid, json.loads(files[MANIFEST])["complex"])

    def verify(self, *, use_hints: bool = True) -> Report:
        """Build and verify."""
        return verify_files(self.build(), use_hints=use_hints)


def verify_files(files: dict[str, bytes], *, use_hints: bool = True) -> Report:
    """Verify a package given by its files."""
    package = RecordPackage(Manifest.parse(files[MANIFEST]), files)
    return verify_package(package, BoxOptions(use_hints=use_hints, jobs=1))
