"""Build the record package of a published election from the rows of the database; the same rows give the same bytes.

Source: app/verifier/README.md "The record package". The record of the complex is cut at the checkpoint that was signed with the
result, so that later entries do not change a package.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from app.ballots.errors import RecordNotReady
from app.ballots.queries import box_in_order, get_contest
from app.ballots.result import open_result
from app.ballots.types import BoxBallot, Contest
from app.ballots.weights import measure_of, weights_of
from app.board.queries import first_checkpoint_over, leaves_of_election, leaves_up_to
from app.board.services.keys import log_signing_key
from app.crypto.credentials import serialise_public_credentials
from app.crypto.encoding import sha256_hex
from app.crypto.tally import result_json
from app.elections.queries import encrypted_tallies, partial_decryptions
from app.elections.types import ElectionState
from app.roll.queries import get_snapshot
from app.statute.weight import Measure, Weight
from app.verifier.archives import ClosedElection, MeasureParts, archive_bytes
from app.verifier.leaves import parse_leaf
from app.verifier.package import RecordParts, package_files, zip_files
from app.verifier.possession import enrolment_hints


def record_parts(slug: str, uuid: str) -> RecordParts:
    """Collect what the package of a published election is written from.

    Raises: ElectionNotFound, RecordNotReady.
    """
    contest = get_contest(uuid)
    row = contest.row
    if row.state is not ElectionState.PUBLISHED or row.result is None or row.snapshot_id is None:
        raise RecordNotReady(election=uuid)
    box = box_in_order(row.id)
    closed = _closed(contest, box, weights_of(row))
    key = log_signing_key(slug)
    (stated,) = leaves_of_election(uuid, ("result",))
    checkpoint = first_checkpoint_over(stated.index)
    leaves = leaves_up_to(checkpoint.tree_size)
    return RecordParts(
        uuid=uuid,
        complex=slug,
        area=archive_bytes(closed, Measure.AREA),
        heads=archive_bytes(closed, Measure.HEADS),
        roll=get_snapshot(row.snapshot_id).body,
        leaves=leaves,
        checkpoint=checkpoint.note.encode(),
        key=str(key.verifier),
        result=row.result,
        hints=[ballot.commitments for ballot in box],
        enrolment_hints=enrolment_hints(uuid, (parse_leaf(raw, f"leaf {at}") for at, raw in enumerate(leaves))),
    )


def record_files(slug: str, uuid: str) -> dict[str, bytes]:
    """Return every file of the package by name."""
    return package_files(record_parts(slug, uuid))


def record_zip(slug: str, uuid: str) -> bytes:
    """Return the package as the zip file of the public download."""
    return zip_files(record_files(slug, uuid))


def kept_record_zip(slug: str, uuid: str, instance_path: str) -> Path:
    """Return the zip file of a published election, made once below the instance folder.

    Raises: ElectionNotFound, RecordNotReady.
    """
    result = get_contest(uuid).row.result
    if result is None:
        raise RecordNotReady(election=uuid)
    path = Path(instance_path) / "records" / f"{uuid}-{sha256_hex(result)[:16]}.zip"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed, so that nobody downloads half a file from another worker.
        with NamedTemporaryFile(dir=path.parent, delete=False) as aside:
            aside.write(record_zip(slug, uuid))
        Path(aside.name).replace(path)
    return path


def _closed(contest: Contest, box: list[BoxBallot], weights: Mapping[int, Weight]) -> ClosedElection:
    row = contest.row
    return ClosedElection(
        timestamp=int((row.opened_at or row.opens_at).timestamp()),
        election=contest.definition.raw,
        trustees=row.trustees_body or b"",
        ballots=[ballot.body for ballot in box],
        measures={measure: _measure_parts(contest, measure, weights) for measure in Measure},
    )


def _measure_parts(contest: Contest, measure: Measure, weights: Mapping[int, Weight]) -> MeasureParts:
    tally = encrypted_tallies(contest.row.id)[measure.value]
    given = partial_decryptions(contest.row.id)
    return MeasureParts(
        credentials=serialise_public_credentials(measure_of(weights, measure)),
        encrypted_tally=tally.body,
        num_tallied=tally.ballots,
        total_weight=tally.total_weight,
        partial_decryptions=[(part.index, part.body) for part in given if part.weight == measure.value],
        result=result_json(open_result(contest).totals[measure]),
    )
