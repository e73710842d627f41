"""Own the acts of the vote and what follows it: draft, notice, extension, certification, meeting, filing, hand-over."""

from __future__ import annotations

from flask_babel import gettext as _

from app.elections.services.extend_voting import extend_voting
from app.identity.login import signed_in_account
from app.procedure.filing_list import FILING_LISTS
from app.procedure.forms import uploaded
from app.procedure.forms_vote import (
    BeginHandoverForm,
    OpenVoteForm,
    announce_form,
    certify_form,
    draft_vote_form,
    extend_form,
    filing_form,
    filing_paper_form,
    handover_item_form,
    meeting_form,
    sign_form,
)
from app.procedure.panels_vote import elected_term
from app.procedure.procedure_page import Page, save
from app.procedure.progress import standing_vote
from app.procedure.queries import get_dossier
from app.procedure.services.announce_vote import announce_vote as announce
from app.procedure.services.certify_result import certify_result
from app.procedure.services.draft_vote import draft_vote as draft
from app.procedure.services.hand_over import add_item, begin_handover, sign_items
from app.procedure.services.hold_first_meeting import hold_first_meeting
from app.procedure.services.keep_paper import keep_upload
from app.procedure.services.open_vote import open_vote as open_box
from app.procedure.services.record_filing import record_filing as file_papers
from app.procedure.types import Dossier
from app.procedure.vote_errors import FilingPaperUnknown, VoteNotDrafted
from app.procedure.vote_outcome import seats_outcome
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.web.clock import now


def draft_vote(complex: ComplexRow, code: str) -> Page:
    """Draft the vote for the chosen window."""
    form = draft_vote_form(typed=True)

    def act(_dossier: Dossier) -> None:
        draft(complex, code, *form.window(), at=now(), account=_account())

    return save(complex, code, "notice", form, act, said=_("已拟好这次投票，请核对后公告。"))


def announce_vote(complex: ComplexRow, code: str) -> Page:
    """Announce the vote; everything freezes."""
    form = announce_form(typed=True)

    def act(_dossier: Dossier) -> None:
        announce(complex, code, residents_committee_told=bool(form.told.data), at=now(), account=_account())

    return save(complex, code, "notice", form, act, said=_("已公告，内容不能再改。现在请打印、张贴。"))


def open_vote(complex: ComplexRow, code: str) -> Page:
    """Open the announced vote."""
    form = OpenVoteForm(prefix="open-")

    def act(_dossier: Dossier) -> None:
        open_box(complex, code, at=now(), account=_account())

    return save(complex, code, "voting_opens", form, act, said=_("已开放。到开始时间，业主就能投票。"))


def extend_vote(complex: ComplexRow, code: str) -> Page:
    """Extend voting once."""
    form = extend_form(typed=True)

    def act(dossier: Dossier) -> None:
        vote = standing_vote(dossier)
        if vote is None:
            raise VoteNotDrafted()
        extend_voting(vote.uuid, complex, *form.extension(), at=now(), account=_account())

    return save(complex, code, "voting_closes", form, act, said=_("已延长，新的截止时间已经公布。"))


def certify(complex: ComplexRow, code: str) -> Page:
    """Certify the result."""
    vote = standing_vote(get_dossier(code))
    outcome = seats_outcome(vote) if vote is not None else None
    form = certify_form(outcome.tied if outcome is not None else (), typed=True)

    def act(_dossier: Dossier) -> None:
        certify_result(complex, code, form.drawn_ids(), at=now(), account=_account())

    return save(complex, code, "certified", form, act, said=_("结果已确认。"))


def record_first_meeting(complex: ComplexRow, code: str) -> Page:
    """Record the first meeting of the new committee."""
    form = meeting_form(elected_term(get_dossier(code)), china_day(now()), typed=True)

    def act(dossier: Dossier) -> None:
        held_on, present, offices = form.meeting()
        uuid, minutes = dossier.procedure.election_uuid, uploaded(form.minutes)
        hold_first_meeting(complex, code, uuid, held_on, present, offices, minutes, at=now(), account=_account())

    return save(complex, code, "first_meeting", form, act, said=_("已记下第一次会议。"))


def upload_filing_paper(complex: ComplexRow, code: str, paper: str) -> Page:
    """Keep a paper of the check-list that comes from outside."""
    form = filing_paper_form(paper, typed=True)

    def act(dossier: Dossier) -> None:
        if paper not in {item.code for item in FILING_LISTS[dossier.procedure.kind]}:
            raise FilingPaperUnknown()
        content = uploaded(form.paper) or b""
        keep_upload(complex, code, paper, content, name=f"{code} {paper}", at=now(), account=_account())

    return save(complex, code, "filing", form, act)


def record_filing(complex: ComplexRow, code: str) -> Page:
    """Record how far the filing has come."""
    form = filing_form(typed=True)

    def act(_dossier: Dossier) -> None:
        file_papers(complex, code, form.filing(), at=now(), account=_account())

    return save(complex, code, "filing", form, act)


def start_handover(complex: ComplexRow, code: str) -> Page:
    """Write the standing lines of the hand-over."""
    form = BeginHandoverForm(prefix="begin-")

    def act(_dossier: Dossier) -> None:
        begin_handover(code, at=now(), account=_account())

    return save(complex, code, "handover", form, act, said=_("已生成交接清单，可以再加。"))


def add_handover_item(complex: ComplexRow, code: str) -> Page:
    """Add a line to the hand-over."""
    form = handover_item_form(typed=True)

    def act(_dossier: Dossier) -> None:
        add_item(code, form.label.data or "", form.note.data or "", at=now(), account=_account())

    return save(complex, code, "handover", form, act)


def sign_handover(complex: ComplexRow, code: str) -> Page:
    """Let one side or both sign the chosen lines."""
    form = sign_form(get_dossier(code).handover, typed=True)

    def act(_dossier: Dossier) -> None:
        items = dict.fromkeys(form.item_ids(), "")
        giver, receiver = form.giver.data or "", form.receiver.data or ""
        sign_items(complex, code, items, giver=giver, receiver=receiver, at=now(), account=_account())

    return save(complex, code, "handover", form, act, said=_("已签字。"))


def _account() -> int:
    return signed_in_account().account_id
