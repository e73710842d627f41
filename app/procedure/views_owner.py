"""Own what owners do in the preparation on their phones: propose candidates, object, read answers; and the public list."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WebResponse
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.access.permissions import Permission as P
from app.db.session import rollback
from app.errors import DomainError, NotFound
from app.identity.login import signed_in_account
from app.procedure.forms_preparation import NeighbourForm, SelfNominationForm
from app.procedure.labels import STATE_NAMES, title_of
from app.procedure.nominating import building_of, nominations_open, shown_to_public
from app.procedure.objecting import answer_due_on, open_windows
from app.procedure.owner_links import owner_links
from app.procedure.plan import Plan, plan_of
from app.procedure.preparation_errors import NominationNotFound, NominationsClosed, NoOwnDoor, ObjectionNotDue
from app.procedure.preparation_forms import objection_form
from app.procedure.preparation_queries import OwnDoor, candidate_photo, nomination_in, own_doors
from app.procedure.preparation_sentences import ABOUT_NAMES, DECLARED_NAMES, NOMINATION_STATES
from app.procedure.queries import get_dossier, running_dossiers
from app.procedure.services.decide_nomination import withdraw_own_nomination
from app.procedure.services.nominate_candidate import Candidacy, nominate_neighbour, nominate_oneself
from app.procedure.services.receive_objection import receive_objection
from app.procedure.types import Dossier
from app.procedure.views_preparation import sealed_file
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.clock import now
from app.web.errors import sentence_of
from app.web.filters import door as door_words
from app.web.gate import actor

Page = str | WebResponse | tuple[str, int]


def list_running(complex: ComplexRow) -> str:
    """Show everybody what is going on in the complex: each procedure that runs, its present step, what an owner can do."""
    plans = [plan_of(dossier, now()) for dossier in running_dossiers()]
    return render_template(
        "procedure/owner/running.html",
        rows=[(plan, _present(plan), owner_links(complex, plan.dossier, plan.today, actor())) for plan in plans],
        state_names=STATE_NAMES,
    )


def show_nominating(complex: ComplexRow, code: str) -> str:
    """Let an owner choose between standing and proposing, and show what he proposed."""
    dossier = get_dossier(code)
    account = _account()
    return render_template(
        "procedure/owner/nominating.html",
        dossier=dossier,
        here=_here(complex, code),
        is_open=nominations_open(dossier),
        has_door=bool(own_doors(account)),
        own=[row for row in dossier.nominations if row.created_by == account],
        state_names=NOMINATION_STATES,
        is_done="done" in request.args,
    )


def stand_oneself(complex: ComplexRow, code: str) -> str:
    """Ask an owner who wants to stand for everything that will be posted."""
    return _self_page(complex, get_dossier(code), _self_form(_doors(), typed=False))


def send_own_candidacy(complex: ComplexRow, code: str) -> Page:
    """Take an owner's own candidacy."""
    form = _self_form(_doors(), typed=True)
    if form.validate_on_submit():
        try:
            nominate_oneself(code, form.unit_code.data, form.candidacy(), at=now(), account=_account())
            return redirect(url_for(".show_nominating", done=1, **_here(complex, code)))
        except (NotFound, NominationsClosed):
            raise
        except DomainError as problem:
            rollback()
            form.form_errors.append(sentence_of(problem))
    return _self_page(complex, get_dossier(code), form), 422


def propose_neighbour(complex: ComplexRow, code: str) -> str:
    """Ask an owner whom he proposes."""
    _doors()
    return _neighbour_page(complex, get_dossier(code), NeighbourForm(formdata=None))


def send_neighbour(complex: ComplexRow, code: str) -> Page:
    """Take an owner's proposal of another owner."""
    _doors()
    form = NeighbourForm()
    if form.validate_on_submit():
        given = Candidacy(form.introduction.data or "")
        try:
            nominate_neighbour(code, form.name.data or "", form.door.data or "", given, at=now(), account=_account())
            return redirect(url_for(".show_nominating", done=1, **_here(complex, code)))
        except (NotFound, NominationsClosed):
            raise
        except DomainError as problem:
            rollback()
            form.form_errors.append(sentence_of(problem))
    return _neighbour_page(complex, get_dossier(code), form), 422


def withdraw_nomination(complex: ComplexRow, code: str, nomination_id: int) -> WebResponse:
    """Take back what the owner proposed."""
    withdraw_own_nomination(code, nomination_id, "本人撤回", at=now(), account=_account())
    return redirect(url_for(".show_nominating", **_here(complex, code)))


def show_candidates(complex: ComplexRow, code: str) -> str:
    """Show the posted list of candidates to everybody."""
    dossier = get_dossier(code)
    windows = {window.about: window for window in open_windows(dossier, _today())}
    return render_template(
        "procedure/owner/candidates.html",
        dossier=dossier,
        here=_here(complex, code),
        candidates=[(row, building_of(row.unit_code)) for row in dossier.nominations if shown_to_public(dossier, row)],
        declared_names=DECLARED_NAMES,
        window=windows.get("candidates"),
    )


def show_candidate_photo(complex: ComplexRow, code: str, nomination_id: int) -> Response:
    """Send a candidate's portrait: to everybody once the list is posted, before to those who prepare it and to the author."""
    dossier = get_dossier(code)
    row = nomination_in(dossier, nomination_id)
    who = actor()
    is_author = who.is_signed_in and who.account_id == row.created_by
    if not (shown_to_public(dossier, row) or who.may(P.PROCEDURE_MANAGE) or is_author):
        raise NominationNotFound()
    return sealed_file(candidate_photo(row), "image/jpeg")


def show_objections(complex: ComplexRow, code: str) -> str:
    """Show every objection's number, subject matter, dates and answer to everybody; its text stays with its author."""
    dossier = get_dossier(code)
    return render_template(
        "procedure/owner/objections.html",
        dossier=dossier,
        here=_here(complex, code),
        rows=[(row, answer_due_on(dossier, row)) for row in reversed(dossier.objections)],
        about_names=ABOUT_NAMES,
        windows=open_windows(dossier, _today()),
    )


def show_own_objections(complex: ComplexRow, code: str) -> str:
    """Show an owner his objections with the answers."""
    dossier = get_dossier(code)
    account = _account()
    return render_template(
        "procedure/owner/own_objections.html",
        dossier=dossier,
        here=_here(complex, code),
        rows=[(row, answer_due_on(dossier, row)) for row in reversed(dossier.objections) if row.account_id == account],
        about_names=ABOUT_NAMES,
        windows=open_windows(dossier, _today()),
        new_number=request.args.get("new", type=int),
    )


def write_objection(complex: ComplexRow, code: str) -> str:
    """Ask an owner to what he objects and why; ``about`` in the address chooses beforehand what he came from."""
    _doors()
    dossier = get_dossier(code)
    form = objection_form(dossier, _today())
    about = request.args.get("about", "")
    if about in {window.about for window in open_windows(dossier, _today())}:
        form.about.data = about
    return _objection_page(complex, dossier, form)


def send_objection(complex: ComplexRow, code: str) -> Page:
    """Take an owner's objection."""
    _doors()
    form = objection_form(get_dossier(code), _today(), typed=True)
    if form.validate_on_submit():
        about, subject, text = form.about.data, form.subject.data or "", form.text.data or ""
        try:
            number = receive_objection(complex, code, about, subject, text, at=now(), account=_account(), is_owner=True)
            return redirect(url_for(".show_own_objections", new=number, **_here(complex, code)))
        except (NotFound, ObjectionNotDue):
            raise
        except DomainError as problem:
            rollback()
            form.form_errors.append(sentence_of(problem))
    return _objection_page(complex, get_dossier(code), form), 422


def _present(plan: Plan) -> str:
    return title_of(plan.current.key, plan.dossier.procedure.kind) if plan.current is not None else ""


def _self_page(place: ComplexRow, dossier: Dossier, form: SelfNominationForm) -> str:
    _check_open(dossier)
    doors = _doors()
    here = _here(place, dossier.procedure.code)
    return render_template("procedure/owner/stand_oneself.html", dossier=dossier, here=here, form=form, doors=doors)


def _neighbour_page(place: ComplexRow, dossier: Dossier, form: NeighbourForm) -> str:
    _check_open(dossier)
    here = _here(place, dossier.procedure.code)
    return render_template("procedure/owner/propose_neighbour.html", dossier=dossier, here=here, form=form)


def _objection_page(place: ComplexRow, dossier: Dossier, form: Any) -> str:
    here = _here(place, dossier.procedure.code)
    if not form.about.choices:
        raise ObjectionNotDue()
    return render_template("procedure/owner/write_objection.html", dossier=dossier, here=here, form=form)


def _self_form(doors: tuple[OwnDoor, ...], *, typed: bool) -> SelfNominationForm:
    kept = {"unit_code": doors[0].unit_code} if len(doors) == 1 else {}
    form = SelfNominationForm(data=kept) if typed else SelfNominationForm(formdata=None, data=kept)
    form.unit_code.choices = [SelectChoice(door.unit_code, f"{door_words(door.unit_code)}　{door.name}") for door in doors]
    return form


def _check_open(dossier: Dossier) -> None:
    if not nominations_open(dossier):
        raise NominationsClosed()


def _doors() -> tuple[OwnDoor, ...]:
    doors = own_doors(_account())
    if not doors:
        raise NoOwnDoor()
    return doors


def _here(place: ComplexRow, code: str) -> dict[str, Any]:
    return {"complex": place.slug, "code": code}


def _today() -> date:
    return china_day(now())


def _account() -> int:
    return signed_in_account().account_id
