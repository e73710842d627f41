"""Own what the open steps of the committee's changes and of the owners' own proposals show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.committee.labels import REMEDY_WORDS
from app.committee.rules import attrition_of
from app.procedure.committee_sentences import SIGNATURE_STATES
from app.procedure.forms_committee import (
    check_form,
    leaver_form,
    petition_form,
    proposal_form,
    reply_form,
    signatures_form,
)
from app.procedure.leavers import leavers, waiting_leavers
from app.procedure.panels import Panel
from app.procedure.panels_core import fact_panel
from app.procedure.petitioning import (
    conditions_of,
    counts_of,
    is_asked_by_members,
    reply_until,
    statement_of,
)
from app.procedure.types import Dossier, ProcedureKind, SignatureState
from app.statute.committee_meeting import members_to_ask
from app.statute.explain import explain
from app.tenancy.types import ComplexRow
from app.web.filters import current_lang


def show_vacancy(_place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show who left, who could move up, and what the vacancies ask for."""
    pack = dossier.pack
    attrition = None if dossier.term is None else attrition_of(dossier.term, pack)
    values = {"term": dossier.term, "left": leavers(dossier), "attrition": attrition, "remedy_words": REMEDY_WORDS}
    return values | fact_panel("vacancy", today)


def show_member_handover(_place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show each leaver with the form that records the hand-over."""
    waiting = {row.id for row in waiting_leavers(dossier)}
    rows = [(row, leaver_form(row.id, today) if row.id in waiting else None) for row in leavers(dossier)]
    return {"left": rows, **fact_panel("member_handover", today)}


def show_petition(_place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show the reasons, and the form that records the petition."""
    serving = 0 if dossier.term is None else len(dossier.term.serving)
    return {
        "petition_form": petition_form(dossier, today),
        "reasons": statement_of(dossier, "reasons"),
        "is_recall": dossier.procedure.kind is ProcedureKind.RECALL,
        "members_needed": members_to_ask(serving, dossier.pack),
    }


def show_petition_check(_place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show what the signatures amount to, every line that does not count, and the forms that add and confirm."""
    lang = current_lang()
    return {
        "by_members": is_asked_by_members(dossier),
        "findings": [(explain(condition, lang), condition.holds) for condition in conditions_of(dossier)],
        "counts": counts_of(dossier),
        "odd": [row for row in dossier.signatures if row.state is not SignatureState.COUNTED],
        "counted": [row for row in dossier.signatures if row.state is SignatureState.COUNTED],
        "signature_states": SIGNATURE_STATES,
        "signatures_form": signatures_form(),
        "check_form": check_form(today),
    }


def show_reply(_place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show the reasons, until when the member may reply, and the forms for a reply and for none."""
    return {
        "reasons": statement_of(dossier, "reasons"),
        "reply": statement_of(dossier, "reply"),
        "until": reply_until(dossier),
        "reply_form": reply_form(today),
        **fact_panel("reply", today),
    }


def show_proposal(_place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show what is proposed, or the form that records it."""
    fact = dossier.facts.get("proposal")
    return {"proposed": None if fact is None else fact.details, "proposal_form": proposal_form(dossier, today)}


def _petition_proof(dossier: Dossier) -> str:
    fact = dossier.facts.get("petition")
    if fact is None or fact.details.get("by") != "members":
        return str(_("业主联名"))
    return str(_("%(n)s 位委员提议", n=fact.details.get("members", 0)))


def _check_proof(dossier: Dossier) -> str:
    fact = dossier.facts.get("petition_check")
    if fact is None or "signed_heads" not in fact.details:
        return "" if fact is None else fact.note
    values = {key: fact.details[key] for key in ("signed_heads", "heads", "signed_area", "area")}
    return str(_("%(signed_heads)s/%(heads)s 人，%(signed_area)s/%(area)s ㎡", **values)) + f" · {fact.note}"


def _reply_proof(dossier: Dossier) -> str:
    fact = dossier.facts.get("reply")
    return str(_("已答复") if fact is not None and fact.details.get("replied") else _("没有答复"))


def _proposal_proof(dossier: Dossier) -> str:
    fact = dossier.facts.get("proposal")
    return "" if fact is None else str(fact.details.get("title", fact.note))


def _vacancy_proof(dossier: Dossier) -> str:
    fact = dossier.facts.get("vacancy")
    return "" if fact is None else str(_("空缺 %(n)s 个", n=fact.details.get("seats", 0)))


#: Step to the builder of what its inside shows.
PANELS: dict[str, Panel] = {
    "vacancy": show_vacancy,
    "member_handover": show_member_handover,
    "petition": show_petition,
    "petition_check": show_petition_check,
    "reply": show_reply,
    "proposal": show_proposal,
}

#: Step to the short words of its proof, shown once it is done.
PROOFS: dict[str, Callable[[Dossier], str]] = {
    "vacancy": _vacancy_proof,
    "petition": _petition_proof,
    "petition_check": _check_proof,
    "reply": _reply_proof,
    "proposal": _proposal_proof,
}
