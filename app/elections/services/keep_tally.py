"""Keep the encrypted sums and the trustees' parts of a closed election, byte for byte, once each."""

from __future__ import annotations

from sqlalchemy import select

from app.db.session import db
from app.elections.models import EncryptedTally, PartialDecryption
from app.elections.services.load_election import locked_in_state
from app.elections.types import ElectionState, PartialRow, TallyRow


def keep_tally(uuid: str, tally: TallyRow) -> None:
    """Keep the encrypted sum of the box under one weight; the caller has made it from the verified ballots.

    Raises: ElectionStateWrong unless the election is closed; IntegrityError when this weight has one already.
    """
    election = locked_in_state(uuid, ElectionState.CLOSED)
    db.session.add(
        EncryptedTally(
            election_id=election.id,
            weight=tally.weight,
            body=tally.body,
            ballots=tally.ballots,
            total_weight=tally.total_weight,
        )
    )
    db.session.flush()


def keep_partial_decryption(uuid: str, partial: PartialRow) -> bool:
    """Keep one trustee's verified part for one weight; return False when it was given before, which then stays.

    Raises: ElectionStateWrong unless the election is closed.
    """
    election = locked_in_state(uuid, ElectionState.CLOSED)
    given = select(PartialDecryption.id).where(
        PartialDecryption.election_id == election.id,
        PartialDecryption.position == partial.index,
        PartialDecryption.weight == partial.weight,
    )
    if db.session.scalar(given) is not None:
        return False
    db.session.add(
        PartialDecryption(
            election_id=election.id,
            position=partial.index,
            weight=partial.weight,
            body=partial.body,
            at=partial.at,
        )
    )
    db.session.flush()
    return True
