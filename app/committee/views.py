"""Own the public page of the committee and the desk pages on which its record is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response as FileResponse
from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.access.permissions import Permission as P
from app.committee import forms, sentences
from app.committee.errors import MemberNotFound
from app.committee.member_lines import read_member_lines
from app.committee.queries import current_mandate, get_member, get_term, list_terms
from app.committee.rules import attrition_of, oddities_of
from app.committee.services.change_membership import end_membership, move_up_alternate, record_leaver_handover
from app.committee.services.record_term import correct_term, record_term
from app.committee.services.set_offices import set_offices
from app.committee.types import Ending, TermRow
from app.db.session import rollback
from app.documents.queries import private_file
from app.errors import DomainError, NotFound
from app.identity.login import signed_in_account
from app.statute.rule_pack import load_rule_pack
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.clock import now
from app.web.errors import sentence_of
from app.web.gate import actor

Page = str | Response | tuple[str, int]

_WORDS = {
    "office_names": sentences.OFFICE_NAMES,
    "ending_names": sentences.ENDING_NAMES,
    "standing_names": sentences.STANDING_NAMES,
    "standing_words": sentences.STANDING_WORDS,
    "remedy_words": sentences.REMEDY_WORDS,
    "oddity_words": sentences.ODDITY_WORDS,
}


def show_committee(complex: ComplexRow) -> str:
    """Show everybody who is on the committee, until when, and what it may do; earlier and coming terms below."""
    return render_template("committee/show_committee.html", **_record())


def show_record(complex: ComplexRow) -> str:
    """Show the record at work: members with their acts, vacancies with their remedy, history."""
    return render_template("committee/show_record.html", may_manage=actor().may(P.COMMITTEE_MANAGE), **_record())


def new_term(complex: ComplexRow) -> str:
    """Ask for a term and its members."""
    return render_template("committee/new_term.html", form=forms.NewTermForm(formdata=None))


def create_term(complex: ComplexRow) -> Page:
    """Record a term with its members."""
    form = forms.NewTermForm()

    def record() -> None:
        record_term(form.facts(), read_member_lines(form.members.data or ""), at=now(), account=_account())

    return _act(complex, "committee/new_term.html", form, record)


def edit_term(complex: ComplexRow, term_id: int) -> str:
    """Show what is recorded of a term, to be corrected."""
    term = get_term(term_id)
    kept = {name: getattr(term, name) for name in ("number", "starts_on", "ends_on", "seats", "filed_on", "filing_number")}
    return render_template("committee/edit_term.html", term=term, form=forms.TermForm(formdata=None, data=kept))


def save_term(complex: ComplexRow, term_id: int) -> Page:
    """Correct a term."""
    term, form = get_term(term_id), forms.TermForm()

    def correct() -> None:
        correct_term(term_id, form.facts(), at=now(), account=_account())

    return _act(complex, "committee/edit_term.html", form, correct, term=term)


def choose_offices(complex: ComplexRow, term_id: int) -> str:
    """Ask who chairs the committee."""
    term = get_term(term_id)
    return render_template("committee/choose_offices.html", term=term, form=forms.offices_form(term, typed=False))


def save_offices(complex: ComplexRow, term_id: int) -> Page:
    """Keep the offices."""
    term = get_term(term_id)
    form = forms.offices_form(term, typed=True)

    def choose() -> None:
        set_offices(term_id, form.chair.data, form.vice_chair_ids, at=now(), account=_account())

    return _act(complex, "committee/choose_offices.html", form, choose, term=term)


def confirm_move_up(complex: ComplexRow, term_id: int) -> str:
    """Ask from which day the first alternate takes the seat."""
    term = get_term(term_id)
    form = forms.DayForm(formdata=None, data={"on": china_day(now())})
    return render_template("committee/confirm_move_up.html", term=term, form=form)


def move_up(complex: ComplexRow, term_id: int) -> Page:
    """Let the first alternate take a free seat."""
    term, form = get_term(term_id), forms.DayForm()

    def move() -> None:
        move_up_alternate(term_id, form.day(), at=now(), account=_account())

    return _act(complex, "committee/confirm_move_up.html", form, move, term=term)


def confirm_end(complex: ComplexRow, member_id: int) -> str:
    """Ask why and when a membership ended."""
    term, member = get_member(member_id)
    form = forms.EndForm(formdata=None, data={"on": china_day(now())})
    return render_template("committee/confirm_end.html", term=term, member=member, form=form, **_WORDS)


def end(complex: ComplexRow, member_id: int) -> Page:
    """End a membership."""
    term, member = get_member(member_id)
    form = forms.EndForm()

    def finish() -> None:
        evidence = form.evidence.data.read() if form.evidence.data else None
        end_membership(
            member_id, Ending(form.reason.data), form.day(), form.note.data or "", evidence, at=now(), account=_account()
        )

    return _act(complex, "committee/confirm_end.html", form, finish, term=term, member=member, **_WORDS)


def confirm_handover(complex: ComplexRow, member_id: int) -> str:
    """Ask when a leaver handed over papers, seals and property."""
    term, member = get_member(member_id)
    form = forms.DayForm(formdata=None, data={"on": china_day(now())})
    return render_template("committee/confirm_handover.html", term=term, member=member, form=form, days=_handover_days())


def hand_over(complex: ComplexRow, member_id: int) -> Page:
    """Record that a leaver handed over."""
    term, member = get_member(member_id)
    form = forms.DayForm()

    def record() -> None:
        record_leaver_handover(member_id, form.day(), at=now(), account=_account())

    return _act(complex, "committee/confirm_handover.html", form, record, term=term, member=member, days=_handover_days())


def show_evidence(complex: ComplexRow, member_id: int) -> FileResponse:
    """Send the paper that proves why a membership ended."""
    file_id = get_member(member_id)[1].end_file_id
    if file_id is None:
        raise MemberNotFound(member=member_id)
    found = private_file(file_id)
    response = FileResponse(found.content, mimetype=found.row.media_type)
    kind = "jpg" if found.row.media_type == "image/jpeg" else "pdf"
    response.headers.set("Content-Disposition", "attachment", filename=f"{found.row.sha256[:12]}.{kind}")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _record() -> dict[str, Any]:
    pack, today = load_rule_pack(), china_day(now())
    mandate = current_mandate(today, pack)
    terms = list_terms()
    current = mandate.term
    return {
        "mandate": mandate,
        "term": current,
        "attrition": None if current is None else attrition_of(current, pack),
        "oddities": () if current is None else oddities_of(current, pack),
        "coming": [row for row in reversed(terms) if row.starts_on > today],
        "earlier": [row for row in terms if row.starts_on <= today and row != current],
        "leavers": () if current is None else _leavers(current),
        "today": today,
        **_WORDS,
    }


def _leavers(term: TermRow) -> list[Any]:
    return sorted((row for row in term.members if row.ended_on is not None), key=lambda row: (row.ended_on, row.rank))


def _handover_days() -> int:
    return load_rule_pack().number("member_handover_days")


def _account() -> int:
    return signed_in_account().account_id


def _act(complex: ComplexRow, template: str, form: FlaskForm, act: Callable[[], None], **shown: Any) -> Page:
    """Act on a valid form and go back to the record; otherwise show the page with what was typed and what is wrong."""
    if not form.validate_on_submit():
        return render_template(template, form=form, **shown), 422
    try:
        act()
    except NotFound:
        raise
    except DomainError as problem:
        # The page is shown with status 422, so the unit of work would commit: nothing half-done may be in it.
        rollback()
        return render_template(template, form=form, refusal=sentence_of(problem), **shown), 422
    flash(_("已保存。"), "done")
    return redirect(url_for(".show_record", complex=complex.slug))
