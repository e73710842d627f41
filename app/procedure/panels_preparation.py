"""Own what the open steps of the preparation: the group, the roll, the drafts and the candidates show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext as _

from app.access.permissions import Permission as P
from app.access.roles import Role
from app.procedure.eligibility import Declared, Requirement, judge
from app.procedure.forms_preparation import AnswerForm
from app.procedure.nominating import candidate_label, candidates_needed, eligible
from app.procedure.objecting import answer_due_on, open_windows
from app.procedure.panels import Panel
from app.procedure.panels_core import fact_panel
from app.procedure.preparation_forms import (
    answer_form,
    check_form,
    chosen,
    complete_form,
    drafts_form,
    group_list_form,
    member_form,
    objection_form,
    posting_form,
    record_form,
    take_off_form,
)
from app.procedure.preparation_sentences import (
    DECLARED_NAMES,
    FINDING_NAMES,
    NOMINATION_STATES,
    PAPER_NAMES,
    PROPOSED_BY_NAMES,
    REQUIREMENT_NAMES,
    SIDE_NAMES,
)
from app.procedure.types import Dossier, NominationRow, NominationState, ObjectionRow, ProcedureKind, Side
from app.roll.page_queries import roll_overview
from app.tenancy.types import ComplexRow
from app.web.gate import actor


def show_group_formed(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show the list of the group with a form for each member and one for a pasted list."""
    return {
        **common_part(place, dossier, today),
        "members": [(row, member_form(row)) for row in dossier.group],
        "owners": sum(1 for row in dossier.group if row.side is Side.OWNER),
        "side_names": SIDE_NAMES,
        "list_form": group_list_form(),
        **fact_panel("group_formed", today),
    }


def show_group_posted(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show where the list hangs and what is objected to it."""
    return {**common_part(place, dossier, today), **objections_part(dossier, "group", today)}


def show_roll(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show the totals of the live roll until it hangs, and then where it hangs."""
    is_posted = any(row.paper == "N2" for row in dossier.postings)
    overview = roll_overview() if dossier.has_roll and not is_posted else None
    return {**common_part(place, dossier, today), "overview": overview}


def show_drafts(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show whether the rules and the covenant change, and their drafts."""
    papers = [(code, dossier.latest_paper(code)) for code in ("RULES_DRAFT", "COVENANT_DRAFT")]
    return {
        **common_part(place, dossier, today),
        "must_draft": dossier.procedure.kind is ProcedureKind.FIRST_ELECTION,
        "drafts_form": drafts_form(dossier),
        "draft_papers": {code: paper for code, paper in papers if paper is not None},
    }


def show_candidates(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Show everybody proposed with the check of each, the posting of the list, and the objections to it."""
    order = list(NominationState)
    rows = sorted(dossier.nominations, key=lambda row: order.index(row.state))
    return {
        **common_part(place, dossier, today),
        **objections_part(dossier, "candidates", today),
        "group_objections": [each for each in objection_rows(dossier, "group") if each[0].is_open],
        "nominations": [_candidate(row, dossier) for row in rows],
        "listed": len(eligible(dossier)),
        "needed": candidates_needed(dossier),
        "seats": dossier.procedure.seats,
        "record_form": record_form(),
        "requirement_names": REQUIREMENT_NAMES,
        "requirements": [item.value for item in Requirement],
        "declarations": [item.value for item in Declared],
        "declared_names": DECLARED_NAMES,
        "finding_names": FINDING_NAMES,
        "state_names": NOMINATION_STATES,
        "proposed_by_names": PROPOSED_BY_NAMES,
        **fact_panel("candidates", today),
    }


def objection_rows(dossier: Dossier, about: str) -> list[tuple[ObjectionRow, date, AnswerForm]]:
    """List the objections to one thing with the day their answer is due and its form."""
    return [(row, answer_due_on(dossier, row), answer_form(row.number)) for row in dossier.objections_to(about)]


def objections_part(dossier: Dossier, about: str, today: date) -> dict[str, Any]:
    """Return what the list of objections to one thing needs."""
    is_open = any(window.about == about for window in open_windows(dossier, today))
    return {
        "about": about,
        "objections": objection_rows(dossier, about),
        "objection_form": objection_form(dossier, today, about) if is_open else None,
    }


def common_part(place: ComplexRow, dossier: Dossier, today: date) -> dict[str, Any]:
    """Return what the lists of postings and objections need in any step."""
    return {
        "here": {"complex": place.slug, "code": dossier.procedure.code},
        "today": today,
        "chosen": chosen,
        "posting_form_of": posting_form,
        "posting_names": PAPER_NAMES,
        "may_see_persons": may_see_persons(),
    }


def may_manage() -> bool:
    """Say whether the present person works on procedures."""
    return actor().may(P.PROCEDURE_MANAGE)


def may_see_persons() -> bool:
    """Say whether the present person may read who was proposed and what was objected before it is posted.

    Those who prepare the list and those who supervise it; not the present committee and not the key holders.
    """
    return may_manage() or bool(actor().roles & {Role.SUPERVISOR, Role.DISTRICT_OFFICER})


def _candidate(row: NominationRow, dossier: Dossier) -> dict[str, Any]:
    is_owner = row.person_id in dossier.owners_today
    judged = judge(row.checks, row.declaration, is_owner=is_owner, policies=dossier.policies)
    return {
        "row": row,
        "label": candidate_label(row.name, row.unit_code),
        "is_owner": is_owner,
        "obstacles": judged.obstacles,
        "check": check_form(row),
        "complete": complete_form(row),
        "take_off": take_off_form(row.id),
    }


#: Step to the builder of what its inside shows.
PANELS: dict[str, Panel] = {
    "group_formed": show_group_formed,
    "group_posted": show_group_posted,
    "roll": show_roll,
    "drafts": show_drafts,
    "candidates": show_candidates,
}


def _proof_of_group(dossier: Dossier) -> str:
    owners = sum(1 for row in dossier.group if row.side is Side.OWNER)
    return str(_("%(n)s 人，业主 %(owners)s 人", n=len(dossier.group), owners=owners))


def _proof_of_postings(paper: str) -> Callable[[Dossier], str]:
    def proof(dossier: Dossier) -> str:
        hung = [row for row in dossier.postings if row.paper == paper]
        return str(_("张贴 %(n)s 处", n=len({row.place for row in hung}))) if hung else ""

    return proof


def _proof_of_drafts(dossier: Dossier) -> str:
    fact = dossier.facts.get("drafts")
    drafted = [key for key in ("rules", "covenant") if fact is not None and fact.details.get(key) == "drafted"]
    names = {"rules": _("议事规则"), "covenant": _("管理规约")}
    return str(_("要表决：%(texts)s", texts=_("、").join(names[key] for key in drafted)) if drafted else _("都不修改"))


def _proof_of_candidates(dossier: Dossier) -> str:
    return str(_("%(n)s 位候选人，选 %(seats)s 位", n=len(eligible(dossier)), seats=dossier.procedure.seats))


#: Step to the short words of its proof, shown once it is done.
PROOFS: dict[str, Callable[[Dossier], str]] = {
    "group_formed": _proof_of_group,
    "group_posted": _proof_of_postings("GROUP"),
    "roll": _proof_of_postings("N2"),
    "drafts": _proof_of_drafts,
    "candidates": _proof_of_candidates,
}
