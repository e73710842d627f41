"""Own the pages on which a procedure begins: which kinds there are, and one confirmation with everything that is on record."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from app.committee.queries import current_term
from app.committee.types import TermRow
from app.db.session import rollback
from app.errors import DomainError, NotFound
from app.identity.login import signed_in_account
from app.procedure import labels
from app.procedure.beginning import Beginning, title_of_beginning
from app.procedure.forms import BeginForm
from app.procedure.plan import Plan, plan_of
from app.procedure.services.begin_procedure import begin_procedure
from app.procedure.types import Dossier, ProcedureKind, ProcedureRow, ProcedureState
from app.roll.queries import has_counted_units, live_units
from app.statute.matters import matter_types
from app.statute.rule_pack import DEFAULT_RULE_PACK, Matter, load_rule_pack
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.clock import now
from app.web.errors import sentence_of
from app.web.filters import current_lang

Page = str | Response | tuple[str, int]

#: Seats that are offered for a first committee.
_USUAL_SEATS = 5


def choose_kind(complex: ComplexRow) -> str:
    """Show which procedures there are, each with what it is for."""
    today = china_day(now())
    return render_template(
        "procedure/choose_kind.html",
        term=current_term(today),
        today=today,
        kinds=labels.KIND_TEXTS,
        kind_names=labels.KIND_NAMES,
    )


def new_procedure(complex: ComplexRow, kind: str) -> str:
    """Show what is on record for a procedure, its dates, and ask for the little that is not."""
    wanted = _kind(kind)
    term = current_term(china_day(now()))
    return _page(complex, wanted, term, _filled(wanted, term))


def create_procedure(complex: ComplexRow, kind: str) -> Page:
    """Begin the procedure and go on to its page."""
    wanted, term = _kind(kind), current_term(china_day(now()))
    form = _with_choices(BeginForm(), term)
    if not form.validate_on_submit():
        return _page(complex, wanted, term, form), 422
    try:
        code = begin_procedure(complex, form.beginning(wanted), at=now(), account=signed_in_account().account_id)
    except DomainError as problem:
        # The page is shown with status 422, so the unit of work would commit: nothing half-done may be in it.
        rollback()
        form.form_errors.append(sentence_of(problem))
        return _page(complex, wanted, term, form), 422
    flash(_("已开始。日期都算好了，从第一步往下办。"), "done")
    return redirect(url_for("procedure.show_procedure", complex=complex.slug, code=code))


def _kind(text: str) -> ProcedureKind:
    try:
        return ProcedureKind(text)
    except ValueError as problem:
        raise NotFound("procedure_not_found") from problem


def _filled(kind: ProcedureKind, term: TermRow | None) -> BeginForm:
    seats = term.seats if term is not None and kind is ProcedureKind.RENEWAL else _USUAL_SEATS
    return _with_choices(BeginForm(formdata=None, seats=seats), term)


def _with_choices(form: BeginForm, term: TermRow | None) -> BeginForm:
    lang = current_lang()
    members = term.serving if term is not None else ()
    form.member_id.choices = [SelectChoice(row.id, row.name) for row in members]
    form.matter.choices = [
        SelectChoice(matter.value, f"{law.item}. {law.name.say(lang)}")
        for matter, law in matter_types().items()
        if matter is not Matter.ELECT
    ]
    form.scope.choices = [SelectChoice(name, name) for name in dict.fromkeys(unit.building for unit in live_units())]
    return form


def _page(place: ComplexRow, kind: ProcedureKind, term: TermRow | None, form: BeginForm) -> str:
    beginning, pack = form.beginning(kind), load_rule_pack()
    return render_template(
        "procedure/new_procedure.html",
        kind=kind,
        term=term if beginning.concerns_term else None,
        needs_term=beginning.concerns_term and term is None,
        form=form,
        beginning=beginning,
        preview=None if beginning.concerns_term and term is None else _preview(beginning, term, now()),
        kind_names=labels.KIND_NAMES,
        kind_texts=labels.KIND_TEXTS,
        title_of=labels.title_of,
        actor_of=labels.actor_of,
        fewest=pack.number("committee_min"),
        most=pack.number("committee_max"),
        today=china_day(now()),
    )


def _preview(beginning: Beginning, term: TermRow | None, at: datetime) -> Plan:
    """Return the plan the procedure would have if it began now."""
    known = term if beginning.concerns_term else None
    row = ProcedureRow(
        id=0,
        code="",
        kind=beginning.kind,
        title=title_of_beginning(beginning, term),
        state=ProcedureState.RUNNING,
        term_id=None if known is None else known.id,
        term_ends_on=None if known is None else known.ends_on,
        seats=beginning.seats_of(term),
        member_id=beginning.member_id,
        matter=beginning.matter.value if beginning.matter is not None else "",
        scope=beginning.scope,
        rule_pack=DEFAULT_RULE_PACK,
        election_uuid="",
        started_by=0,
        started_at=at,
        ended_at=None,
        end_reason="",
    )
    return plan_of(Dossier(row, {}, {}, {}, term=known, has_roll=has_counted_units()), at)
