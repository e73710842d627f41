"""Own the desk's requests of the preparation: the group, postings, the list of candidates, objections, drafts."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from app.audit.services.record_event import record_event
from app.db.session import rollback
from app.documents.queries import private_file
from app.errors import DomainError, NotFound
from app.identity.login import signed_in_account
from app.procedure import panels_preparation as panels
from app.procedure import preparation_forms as kept
from app.procedure import procedure_page as page
from app.procedure.forms import uploaded
from app.procedure.objecting import open_windows
from app.procedure.preparation_errors import GroupMemberNotFound
from app.procedure.preparation_queries import draft_of, nomination_in, posting_photo
from app.procedure.preparation_sentences import ABOUT_NAMES
from app.procedure.procedure_page import Page
from app.procedure.queries import get_dossier
from app.procedure.services import answer_objection as answering
from app.procedure.services import decide_nomination as deciding
from app.procedure.services import nominate_candidate as nominating
from app.procedure.services import record_posting as posting
from app.procedure.services import save_group as group
from app.procedure.services.receive_objection import receive_objection
from app.procedure.services.record_drafts import Draft, record_drafts
from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.clock import now
from app.web.errors import sentence_of


def add_group_members(complex: ComplexRow, code: str) -> Page:
    """Add the members of a pasted list."""
    form = kept.group_list_form(typed=True)

    def add(_dossier: Dossier) -> None:
        group.add_group_members(code, form.members.data or "", at=now(), account=_account())

    return page.save(complex, code, "group_formed", form, add)


def save_group_member(complex: ComplexRow, code: str, member_id: int) -> Page:
    """Keep a changed member of the group."""
    row = next((each for each in get_dossier(code).group if each.id == member_id), None)
    if row is None:
        raise GroupMemberNotFound()
    form = kept.member_form(row, typed=True)

    def change(_dossier: Dossier) -> None:
        group.change_group_member(code, member_id, form.change(), at=now(), account=_account())

    return page.save(complex, code, "group_formed", form, change)


def remove_group_member(complex: ComplexRow, code: str, member_id: int) -> Page:
    """Take a member off the list."""
    group.remove_group_member(code, member_id, at=now(), account=_account())
    return page.back_to(complex, code, "group_formed")


def record_posting(complex: ComplexRow, code: str) -> Page:
    """Keep the photo of a paper on the board."""
    paper, step = request.form.get("paper", ""), request.form.get("step", "")
    form = kept.posting_form(paper, typed=True)

    def keep(_dossier: Dossier) -> None:
        where, photo = form.place.data or "", uploaded(form.photo) or b""
        posting.record_posting(complex, code, paper, where, photo, at=now(), account=_account())

    return page.save(complex, code, step, form, keep, said=_("照片已记下，时间由系统记录。"))


def show_posting_photo(complex: ComplexRow, code: str, posting_id: int) -> Response:
    """Send the photo of a posting to those who work with the procedure."""
    return sealed_file(posting_photo(get_dossier(code), posting_id).content, "image/jpeg")


def record_nomination(complex: ComplexRow, code: str) -> Page:
    """Write down a proposal that came on paper."""
    form = kept.record_form(typed=True)

    def record(_dossier: Dossier) -> None:
        name, door, by = form.name.data or "", form.door.data or "", form.proposed_by.data
        nominating.record_nomination(code, name, door, by, form.candidacy(), at=now(), account=_account())

    return page.save(complex, code, "candidates", form, record)


def complete_nomination(complex: ComplexRow, code: str, nomination_id: int) -> Page:
    """Keep the words and the picture of somebody proposed."""
    form = kept.complete_form(nomination_in(get_dossier(code), nomination_id), typed=True)

    def complete(_dossier: Dossier) -> None:
        given = nominating.Candidacy(form.introduction.data or "", uploaded(form.photo))
        nominating.complete_nomination(code, nomination_id, given, at=now(), account=_account())

    return page.save(complex, code, "candidates", form, complete)


def check_nomination(complex: ComplexRow, code: str, nomination_id: int) -> Page:
    """Keep what was found of somebody proposed; one button answers with 符合 what was left open."""
    form = kept.check_form(nomination_in(get_dossier(code), nomination_id), typed=True)

    def check(_dossier: Dossier) -> None:
        deciding.check_nomination(
            code,
            nomination_id,
            form.checks(all_met="all_met" in request.form),
            form.declaration(),
            reason=form.reason.data or "",
            evidence=uploaded(form.evidence),
            at=now(),
            account=_account(),
        )

    return page.save(complex, code, "candidates", form, check)


def take_off_list(complex: ComplexRow, code: str, nomination_id: int) -> Page:
    """Take somebody off the list."""
    form = kept.take_off_form(nomination_id, typed=True)

    def take_off(_dossier: Dossier) -> None:
        deciding.take_off_list(code, nomination_id, form.reason.data or "", at=now(), account=_account())

    return page.save(complex, code, "candidates", form, take_off, said=_("已移出名单。"))


def open_evidence(complex: ComplexRow, code: str, nomination_id: int) -> Response:
    """Send the paper behind a check, and note who opened it."""
    row = nomination_in(get_dossier(code), nomination_id)
    if row.evidence_id is None:
        raise NotFound("file_not_found")
    file = private_file(row.evidence_id)
    record_event("procedure:evidence:opened", at=now(), account=_account(), tenant=complex.id, nomination=nomination_id)
    return sealed_file(file.content, file.row.media_type)


def save_drafts(complex: ComplexRow, code: str) -> Page:
    """Keep the drafts and record the step."""
    form = kept.drafts_form(get_dossier(code), typed=True)

    def keep(_dossier: Dossier) -> None:
        drafts = (
            Draft("rules", form.rules.data == "drafted", uploaded(form.rules_file)),
            Draft("covenant", form.covenant.data == "drafted", uploaded(form.covenant_file)),
        )
        record_drafts(complex, code, drafts, at=now(), account=_account())

    return page.save(complex, code, "drafts", form, keep, said=_("已记为完成。"))


def show_draft(complex: ComplexRow, code: str, text: str) -> Response:
    """Send the draft of the rules or of the covenant, which everybody may read before it is voted on."""
    file = draft_of(get_dossier(code), text)
    return sealed_file(file.content, file.row.media_type)


def list_objections(complex: ComplexRow, code: str) -> str:
    """Show every objection of a procedure with its answer or the form of one."""
    return _objections_page(complex, get_dossier(code), None)


def write_down_objection(complex: ComplexRow, code: str) -> Page:
    """Write down an objection that came by mouth or on paper."""
    about = request.form.get("about", "")
    form = kept.objection_form(get_dossier(code), china_day(now()), about, typed=True)

    def receive(_dossier: Dossier) -> None:
        subject, text = form.subject.data or "", form.text.data or ""
        receive_objection(complex, code, about, subject, text, at=now(), account=_account(), is_owner=False)

    return _save_objection(complex, code, form, receive)


def answer_objection(complex: ComplexRow, code: str, number: int) -> Page:
    """Answer an objection."""
    form = kept.answer_form(number, typed=True)

    def answer(_dossier: Dossier) -> None:
        said, is_upheld = form.answer.data or "", form.verdict.data == "upheld"
        answering.answer_objection(complex, code, number, said, is_upheld=is_upheld, at=now(), account=_account())

    return _save_objection(complex, code, form, answer)


def _save_objection(place: ComplexRow, code: str, form: FlaskForm, act: Callable[[Dossier], None]) -> Page:
    """Act and go back to where the form stood: in a step, or on the page of all objections."""
    step = request.form.get("step", "")
    if step:
        return page.save(place, code, step, form, act)
    dossier = get_dossier(code)
    if not form.validate_on_submit():
        return _objections_page(place, dossier, form), 422
    try:
        act(dossier)
    except NotFound:
        raise
    except DomainError as problem:
        # The page is shown with status 422, so the unit of work would commit: nothing half-done may be in it.
        rollback()
        form.form_errors.append(sentence_of(problem))
        return _objections_page(place, get_dossier(code), form), 422
    flash(_("已保存。"), "done")
    return redirect(url_for(".list_objections", complex=place.slug, code=code))


def _objections_page(place: ComplexRow, dossier: Dossier, failed: FlaskForm | None) -> str:
    today = china_day(now())
    abouts = dict.fromkeys([*(row.about for row in dossier.objections), *(each.about for each in open_windows(dossier, today))])
    return render_template(
        "procedure/list_objections.html",
        dossier=dossier,
        failed=failed,
        parts=[panels.objections_part(dossier, about, today) for about in abouts],
        about_names=ABOUT_NAMES,
        may_manage=panels.may_manage(),
        **panels.common_part(place, dossier, today),
    )


def sealed_file(content: bytes, media_type: str) -> Response:
    """Answer with a file that was sealed: a picture in place, anything else as a download; no cache keeps it."""
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = "inline" if media_type == "image/jpeg" else "attachment; filename=paper.pdf"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _account() -> int:
    return signed_in_account().account_id
