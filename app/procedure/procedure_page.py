"""Own the one page of a procedure: its spine with every step in place, and the same page with what was typed and refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.access.permissions import Permission as P
from app.db.session import rollback
from app.errors import DomainError, NotFound
from app.procedure import labels
from app.procedure.errors import DateRefused
from app.procedure.filing_list import printable_papers
from app.procedure.forms import DateForm, DaysForm, FactForm
from app.procedure.plan import Plan, PlanStep, plan_of
from app.procedure.preparation_sentences import PAPER_NAMES
from app.procedure.progress import AUTOMATIC, BY_THEMSELVES, awaits_posting, standing_vote
from app.procedure.queries import get_dossier
from app.procedure.registry import PANELS, inside_of, proof_of, template_of
from app.procedure.sentences import say_blocker
from app.procedure.services.choose_date import DAYS_OF_STEP, SETTLED_BY_VOTE
from app.procedure.services.give_order import CORRECTABLE_LISTS
from app.procedure.types import Dossier
from app.statute.rule_pack import load_rule_pack
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.errors import sentence_of
from app.web.filters import current_lang
from app.web.gate import actor

Page = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class StepView:
    """Hold one step as the page shows it."""

    plan: PlanStep
    title: str
    #: What is asked, and the article it comes from.
    rule: str
    article: str
    actor: str
    #: Short words of what was done.
    proof: str
    template: str
    #: Values of its inside; None where the inside is not shown.
    inside: Mapping[str, Any] | None
    #: Whether the present person may work on it now, or has just tried to.
    may_act: bool
    #: Whether somebody records it, so that the form of facts belongs to it.
    is_recorded: bool
    #: Another day for it; None where its day is not chosen.
    date_form: DateForm | None
    #: Other days for it; None where it has none.
    days_form: DaysForm | None
    #: Records a step that would be done by itself, because the street let pass what kept it; None elsewhere.
    passing_form: FactForm | None
    #: Whether the street may send it back.
    may_correct: bool
    #: Whether it is done and its paper does not hang yet, so that its inside stands open.
    awaits_posting: bool


def procedure_page(place: ComplexRow, plan: Plan, failed: FlaskForm | None = None, failed_step: str = "") -> str:
    """Render the page; ``failed`` is a form that was refused, shown again in its step."""
    procedure = plan.dossier.procedure
    common = {
        "dossier": plan.dossier,
        "procedure": procedure,
        "plan": plan,
        "may_manage": actor().may(P.PROCEDURE_MANAGE),
        "may_order": actor().may(P.PROCEDURE_ORDER),
        "say_blocker": say_blocker,
        "printable": printable_papers(plan.dossier),
        "paper_names": PAPER_NAMES,
    }
    views = [step_view(place, plan, step, failed if step.key == failed_step else None) for step in plan.steps]
    return render_template(
        "procedure/show_procedure.html",
        steps=[
            (
                view,
                _render_inside(
                    view,
                    common,
                    failed if view.plan.key == failed_step and not isinstance(failed, DateForm | DaysForm) else None,
                ),
            )
            for view in views
        ],
        failed=failed,
        failed_step=failed_step,
        refusals=[] if failed is None or isinstance(failed, DateForm | DaysForm) else list(failed.form_errors),
        kind_names=labels.KIND_NAMES,
        state_names=labels.STATE_NAMES,
        order_names=labels.ORDER_NAMES,
        pack=_pack_title(procedure.rule_pack),
        **common,
    )


def _render_inside(view: StepView, common: Mapping[str, Any], failed: FlaskForm | None) -> Markup:
    """Render what a step shows when it is open; its template has the macros and the values of its builder by name."""
    if view.inside is None:
        return Markup()
    environment = current_app.jinja_env
    macros = {name: environment.get_template(f"components/{name}.html").module for name in ("ui", "forms")}
    values = {**common, **view.inside, **macros, "step": view, "failed": failed}
    return Markup(render_template(view.template, **values))


def step_view(place: ComplexRow, plan: Plan, step: PlanStep, failed: FlaskForm | None) -> StepView:
    """Return what the page shows of a step; the inside is built where it is open, or where a done step has one of its own."""
    dossier = plan.dossier
    rule, article = labels.rule_of(step, dossier.procedure.rule_pack)
    # A refused form is shown with what was typed, also where its step waits for others.
    is_typed = failed is not None and not isinstance(failed, DateForm | DaysForm)
    shows_inside = is_typed or (step.is_open and (not step.is_done or step.key in PANELS))
    return StepView(
        plan=step,
        title=labels.title_of(step.key, dossier.procedure.kind),
        rule=rule,
        article=article,
        actor=labels.actor_of(step, dossier.procedure.kind),
        proof=proof_of(dossier, step.key) if step.is_done else "",
        template=template_of(step.key),
        inside=inside_of(place, dossier, step.key, plan.today) if shows_inside else None,
        may_act=actor().may(P.PROCEDURE_MANAGE)
        and (is_typed or (step.is_open and not step.is_done and dossier.procedure.is_running)),
        is_recorded=step.key not in AUTOMATIC,
        date_form=_date_form(plan, step, failed),
        days_form=_days_form(plan, step, failed),
        passing_form=_passing_form(plan, step, failed),
        may_correct=step.key not in AUTOMATIC and (step.key in dossier.facts or step.key in CORRECTABLE_LISTS),
        awaits_posting=step.is_done and awaits_posting(dossier, step.key),
    )


def _date_form(plan: Plan, step: PlanStep, failed: FlaskForm | None) -> DateForm | None:
    if isinstance(failed, DateForm):
        return failed
    if not step.may_choose or (step.key in SETTLED_BY_VOTE and standing_vote(plan.dossier) is not None):
        return None
    return DateForm(formdata=None, prefix=f"{step.key}-date-", on=plan.dossier.planned.get(step.key))


def _passing_form(plan: Plan, step: PlanStep, failed: FlaskForm | None) -> FactForm | None:
    if step.key not in BY_THEMSELVES or step.is_done or not step.is_open or step.blockers or not step.passed:
        return None
    return failed if isinstance(failed, FactForm) else FactForm(formdata=None, prefix=f"{step.key}-", done_on=plan.today)


def _days_form(plan: Plan, step: PlanStep, failed: FlaskForm | None) -> DaysForm | None:
    if isinstance(failed, DaysForm):
        return failed
    name = DAYS_OF_STEP.get(step.key)
    if name is None or step.is_done or (step.key in SETTLED_BY_VOTE and standing_vote(plan.dossier) is not None):
        return None
    return DaysForm(formdata=None, prefix=f"{step.key}-days-", days=plan.dossier.days.get(name))


def show_again(place: ComplexRow, code: str, step: str, form: FlaskForm) -> tuple[str, int]:
    """Show the page of a procedure with what was typed; the template of the step finds the form as ``failed``.

    Nothing half-done may be in the unit of work, which commits after this answer.
    """
    rollback()
    return procedure_page(place, plan_of(get_dossier(code), now()), form, step), 422


def save(
    place: ComplexRow,
    code: str,
    step: str,
    form: FlaskForm,
    act: Callable[[Dossier], object],
    *,
    said: str = "",
) -> Page:
    """Act on a valid form and go back to its step; else show the page with what was typed and what is wrong.

    A foreign procedure is not found whatever was typed. ``said`` is the sentence of success.
    """
    dossier = get_dossier(code)
    if not form.validate_on_submit():
        return show_again(place, code, step, form)
    try:
        act(dossier)
    except NotFound:
        raise
    except DomainError as problem:
        form.form_errors.append(_words(problem))
        return show_again(place, code, step, form)
    flash(said or _("已保存。"), "done")
    return back_to(place, code, step)


def back_to(place: ComplexRow, code: str, step: str = "") -> Response:
    """Return to a step of the page."""
    anchor = f"step-{step}" if step else None
    return redirect(url_for("procedure.show_procedure", complex=place.slug, code=code, _anchor=anchor))


def _words(problem: DomainError) -> str:
    """Say a refusal; a broken rule of the dates comes with its way out in both languages."""
    if isinstance(problem, DateRefused):
        lang = current_lang()
        return f"{problem.conflict.sentence.say(lang)} {problem.conflict.way_out.say(lang)}"
    return sentence_of(problem)


def _pack_title(pack_id: str) -> str:
    pack = load_rule_pack(pack_id)
    return pack.title_en if current_lang() == "en" else pack.title_zh
