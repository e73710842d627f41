"""Own the pages of procedures: the list, the page with its spine, and the plain records of a step."""

from __future__ import annotations

from flask import Response, flash, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from app.access.permissions import Permission as P
from app.documents.queries import private_file
from app.documents.services.store_file import store_material
from app.errors import NotFound
from app.identity.login import signed_in_account
from app.procedure import labels
from app.procedure.forms import uploaded
from app.procedure.owner_links import owner_links
from app.procedure.panels_core import fact_form
from app.procedure.papers.imprint import papers_on_board
from app.procedure.plan import plan_of
from app.procedure.preparation_sentences import PAPER_NAMES
from app.procedure.procedure_page import Page, back_to, procedure_page, save
from app.procedure.queries import get_dossier
from app.procedure.queries import list_procedures as read_procedures
from app.procedure.services.record_fact import record_fact, take_back_fact
from app.procedure.stages import public_stages
from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.gate import actor
from app.web.pagination import page_of


def list_procedures(complex: ComplexRow) -> str:
    """List the procedures of the complex, running ones first."""
    return render_template(
        "procedure/list_procedures.html",
        page=page_of(read_procedures(), request.args.get("page")),
        may_manage=actor().may(P.PROCEDURE_MANAGE),
        kind_names=labels.KIND_NAMES,
        state_names=labels.STATE_NAMES,
    )


def show_procedure(complex: ComplexRow, code: str) -> str:
    """Show one procedure with its timeline as the spine; every step opens in place."""
    return procedure_page(complex, plan_of(get_dossier(code), now()))


def save_fact(complex: ComplexRow, code: str, step: str) -> Page:
    """Record that a step was done."""
    form = fact_form(step)

    def record(_dossier: Dossier) -> None:
        account, content = signed_in_account().account_id, uploaded(form.file)
        file_id = None
        if content is not None:
            file_id = store_material(content, name=f"{code} {step}", at=now(), account=account, public=False).id
        day, note = form.done_on.data, form.note.data or ""
        record_fact(complex, code, step, at=now(), account=account, done_on=day, note=note, file_id=file_id)

    return save(complex, code, step, form, record, said=_("已记为完成。"))


def undo_fact(complex: ComplexRow, code: str, step: str) -> Redirect:
    """Take back the record of a step."""
    take_back_fact(complex, code, step, at=now(), account=signed_in_account().account_id)
    flash(_("已撤回这一步的记录。"), "done")
    return back_to(complex, code, step)


def show_proof(complex: ComplexRow, code: str, file_id: int) -> Response:
    """Send the paper that proves a step, an order or a filing, to those who work on the procedure."""
    dossier = get_dossier(code)
    known = {row.file_id for row in dossier.facts.values()}
    known |= {row.file_id for row in dossier.orders} | {row.file_id for row in dossier.filings}
    known |= {row.file_id for row in dossier.statements}
    if file_id not in known:
        raise NotFound("file_not_found")
    found = private_file(file_id)
    response = Response(found.content, mimetype=found.row.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{found.row.sha256[:12]}")
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def show_timeline(complex: ComplexRow, code: str) -> str:
    """Show everybody where a procedure stands: what is done, what is next, by which rule, and every order of the street."""
    plan = plan_of(get_dossier(code), now())
    procedure = plan.dossier.procedure
    steps = [
        (step, labels.title_of(step.key, procedure.kind), *labels.rule_of(step, procedure.rule_pack)) for step in plan.steps
    ]
    orders = [(order, labels.title_of(order.step, procedure.kind) if order.step else "") for order in plan.dossier.orders]
    return render_template(
        "procedure/show_timeline.html",
        procedure=procedure,
        plan=plan,
        stages=public_stages(plan),
        stage_of=labels.stage_of,
        steps=steps,
        actor_of=labels.actor_of,
        orders=orders,
        answers=[row for row in plan.dossier.objections if not row.is_open],
        papers=papers_on_board(plan.dossier),
        paper_names=PAPER_NAMES,
        kind_names=labels.KIND_NAMES,
        state_names=labels.STATE_NAMES,
        order_names=labels.ORDER_NAMES,
        links=owner_links(complex, plan.dossier, plan.today, actor()),
        vote=plan.dossier.election if plan.dossier.election is not None and plan.dossier.election.is_public else None,
    )
