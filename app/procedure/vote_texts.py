"""Own the words a vote takes over from its procedure, so that nobody types them again.

Pure; Chinese, because they are what is announced and printed. Seats come from the procedure, years from the policies.
"""

from __future__ import annotations

from app.elections.services.save_matter import MatterText
from app.elections.types import ElectionKind
from app.procedure.types import Dossier, ProcedureKind
from app.values.numerals import chinese_number

#: Kind of procedure to the kind of its vote.
VOTE_KINDS: dict[ProcedureKind, ElectionKind] = {
    ProcedureKind.FIRST_ELECTION: ElectionKind.FIRST_ELECTION,
    ProcedureKind.RENEWAL: ElectionKind.RENEWAL,
    ProcedureKind.BY_ELECTION: ElectionKind.BY_ELECTION,
    ProcedureKind.RECALL: ElectionKind.RECALL,
    ProcedureKind.DECISION: ElectionKind.DECISION,
    ProcedureKind.EXTRAORDINARY: ElectionKind.DECISION,
}


def next_committee(dossier: Dossier) -> int:
    """Return the number of the committee that a formation or renewal elects; for a by-election that of the present one."""
    if dossier.term is None:
        return 1
    return dossier.term.number + (1 if dossier.procedure.kind is ProcedureKind.RENEWAL else 0)


def vote_title(dossier: Dossier) -> str:
    """Return the title of the vote, 「第三届业主委员会换届投票」."""
    number = chinese_number(next_committee(dossier))
    titles = {
        ProcedureKind.FIRST_ELECTION: "首次业主大会会议投票",
        ProcedureKind.RENEWAL: f"第{number}届业主委员会换届投票",
        ProcedureKind.BY_ELECTION: f"第{number}届业主委员会补选投票",
        ProcedureKind.RECALL: f"第{number}届业主委员会委员罢免投票",
    }
    return titles.get(dossier.procedure.kind, f"{dossier.procedure.title}投票")


def election_text(dossier: Dossier, complex_name: str, term_years: str) -> MatterText:
    """Return the matter in which candidates stand for the seats of the procedure."""
    seats, number = dossier.procedure.seats or 0, chinese_number(next_committee(dossier))
    if dossier.procedure.kind is ProcedureKind.BY_ELECTION:
        title, term = f"补选第{number}届业主委员会委员", "任期到本届届满为止"
    else:
        title, term = f"选举{complex_name}第{number}届业主委员会委员", f"任期{term_years}年"
    summary = f"应选委员 {seats} 名，{term}。请在候选人中选择，最多选 {seats} 位。候选人的照片和简介见各人一栏。"
    return MatterText(title, summary, seats)


def recall_text(dossier: Dossier, member_name: str, reasons: str, reply: str) -> MatterText:
    """Return the matter that asks whether a member is recalled; both sides are heard on the ballot itself."""
    number = chinese_number(next_committee(dossier))
    answer = f"当事委员的答复：{reply}" if reply else "当事委员没有在期限内答复。"
    return MatterText(f"罢免{member_name}的第{number}届业主委员会委员职务", f"提议的理由：{reasons}\n{answer}")


def proposal_text(dossier: Dossier) -> MatterText | None:
    """Return the words of the matter that was proposed; None where the template of its kind stands."""
    fact = dossier.facts.get("proposal")
    if fact is None or "title" not in fact.details:
        return None
    return MatterText(str(fact.details["title"]), str(fact.details["summary"]))
