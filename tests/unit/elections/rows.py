"""Own rows of elections as plain values, for tests of the pure parts."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.elections.types import (
    CandidateRow,
    ElectionKind,
    ElectionRow,
    ElectionState,
    MatterRow,
    Party,
    TrusteeRow,
)
from app.statute.policies import Policies
from app.statute.rule_pack import Matter
from app.values.clock import CHINA

NOW = datetime(2027, 5, 20, 12, 0, tzinfo=CHINA)


def candidates(number: int) -> tuple[CandidateRow, ...]:
    """Make candidates with different names."""
    return tuple(CandidateRow(100 + place, place, f"候选{place}", f"{place + 1}栋", "") for place in range(number))


def hire(title: str = "续聘江南物业服务公司") -> MatterRow:
    """Make an ordinary matter."""
    return MatterRow(1, 0, Matter.HIRE, title, "合同三年。")


def elect(seats: int, stand: tuple[CandidateRow, ...]) -> MatterRow:
    """Make an election matter."""
    return MatterRow(2, 0, Matter.ELECT, "选举第三届业主委员会委员", "", seats, stand)


def trustees() -> tuple[TrusteeRow, ...]:
    """Make three trustees who have given nothing."""
    names = ("青岚社区居委会", "江城社工服务中心", "换届小组")
    return tuple(
        TrusteeRow(10 + index, index, name, party, 1000 + index)
        for index, (name, party) in enumerate(zip(names, Party, strict=True), start=1)
    )


def an_election(state: ElectionState = ElectionState.DRAFT) -> ElectionRow:
    """Make a complete draft of a renewal that opens in two days for two weeks."""
    opens_at = NOW + timedelta(days=2)
    return ElectionRow(
        id=1,
        uuid="HJ5vbqvQ6fVYg7",
        kind=ElectionKind.RENEWAL,
        title="第三届业委会换届投票",
        state=state,
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=14),
        policies=dict(Policies()),
        rule_pack="civil_code_2021",
        snapshot_id=None,
        announcement=None if state is ElectionState.DRAFT else b"{}",
        announcement_sha256=None,
        definition=None,
        fingerprint=None,
        trustees_body=None,
        rehearsal=None,
        result=None,
        created_by=1,
        created_at=NOW,
        announced_at=None,
        opened_at=None,
        closed_at=None,
        published_at=None,
        withdrawn_at=None,
        withdrawal_reason="",
        matters=(hire(), elect(5, candidates(7))),
        trustees=trustees(),
    )
