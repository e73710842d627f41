"""Own the shape of the forms of the vote and what follows it; what may happen is decided by the rules and the services."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from app.committee.types import MemberRow, TermRow
from app.elections.types import CandidateRow
from app.procedure.forms import DayField, NumberField, at_most, uploaded
from app.procedure.services.record_filing import NewFiling
from app.procedure.types import FilingState, HandoverRow
from app.procedure.vote_sentences import FILING_STATE_NAMES

_DAY = _l("请选日期，例如 2027-05-22。")
_DAYS = _l("请填天数，例如 15。")
_CHOSEN = _l("请选一项。")
_TYPED = _l("请填写。")
_REASON_LIMIT = 200
_NAME_LIMIT = 40
_NUMBER_LIMIT = 60
_LABEL_LIMIT = 80


class DraftVoteForm(FlaskForm):
    """Ask for the window of the vote; the plan proposes both."""

    opens_on = DayField(_l("哪天零点开始投票"), [InputRequired(_DAY)])
    days = NumberField(_l("投几天（首尾都算）"), [InputRequired(_DAYS), NumberRange(1, 99, _DAYS)], example=_DAYS)

    def window(self) -> tuple[date, int]:
        """Return the first day and the number of days."""
        return cast(date, self.opens_on.data), cast(int, self.days.data)


class AnnounceVoteForm(FlaskForm):
    """Ask whether the residents' committee was told at the same time."""

    told = BooleanField(_l("已把会议时间、地点和议题书面告知居民委员会"))


class OpenVoteForm(FlaskForm):
    """Ask nothing: what the opening needs is on record."""


class ExtendForm(FlaskForm):
    """Ask for the days of the one extension and the reason."""

    days = NumberField(_l("延长几天"), [InputRequired(_DAYS)], example=_DAYS)
    reason = TextAreaField(_l("为什么延长，业主都能看到"), [DataRequired(_TYPED), at_most(_REASON_LIMIT)])

    def extension(self) -> tuple[int, str]:
        """Return the days and the reason."""
        return cast(int, self.days.data), self.reason.data or ""


class CertifyForm(FlaskForm):
    """Ask who was drawn where candidates are equal."""

    drawn = SelectMultipleField(_l("当众抽签，抽中的人"), coerce=int, validate_choice=False)

    def drawn_ids(self) -> list[int]:
        """Return the ids of those who were drawn."""
        return list(self.drawn.data or [])


class MeetingForm(FlaskForm):
    """Ask when the first meeting was held, who came, and whom it chose."""

    held_on = DayField(_l("哪天开的会"), [InputRequired(_DAY)])
    present = SelectMultipleField(_l("到会委员"), [InputRequired(_CHOSEN)], coerce=int, validate_choice=False)
    chair = RadioField(_l("选出的主任"), [InputRequired(_CHOSEN)], coerce=int, validate_choice=False)
    vice_chairs = SelectMultipleField(_l("选出的副主任（可以不选）"), coerce=int, validate_choice=False)
    minutes = FileField(_l("签了字的会议记录（PDF 或照片，可以以后再传）"))

    def meeting(self) -> tuple[date, list[int], tuple[int, list[int]]]:
        """Return the day, who came, and the offices."""
        offices = (self.chair.data, list(self.vice_chairs.data or []))
        return cast(date, self.held_on.data), list(self.present.data or []), offices


class FilingForm(FlaskForm):
    """Ask for one state of the filing."""

    state = RadioField(
        _l("备案走到哪一步"),
        [InputRequired(_CHOSEN)],
        choices=[SelectChoice(state.value, name) for state, name in FILING_STATE_NAMES.items()],
    )
    on = DayField(_l("日期"), [InputRequired(_DAY)])
    note = StringField(_l("说明（要补什么，可以不写）"), [at_most(_REASON_LIMIT)])
    number = StringField(_l("备案证明编号（已备案的才填）"), [at_most(_NUMBER_LIMIT)])
    certificate = FileField(_l("备案证明（PDF 或照片，传一次就行）"))

    def filing(self) -> NewFiling:
        """Return the typed values."""
        return NewFiling(
            FilingState(self.state.data),
            cast(date, self.on.data),
            self.note.data or "",
            self.number.data or "",
            uploaded(self.certificate),
        )


class FilingPaperForm(FlaskForm):
    """Ask for a paper of the check-list that comes from outside."""

    paper = FileField(_l("选文件（PDF 或照片）"))


class BeginHandoverForm(FlaskForm):
    """Ask nothing: the standing lines of the hand-over are written as they are."""


class HandoverItemForm(FlaskForm):
    """Ask for a line of the complex's own."""

    label = StringField(_l("交接什么"), [DataRequired(_TYPED), at_most(_LABEL_LIMIT)])
    note = StringField(_l("数量、编号或缺什么（可以不写）"), [at_most(_REASON_LIMIT)])


class HandoverSignForm(FlaskForm):
    """Ask which lines are signed, and by whom of each side."""

    items = SelectMultipleField(_l("这次交接的项目"), [InputRequired(_CHOSEN)], coerce=int, validate_choice=False)
    giver = StringField(_l("老一届移交人签名"), [Optional(), at_most(_NAME_LIMIT)])
    receiver = StringField(_l("新一届接收人签名"), [Optional(), at_most(_NAME_LIMIT)])

    def item_ids(self) -> list[int]:
        """Return the ids of the chosen lines."""
        return list(self.items.data or [])


def draft_vote_form(opens_on: date | None = None, days: int | None = None, *, typed: bool = False) -> DraftVoteForm:
    """Return the form that drafts the vote, with the window of the plan."""
    if typed:
        return DraftVoteForm(prefix="draft-")
    return DraftVoteForm(formdata=None, prefix="draft-", opens_on=opens_on, days=days)


def announce_form(*, typed: bool = False) -> AnnounceVoteForm:
    """Return the form of the announcement."""
    return AnnounceVoteForm(prefix="announce-") if typed else AnnounceVoteForm(formdata=None, prefix="announce-")


def extend_form(*, typed: bool = False) -> ExtendForm:
    """Return the form of the extension."""
    return ExtendForm(prefix="extend-") if typed else ExtendForm(formdata=None, prefix="extend-")


def filing_form(today: date | None = None, *, typed: bool = False) -> FilingForm:
    """Return the form of a state of the filing."""
    return FilingForm(prefix="filing-") if typed else FilingForm(formdata=None, prefix="filing-", on=today)


def filing_paper_form(paper: str, *, typed: bool = False) -> FilingPaperForm:
    """Return the form that uploads one paper of the check-list."""
    prefix = f"paper-{paper}-"
    return FilingPaperForm(prefix=prefix) if typed else FilingPaperForm(formdata=None, prefix=prefix)


def handover_item_form(*, typed: bool = False) -> HandoverItemForm:
    """Return the form of a further line of the hand-over."""
    return HandoverItemForm(prefix="item-") if typed else HandoverItemForm(formdata=None, prefix="item-")


def certify_form(tied: tuple[CandidateRow, ...], *, typed: bool = False) -> CertifyForm:
    """Return the form of the certification with those who are equal."""
    form = CertifyForm(prefix="certify-") if typed else CertifyForm(formdata=None, prefix="certify-")
    form.drawn.choices = [SelectChoice(candidate.id, candidate.label) for candidate in tied]
    return form


def meeting_form(term: TermRow | None, today: date, *, typed: bool = False) -> MeetingForm:
    """Return the form of the first meeting with the members of the new committee; all of them are ticked as present."""
    members: tuple[MemberRow, ...] = term.serving if term is not None else ()
    kept = {"held_on": today, "present": [member.id for member in members]}
    form = MeetingForm(prefix="meeting-") if typed else MeetingForm(formdata=None, prefix="meeting-", data=kept)
    choices = [SelectChoice(row.id, f"{row.name}（{row.building}）" if row.building else row.name) for row in members]
    form.present.choices = form.chair.choices = form.vice_chairs.choices = choices
    return form


def sign_form(items: tuple[HandoverRow, ...], *, typed: bool = False) -> HandoverSignForm:
    """Return the form of the signatures with the lines that are not complete, all ticked."""
    waiting = [row for row in items if not row.is_done]
    kept = {"items": [row.id for row in waiting]}
    form = HandoverSignForm(prefix="sign-") if typed else HandoverSignForm(formdata=None, prefix="sign-", data=kept)
    form.items.choices = [SelectChoice(row.id, row.label) for row in waiting]
    return form
