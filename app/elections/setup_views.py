"""Own the set-up pages of the community operator: draft, parts of it, preview, announcement, withdrawal, opening."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from app.db.session import rollback
from app.elections import setup_page as page
from app.elections.errors import ElectionFrozen, ElectionPartNotFound
from app.elections.forms import BasicsForm, NewMatterForm, WithdrawForm
from app.elections.queries import draft_problems, get_election, owner_order, trustee_choices
from app.elections.readiness import may_announce
from app.elections.sentences import say_problem
from app.elections.services.announce_election import announce_election
from app.elections.services.choose_policies import choose_policies
from app.elections.services.choose_scope import choose_scope
from app.elections.services.choose_trustees import choose_trustees
from app.elections.services.open_election import open_election
from app.elections.services.save_candidate import CandidateText, add_candidate, change_candidate, remove_candidate
from app.elections.services.save_draft import change_basics, create_draft
from app.elections.services.save_material import add_material, remove_material
from app.elections.services.save_matter import add_matter, change_matter, remove_matter
from app.elections.services.withdraw_election import withdraw_election
from app.elections.types import CandidateRow, ElectionRow, MatterRow
from app.errors import DomainError, NotFound
from app.identity.login import signed_in_account
from app.statute.policies import policy_registry
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.errors import sentence_of

Page = str | Response | tuple[str, int]


def new_election(complex: ComplexRow) -> str:
    """Ask for the basics of a new draft."""
    return render_template("elections/new_election.html", form=page.basics_form(None))


def create_election(complex: ComplexRow) -> Page:
    """Make a draft from the basics and go on to its page."""
    form = BasicsForm()
    if not form.validate_on_submit():
        return render_template("elections/new_election.html", form=form), 422
    uuid = create_draft(form.basics(), at=now(), account=_account())
    return redirect(url_for(".edit_election", complex=complex.slug, uuid=uuid))


def edit_election(complex: ComplexRow, uuid: str) -> str:
    """Show the one set-up page of a draft."""
    return page.setup_page(_draft(uuid), complex, now())


def save_basics(complex: ComplexRow, uuid: str) -> Page:
    """Keep kind, title and window."""
    form = BasicsForm()
    _draft(uuid)
    return _save(complex, uuid, "basics", form, lambda: change_basics(uuid, form.basics()))


def create_matter(complex: ComplexRow, uuid: str) -> Page:
    """Add a matter from the template of its kind."""
    form = NewMatterForm(prefix="new-")
    _draft(uuid)
    return _save(complex, uuid, "matters", form, lambda: add_matter(uuid, form.kind.data))


def save_matter(complex: ComplexRow, uuid: str, matter_id: int) -> Page:
    """Keep the words and seats of a matter."""
    form = page.matter_form(_matter(_draft(uuid), matter_id), typed=True)
    return _save(complex, uuid, f"matter-{matter_id}", form, lambda: change_matter(uuid, matter_id, form.text()))


def delete_matter(complex: ComplexRow, uuid: str, matter_id: int) -> Response:
    """Remove a matter."""
    remove_matter(uuid, matter_id)
    return _back(complex, uuid, "matters")


def create_candidate(complex: ComplexRow, uuid: str, matter_id: int) -> Page:
    """Add a candidate to a matter."""
    _matter(_draft(uuid), matter_id)
    form = page.new_candidate_form(matter_id, typed=True)

    def add() -> None:
        add_candidate(uuid, matter_id, _candidate_text(form), at=now(), account=_account())

    return _save(complex, uuid, f"matter-{matter_id}", form, add)


def save_candidate(complex: ComplexRow, uuid: str, candidate_id: int) -> Page:
    """Keep what is published of a candidate."""
    matter, candidate = _candidate(_draft(uuid), candidate_id)
    form = page.candidate_form(candidate, typed=True)

    def change() -> None:
        change_candidate(uuid, candidate_id, _candidate_text(form), at=now(), account=_account())

    return _save(complex, uuid, f"matter-{matter.id}", form, change)


def delete_candidate(complex: ComplexRow, uuid: str, candidate_id: int) -> Response:
    """Remove a candidate."""
    matter, _candidate_row = _candidate(_draft(uuid), candidate_id)
    remove_candidate(uuid, candidate_id)
    return _back(complex, uuid, f"matter-{matter.id}")


def create_material(complex: ComplexRow, uuid: str, matter_id: int) -> Page:
    """Add a paper to a matter."""
    _matter(_draft(uuid), matter_id)
    form = page.material_form(matter_id, typed=True)

    def add() -> None:
        content = _uploaded(form.file.data) or b""
        add_material(uuid, matter_id, form.title.data or "", content, at=now(), account=_account())

    return _save(complex, uuid, f"matter-{matter_id}", form, add)


def delete_material(complex: ComplexRow, uuid: str, material_id: int) -> Response:
    """Remove a paper."""
    matters = [m for m in _draft(uuid).matters if any(paper.id == material_id for paper in m.materials)]
    remove_material(uuid, material_id)
    return _back(complex, uuid, f"matter-{matters[0].id}")


def save_scope(complex: ComplexRow, uuid: str) -> Page:
    """Keep the buildings that decide."""
    form = page.scope_form(_draft(uuid), typed=True)
    return _save(complex, uuid, "scope", form, lambda: choose_scope(uuid, form.buildings.data or ()))


def save_policies(complex: ComplexRow, uuid: str) -> Response:
    """Keep the chosen policies."""
    choose_policies(uuid, {key: request.form[key] for key in policy_registry() if key in request.form})
    return _back(complex, uuid, "policies")


def save_trustees(complex: ComplexRow, uuid: str) -> Page:
    """Keep the three trustees."""
    form = page.trustees_form(_draft(uuid), trustee_choices(complex), typed=True)

    def choose() -> None:
        choose_trustees(uuid, complex, [form.operator.data, form.supervisor.data, form.group.data])

    return _save(complex, uuid, "trustees", form, choose)


def preview_election(complex: ComplexRow, uuid: str) -> str:
    """Show the ballot as an owner will see it; nothing can be cast here."""
    election = get_election(uuid)
    orders = {matter.id: owner_order(election, matter, f"preview|{_account()}") for matter in election.matters}
    return render_template("elections/preview_election.html", election=election, orders=orders)


def confirm_announcement(complex: ComplexRow, uuid: str) -> Page:
    """Say what freezes before the election is announced."""
    election = _draft(uuid)
    if election.procedure_code:
        return _at_procedure(complex, election, "notice")
    problems = draft_problems(election, now())
    return render_template(
        "elections/confirm_announcement.html",
        election=election,
        problems=problems,
        ready=may_announce(problems),
        say_problem=say_problem,
    )


def announce(complex: ComplexRow, uuid: str) -> Response:
    """Announce the election."""
    election = _draft(uuid)
    if election.procedure_code:
        return _at_procedure(complex, election, "notice")
    announce_election(uuid, complex, at=now(), account=_account())
    flash(_("已公告。内容从现在起不能再改。下一步：三方做钥匙。"), "done")
    return redirect(url_for(".show_work", complex=complex.slug, uuid=uuid))


def confirm_withdrawal(complex: ComplexRow, uuid: str) -> str:
    """Ask why the election is withdrawn."""
    return render_template("elections/confirm_withdrawal.html", election=get_election(uuid), form=WithdrawForm(formdata=None))


def withdraw(complex: ComplexRow, uuid: str) -> Page:
    """Withdraw the election."""
    form = WithdrawForm()
    if not form.validate_on_submit():
        return render_template("elections/confirm_withdrawal.html", election=get_election(uuid), form=form), 422
    withdraw_election(uuid, form.reason.data or "", at=now(), account=_account())
    flash(_("已撤回。"), "done")
    return redirect(url_for(".list_elections", complex=complex.slug))


def confirm_opening(complex: ComplexRow, uuid: str) -> Page:
    """Say what the opening means, or who is still missing."""
    election = get_election(uuid)
    if election.procedure_code:
        return _at_procedure(complex, election, "voting_opens")
    waiting = [trustee for trustee in election.trustees if trustee.rehearsal is None]
    return render_template("elections/confirm_opening.html", election=election, waiting=waiting)


def open_voting(complex: ComplexRow, uuid: str) -> Response:
    """Open the election."""
    election = get_election(uuid)
    if election.procedure_code:
        return _at_procedure(complex, election, "voting_opens")
    open_election(uuid, complex, at=now(), account=_account())
    flash(_("已开放。到开始时间，业主就能投票。"), "done")
    return redirect(url_for(".show_work", complex=complex.slug, uuid=uuid))


def _at_procedure(place: ComplexRow, election: ElectionRow, step: str) -> Response:
    """Go to the procedure that leads to the election: only there are the steps before this one checked."""
    return redirect(
        url_for("procedure.show_procedure", complex=place.slug, code=election.procedure_code, _anchor=f"step-{step}")
    )


def _account() -> int:
    return signed_in_account().account_id


def _draft(uuid: str) -> ElectionRow:
    election = get_election(uuid)
    if not election.is_draft:
        raise ElectionFrozen(uuid=uuid)
    return election


def _matter(election: ElectionRow, matter_id: int) -> MatterRow:
    for matter in election.matters:
        if matter.id == matter_id:
            return matter
    raise ElectionPartNotFound(matter=matter_id)


def _candidate(election: ElectionRow, candidate_id: int) -> tuple[MatterRow, CandidateRow]:
    for matter in election.matters:
        for candidate in matter.candidates:
            if candidate.id == candidate_id:
                return matter, candidate
    raise ElectionPartNotFound(candidate=candidate_id)


def _candidate_text(form: Any) -> CandidateText:
    return CandidateText(
        name=form.name.data or "",
        building=form.building.data or "",
        introduction=form.introduction.data or "",
        photo=_uploaded(form.photo.data),
    )


def _uploaded(file: Any) -> bytes | None:
    return file.read() if file and file.filename else None


def _back(complex: ComplexRow, uuid: str, anchor: str) -> Response:
    return redirect(url_for(".edit_election", complex=complex.slug, uuid=uuid, _anchor=anchor))


def _save(complex: ComplexRow, uuid: str, anchor: str, form: FlaskForm, act: Callable[[], object]) -> Page:
    """Act on a valid form and go back to its place; otherwise show the page with what was typed and what is wrong."""
    if not form.validate_on_submit():
        return page.setup_page(_draft(uuid), complex, now(), failed=form), 422
    try:
        act()
    except (ElectionFrozen, NotFound):
        raise
    except DomainError as problem:
        # The page is shown with status 422, so the unit of work would commit: nothing half-done may be in it.
        rollback()
        return page.setup_page(_draft(uuid), complex, now(), failed=form, refusal=sentence_of(problem)), 422
    flash(_("已保存。"), "done")
    return _back(complex, uuid, anchor)
