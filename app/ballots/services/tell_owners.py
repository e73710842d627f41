"""Tell owners by text message that a vote of theirs is in the box, or counts; never what was chosen.

The messages are queued in the transaction of the act and leave with the next tick, so that no owner's receipt and no
publication waits for a gateway. Co-owners are told at once: whoever did not vote learns that somebody did for the unit.
"""

from __future__ import annotations

from datetime import datetime

from app.ballots.types import BallotRow
from app.elections.types import ElectionRow
from app.outbox.services.queue_message import queue_sms
from app.roll.queries import phones_of_voter
from app.roll.types import Entitlement
from app.tenancy.types import ComplexRow
from app.web.filters import groups, moment


def tell_of_cast(
    place: ComplexRow, election: ElectionRow, entitlement: Entitlement, ballot: BallotRow, *, again: bool, at: datetime
) -> int:
    """Queue the notice to every owner of the voter who left a number; return how many."""
    phones = _phones(election, entitlement.voter_number)
    act = "改过一次票，以这一次为准" if again else "投了票"
    when, code = moment(at), groups(ballot.receipt_code)
    for person_id, phone in phones:
        who = "您" if person_id == entitlement.person_id else "您家的共有人"
        text = (
            f"【{place.name}】{who}{when}在「{election.title}」{act}，收据号{code}。不是您或家人投的，请拨{place.help_phone}。"
        )
        queue_sms(phone, text, at=at, tenant=place.id, at_once=False)
    return len(phones)


def tell_of_result(place: ComplexRow, election: ElectionRow, voters: list[int], *, at: datetime) -> int:
    """Queue 「您的票已计入结果」 to the owners of every voter whose ballot counts; return how many messages."""
    numbers: set[str] = set()
    for voter in voters:
        numbers.update(phone for _person, phone in _phones(election, voter))
    text = f"【{place.name}】「{election.title}」计票结束，您的票已计入结果。结果和核对办法见小区网页的投票结果。"
    for phone in sorted(numbers):
        queue_sms(phone, text, at=at, tenant=place.id, at_once=False)
    return len(numbers)


def _phones(election: ElectionRow, voter: int) -> list[tuple[int, str]]:
    return phones_of_voter(election.snapshot_id, voter) if election.snapshot_id is not None else []
