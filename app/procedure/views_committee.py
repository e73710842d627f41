"""Own the desk's requests of the committee's changes and of the owners' own proposals."""

from __future__ import annotations

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.documents.services.store_file import store_material
from app.identity.login import signed_in_account
from app.procedure import forms_committee as forms
from app.procedure.forms import uploaded
from app.procedure.panels_core import fact_form
from app.procedure.procedure_page import Page, back_to, save
from app.procedure.queries import get_dossier
from app.procedure.services import leave_committee
from app.procedure.services import record_petition as petitions
from app.procedure.services.record_proposal import record_proposal
from app.procedure.services.record_reply import record_reply
from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow
from app.web.clock import now


def save_vacancy(complex: ComplexRow, code: str) -> Page:
    """Record the vacancies as they stand."""
    form = fact_form("vacancy")

    def record(_dossier: Dossier) -> None:
        account, content = _account(), uploaded(form.file)
        file_id = None
        if content is not None:
            file_id = store_material(content, name=f"{code} vacancy", at=now(), account=account, public=False).id
        day, note = form.done_on.data, form.note.data or ""
        if day is None:
            raise ValueError("the form was not validated")
        leave_committee.record_vacancy(complex, code, day, note, file_id, at=now(), account=account)

    return save(complex, code, "vacancy", form, record, said=_("已记为完成。"))


def save_leaver(complex: ComplexRow, code: str, member_id: int) -> Page:
    """Record that a leaver handed over."""
    form = forms.leaver_form(member_id)

    def record(_dossier: Dossier) -> None:
        leave_committee.hand_over_as_leaver(complex, code, member_id, form.day(), at=now(), account=_account())

    return save(complex, code, "member_handover", form, record)


def save_petition(complex: ComplexRow, code: str) -> Page:
    """Record that a petition arrived."""
    form = forms.petition_form(get_dossier(code))

    def record(_dossier: Dossier) -> None:
        petitions.record_petition(complex, code, form.petition(), at=now(), account=_account())

    return save(complex, code, "petition", form, record)


def add_signatures(complex: ComplexRow, code: str) -> Page:
    """Compare a pasted list of doors with the live roll."""
    form = forms.signatures_form(typed=True)

    def record(_dossier: Dossier) -> None:
        petitions.record_signatures(complex, code, form.lines.data or "", at=now(), account=_account())

    return save(complex, code, "petition_check", form, record, said=_("已对照名册核对，结果见下面。"))


def withdraw_signature(complex: ComplexRow, code: str, signature_id: int) -> Response:
    """Take a signature out of the count."""
    petitions.withdraw_signature(complex, code, signature_id, at=now(), account=_account())
    flash(_("已撤回，不再计入。"), "done")
    return back_to(complex, code, "petition_check")


def confirm_petition(complex: ComplexRow, code: str) -> Page:
    """Record that the petition was compared with the roll."""
    form = forms.check_form()

    def record(_dossier: Dossier) -> None:
        checked_by = form.checked_by.data or ""
        petitions.confirm_petition(complex, code, checked_by, form.day(), at=now(), account=_account())

    return save(complex, code, "petition_check", form, record)


def save_reply(complex: ComplexRow, code: str) -> Page:
    """Record the reply of the member concerned."""
    form = forms.reply_form()

    def record(_dossier: Dossier) -> None:
        text, paper = form.text.data or "", uploaded(form.paper)
        record_reply(complex, code, text, paper, form.day(), at=now(), account=_account())

    return save(complex, code, "reply", form, record)


def save_proposal(complex: ComplexRow, code: str) -> Page:
    """Record what is to be decided."""
    form = forms.proposal_form(get_dossier(code))

    def record(_dossier: Dossier) -> None:
        record_proposal(complex, code, form.proposal(), at=now(), account=_account())

    return save(complex, code, "proposal", form, record)


def _account() -> int:
    return signed_in_account().account_id
