"""Own the pages of decisions about a procedure: the dates of its steps, orders of the street, giving it up."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, render_template, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.db.session import rollback
from app.documents.services.store_file import store_material
from app.errors import DomainError, NotFound
from app.identity.login import signed_in_account
from app.procedure import labels
from app.procedure.errors import StepUnknown
from app.procedure.forms import DateForm, DaysForm, OrderForm, ReasonForm, uploaded
from app.procedure.plan import plan_of
from app.procedure.procedure_page import Page, back_to, save
from app.procedure.queries import get_dossier
from app.procedure.sentences import say_blocker
from app.procedure.services.choose_date import choose_date, choose_days
from app.procedure.services.end_procedure import abandon_procedure
from app.procedure.services.give_order import NewOrder, give_order
from app.procedure.types import Dossier, OrderKind
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.errors import sentence_of


def save_date(complex: ComplexRow, code: str, step: str) -> Page:
    """Choose the day of a step."""
    form = DateForm(prefix=f"{step}-date-")

    def choose(_dossier: Dossier) -> None:
        choose_date(code, step, form.on.data, at=now(), account=_account())

    return save(complex, code, step, form, choose, said=_("日期已改，后面的日期跟着重新算。"))


def save_days(complex: ComplexRow, code: str, step: str) -> Page:
    """Choose how many days voting or the time for objections lasts."""
    form = DaysForm(prefix=f"{step}-days-")

    def choose(_dossier: Dossier) -> None:
        choose_days(code, step, form.days.data, at=now(), account=_account())

    return save(complex, code, step, form, choose, said=_("天数已改，后面的日期跟着重新算。"))


def new_order(complex: ComplexRow, code: str, order: str) -> str:
    """Ask the street for its reason before an order takes effect."""
    return _order_page(get_dossier(code), _order(order), OrderForm(formdata=None))


def save_order(complex: ComplexRow, code: str, order: str) -> Page:
    """Record the order and carry it out."""
    kind, form = _order(order), OrderForm()
    step = request.args.get("step", "")

    def act() -> None:
        content, file_id = uploaded(form.file), None
        if content is not None:
            file_id = store_material(content, name=f"{code} {order}", at=now(), account=_account(), public=False).id
        given = NewOrder(
            order=kind,
            step=step,
            blocker=request.args.get("blocker", ""),
            reason=form.reason.data or "",
            signed_by=form.signed_by.data or "",
            place=form.place.data or "",
            file_id=file_id,
        )
        give_order(complex, code, given, at=now(), account=_account())

    def page() -> str:
        return _order_page(get_dossier(code), kind, form)

    return _act(complex, code, form, act, page, step, _("已记录，所有人都能看到原因。"))


def confirm_abandonment(complex: ComplexRow, code: str) -> str:
    """Ask why the procedure is given up."""
    return render_template("procedure/abandon.html", procedure=get_dossier(code).procedure, form=ReasonForm(formdata=None))


def abandon(complex: ComplexRow, code: str) -> Page:
    """End the procedure."""
    form, procedure = ReasonForm(), get_dossier(code).procedure

    def act() -> None:
        abandon_procedure(complex, code, form.reason.data or "", at=now(), account=_account())

    def page() -> str:
        return render_template("procedure/abandon.html", procedure=procedure, form=form)

    return _act(complex, code, form, act, page, "", _("已终止，原因所有人都能看到。"))


def _act(
    place: ComplexRow, code: str, form: FlaskForm, act: Callable[[], object], page: Callable[[], str], step: str, said: str
) -> Page:
    """Act on a valid form and go back to the procedure; otherwise show the page again with what was typed."""
    get_dossier(code)
    if not form.validate_on_submit():
        return page(), 422
    try:
        act()
    except NotFound:
        raise
    except DomainError as problem:
        # The page is shown with status 422, so the unit of work would commit: nothing half-done may be in it.
        rollback()
        form.form_errors.append(sentence_of(problem))
        return page(), 422
    flash(said, "done")
    return back_to(place, code, step)


def _order_page(dossier: Dossier, order: OrderKind, form: OrderForm) -> str:
    step, code = request.args.get("step", ""), request.args.get("blocker", "")
    plan = plan_of(dossier, now())
    row = plan.step(step) if step else None
    if step and row is None:
        raise StepUnknown(step=step)
    blocker = next((each for each in row.blockers if each.code == code), None) if row is not None else None
    return render_template(
        "procedure/new_order.html",
        procedure=dossier.procedure,
        order=order,
        order_names=labels.ORDER_NAMES,
        order_texts=labels.ORDER_TEXTS,
        step_title=labels.title_of(step, dossier.procedure.kind) if row is not None else "",
        blocker=say_blocker(blocker) if blocker is not None else "",
        form=form,
        action_values={"order": order.value, "step": step or None, "blocker": code or None},
    )


def _order(text: str) -> OrderKind:
    try:
        return OrderKind(text)
    except ValueError as problem:
        raise NotFound("page_not_found") from problem


def _account() -> int:
    return signed_in_account().account_id
