"""Own what keeps the steps of the committee's changes and of the owners' own proposals from being done.

Pure. Sources: 指导规则 21 (a fifth), 44 (reply), 45-46 (hand-over, alternates, re-election below one half), 51 and 58 (who
calls the vote where the committee may not); P-RESTRICT.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.committee.rules import Remedy, Standing, attrition_of, mandate_of, term_on
from app.procedure.blocking import Blocker, Rule
from app.procedure.leavers import waiting_leavers
from app.procedure.petitioning import conditions_of, reply_until, statement_of
from app.procedure.progress import standing_vote
from app.procedure.types import Dossier, ProcedureKind
from app.statute.policies import Policies
from app.statute.rule_pack import Matter
from app.statute.timeline_output import date_text
from app.statute.weight import Measure

#: Kinds whose vote the committee calls.
_CALLED_BY_THE_COMMITTEE = frozenset(
    {ProcedureKind.BY_ELECTION, ProcedureKind.RECALL, ProcedureKind.DECISION, ProcedureKind.EXTRAORDINARY}
)


def require_vacancy(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Ask for a seat that only a by-election can fill: alternates first, and below one half the whole committee."""
    if dossier.procedure.kind is not ProcedureKind.BY_ELECTION or dossier.term is None:
        return
    attrition = attrition_of(dossier.term, dossier.pack)
    if attrition.remedy is Remedy.NONE:
        yield Blocker("no_seat_free", may_override=False)
    elif attrition.remedy is Remedy.MOVE_UP:
        yield Blocker("alternates_first", {"names": "、".join(row.name for row in dossier.term.alternates)})
    elif attrition.remedy is Remedy.RE_ELECTION:
        yield Blocker("re_election_due", {"serving": attrition.serving, "seats": attrition.seats})


def require_same_vacancies(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Ask for the vacancies of today before the vote that fills them is announced."""
    if dossier.procedure.kind is not ProcedureKind.BY_ELECTION or dossier.term is None:
        return
    now, then = dossier.term.vacancies, dossier.procedure.seats or 0
    if now != then:
        yield Blocker("vacancies_changed", {"now": now, "then": then}, may_override=False)


def require_handover(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Ask every leaver for the hand-over."""
    waiting = waiting_leavers(dossier)
    if waiting:
        yield Blocker("leavers_wait", {"names": "、".join(row.name for row in waiting)})


def require_reasons(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Ask for the reasons that everybody is to read."""
    if not statement_of(dossier, "reasons"):
        yield Blocker("reasons_missing", may_override=False)


def require_fifth(dossier: Dossier, _today: date) -> Iterator[Blocker]:
    """Ask for the share of area and heads that a petition needs, with exactly what is missing."""
    for condition in conditions_of(dossier):
        if condition.holds:
            continue
        code = "petition_heads_short" if condition.measure is Measure.HEADS else "petition_area_short"
        values = {
            "signed": condition.quantity(condition.part),
            "total": condition.quantity(condition.whole),
            "missing": condition.quantity(condition.missing),
            "share": f"{condition.required.numerator}/{condition.required.denominator}",
        }
        yield Blocker(code, values, may_override=False)


def require_time_to_reply(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Give the member concerned the days to reply, unless the reply is there."""
    until = reply_until(dossier)
    if until is not None and today <= until and not statement_of(dossier, "reply"):
        yield Blocker("reply_time_runs", {"until": date_text(until)})


def require_mandate(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Hold the vote to what the committee that calls it may still do on this day."""
    if dossier.procedure.kind not in _CALLED_BY_THE_COMMITTEE:
        return
    pack = dossier.pack
    mandate = mandate_of(term_on(dossier.terms, today), today, pack)
    if mandate.term is None:
        return
    if mandate.standing is Standing.EXPIRED:
        yield Blocker("committee_expired", {"ends_on": date_text(mandate.term.ends_on)})
    elif mandate.standing is Standing.TOO_FEW:
        yield Blocker("committee_too_few", {"serving": len(mandate.term.serving), "seats": mandate.term.seats})
    vote = standing_vote(dossier)
    restrict = (Policies() if vote is None else vote.policies)["P-RESTRICT"]
    if dossier.procedure.matter and mandate.withholds(Matter(dossier.procedure.matter), restrict):
        yield Blocker("matter_withheld")


def warn_of_mandate(dossier: Dossier, today: date) -> Iterator[Blocker]:
    """Say early what will stand against the announcement."""
    for blocker in require_mandate(dossier, today):
        yield Blocker(blocker.code, blocker.values, is_warning=True)


#: Step to its rules.
RULES: dict[str, tuple[Rule, ...]] = {
    "vacancy": (require_vacancy,),
    "member_handover": (require_handover,),
    "petition": (require_reasons,),
    "petition_check": (require_fifth, warn_of_mandate),
    "reply": (require_time_to_reply,),
    "proposal": (warn_of_mandate,),
    "notice": (require_mandate, require_same_vacancies),
}
