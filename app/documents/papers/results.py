"""Own the papers of the result: the record of the count (N12), the preliminary result (N13) and the final one (N14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from app.documents.papers.base import Paper, PaperCode, PaperSize
from app.documents.papers.blocks import MatterOutcome, Member, Signer, Totals
from app.documents.print_charts import printed_bars, printed_gauge


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Hold what became of the ballots; printed = returned + not returned + void."""

    #: Electronic ballots that count.
    electronic: int
    #: Paper ballots handed out.
    printed: int
    returned: int
    not_returned: int
    void: int
    valid: int
    invalid: int
    #: Paper ballots of owners who had voted by phone; counted once.
    duplicate: int

    def __post_init__(self) -> None:
        if self.printed != self.returned + self.not_returned + self.void:
            raise ValueError("the paper ballots do not add up: printed = returned + not returned + void")
        if self.returned != self.valid + self.invalid + self.duplicate:
            raise ValueError("the returned ballots do not add up: returned = valid + invalid + duplicate")


@dataclass(frozen=True, slots=True)
class InvalidReason:
    """Hold how many ballots were invalid for one reason."""

    reason: str
    ballots: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRecord(Paper):
    """Be N12 计票记录表."""

    code: ClassVar[PaperCode] = PaperCode.COUNT_RECORD
    name: ClassVar[str] = "计票记录表"

    vote_title: str
    opened_at: datetime
    closed_at: datetime
    counted_at: datetime
    place: str
    #: Seal of the electronic box as it was read aloud, in groups; empty without an electronic box.
    seal: str
    totals: Totals
    ballots: Reconciliation
    invalid: tuple[InvalidReason, ...]
    matters: tuple[MatterOutcome, ...]
    #: What happened during the count; empty where nothing did.
    remarks: tuple[str, ...]
    signers: tuple[Signer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreliminaryResult(Paper):
    """Be N13 初步结果公示 with the right to object."""

    code: ClassVar[PaperCode] = PaperCode.PRELIMINARY_RESULT
    name: ClassVar[str] = "投票初步结果公示"
    size: ClassVar[PaperSize] = PaperSize.A3

    vote_title: str
    closed_at: datetime
    matters: tuple[MatterOutcome, ...]
    totals: Totals
    posted_on: date
    objections_until: date
    #: How to object, one sentence each.
    how_to_object: tuple[str, ...]
    supervisor: str

    def derived(self) -> dict[str, object]:
        """Return the charts of each matter."""
        return {"charts": [_charts(matter) for matter in self.matters]}


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalResult(Paper):
    """Be N14 结果公告."""

    code: ClassVar[PaperCode] = PaperCode.FINAL_RESULT
    name: ClassVar[str] = "投票结果公告"

    vote_title: str
    closed_at: datetime
    matters: tuple[MatterOutcome, ...]
    totals: Totals
    #: What became of objections to the preliminary result, in plain words.
    objections: str
    #: Elected members and alternates; empty where nobody was elected.
    members: tuple[Member, ...] = ()
    #: Term of those elected, in plain words; empty where nobody was elected.
    term: str = ""
    #: When the decision takes effect, filing, hand-over: one sentence each.
    next_steps: tuple[str, ...] = ()

    def derived(self) -> dict[str, object]:
        """Return the bars of each candidate; the gauges hang on the notice board with the preliminary result."""
        return {"charts": [_charts(matter) | {"gauges": ()} for matter in self.matters]}


def _charts(matter: MatterOutcome) -> dict[str, object]:
    """Draw the gauges of a matter (who came, then who agreed) and a pair of bars for each candidate."""
    readings = [matter.came_heads, matter.came_area]
    if matter.options:
        readings += [matter.options[0].heads, matter.options[0].area]
    return {
        "gauges": [printed_gauge(reading, matter.sentence) for reading in readings],
        "bars": [printed_bars(each.heads, each.area, each.name) for each in matter.candidates],
    }
