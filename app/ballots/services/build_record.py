"""Build the record package of a published election from the rows of the database; the same rows give the same bytes.

Source: contracts/cli.md "The record package". The record of the complex is cut at the checkpoint that was signed with the
result, so that later entries do not change a package.
"""

from __future__ import annotations

from app.ballots.errors import RecordNotReady
from app.ballots.queries import box_in_order, get_contest
from app.ballots.result import open_result
from app.ballots.types import BoxBallot, Contest
from app.ballots.weights import measure_of, weights_of
from app.board.queries import first_checkpoint_over, leaves_of_election, leaves_up_to
from app.board.services.keys import log_signing_key
from app.crypto.archive import ArchiveWriter
from app.crypto.credentials import serialise_public_credentials
from app.crypto.tally import result_json
from app.elections.queries import encrypted_tallies, partial_decryptions
from app.elections.types import ElectionState
from app.roll.queries import get_snapshot
from app.statute.weight import Measure, Weight
from app.verifier.package import RecordParts, package_files, zip_files


def record_parts(slug: str, uuid: str) -> RecordParts:
    """Collect what the package of a published election is written from.

    Raises: ElectionNotFound, RecordNotReady.
    """
    contest = get_contest(uuid)
    row = contest.row
    if row.state is not ElectionState.PUBLISHED or row.result is None or row.snapshot_id is None:
        raise RecordNotReady(election=uuid)
    box = box_in_order(row.id)
    weights = weights_of(row)
    key = log_signing_key(slug)
    (stated,) = leaves_of_election(uuid, ("result",))
    checkpoint = first_checkpoint_over(stated.index)
    return RecordParts(
        uuid=uuid,
        complex=slug,
        area=_archive(contest, Measure.AREA, box, weights),
        heads=_archive(contest, Measure.HEADS, box, weights),
        roll=get_snapshot(row.snapshot_id).body,
        leaves=leaves_up_to(checkpoint.tree_size),
        checkpoint=checkpoint.note.encode(),
        key=str(key.verifier),
        result=row.result,
        hints=[ballot.commitments for ballot in box],
    )


def record_files(slug: str, uuid: str) -> dict[str, bytes]:
    """Return every file of the package by name."""
    return package_files(record_parts(slug, uuid))


def record_zip(slug: str, uuid: str) -> bytes:
    """Return the package as the zip file of the public download."""
    return zip_files(record_files(slug, uuid))


def _archive(contest: Contest, measure: Measure, box: list[BoxBallot], weights: dict[int, Weight]) -> bytes:
    row = contest.row
    tally = encrypted_tallies(row.id)[measure.value]
    writer = ArchiveWriter(int((row.opened_at or row.opens_at).timestamp()))
    credentials = serialise_public_credentials(measure_of(weights, measure))
    writer.setup(contest.definition.raw, row.trustees_body or b"", credentials)
    for ballot in box:
        writer.ballot(ballot.body)
    writer.end_ballots()
    writer.encrypted_tally(tally.body, num_tallied=tally.ballots, total_weight=tally.total_weight)
    for part in partial_decryptions(row.id):
        if part.weight == measure.value:
            writer.partial_decryption(part.index, part.body)
    writer.result(result_json(open_result(contest).totals[measure]))
    return writer.getvalue()
