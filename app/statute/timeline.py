"""Own the statutory timeline: from what is known and chosen to the dates between which every step may be done.

Source: Civil Code 201-204, 946; 指导规则 9-15, 30-48; app/statute/LAW.md 6, with the reading behind each line. All numbers come
from the rule pack. Waiting times, dates counted backwards, the voting window and the end of the term never move for a holiday.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from app.errors import Malformed
from app.statute.calendar import days_after, days_before, last_day, months_before, window_end
from app.statute.timeline_draft import Draft, PlanRequest, after, before
from app.statute.timeline_steps import Step, StepKey, TimelineKind


def plan(request: PlanRequest) -> tuple[Step, ...]:
    """Return every dated step of the procedure in its order.

    Raises Malformed ``term_end_missing`` for a renewal without one, ``date_out_of_range`` where a date leaves the calendar, and
    ``rule_pack_without_dates`` for a law that knows majorities alone.
    """
    if "notice_days_clear" not in request.pack.rules:
        raise Malformed("rule_pack_without_dates", where="rule_pack", got=request.pack.id)
    draft = Draft(request)
    opens_by = _BEGINNINGS[request.kind](draft)
    certified = _vote(draft, opens_by)
    _after_certification(draft, certified)
    return tuple(draft.steps)


def soonest_certification(opens: date, request: PlanRequest) -> date:
    """Return the first day on which the result of a vote that opens on a day can be certified."""
    published = days_after(window_end(opens, request.window), 1)
    return days_after(last_day(published, request.objections, request.holidays), 1)


# ---- before the notice: each returns the last day on which voting may open, where the law fixes one ----


def _begin_first_election(draft: Draft) -> date | None:
    application = draft.add(StepKey.APPLICATION, "group_form_days")
    formed = _form_group(draft, StepKey.APPLICATION, application)
    return draft.within(formed, "group_prepare_days")


def _begin_renewal(draft: Draft) -> date | None:
    term_end, pack = draft.request.require_term_end(), draft.request.pack
    alarm = months_before(term_end, pack.number("renewal_alarm_months"))
    draft.add(StepKey.ALARM, "renewal_alarm_months", earliest=alarm, latest=alarm)
    report_by = months_before(term_end, pack.number("renewal_report_months"))
    report = draft.add(StepKey.REPORT, "renewal_report_months", latest=report_by)
    _form_group(draft, StepKey.REPORT, report)
    return _last_opening(draft.request, term_end)


def _last_opening(request: PlanRequest, term_end: date) -> date:
    """Return the last day of opening from which the result can still be certified by the end of the term."""
    opens = days_before(term_end, request.window + request.objections + 1)
    while soonest_certification(opens, request) > term_end:
        opens = days_before(opens, 1)
    return opens


def _begin_by_election(draft: Draft) -> date | None:
    vacancy = draft.add(StepKey.VACANCY, "members_remaining_share")
    _due_after(draft, StepKey.MEMBER_HANDOVER, "member_handover_days", StepKey.VACANCY, vacancy)
    _due_after(draft, StepKey.VACANCY_FILING, "filing_change_days", StepKey.VACANCY, vacancy)
    return None


def _begin_recall(draft: Draft) -> date | None:
    draft.add(StepKey.PETITION, "petition_area", "petition_heads")
    return None


def _begin_decision(draft: Draft) -> date | None:
    """Date the committee's own meeting, where its day or the demand for it is known."""
    dates = draft.request.dates
    fixed = dates.get(StepKey.COMMITTEE_MEETING)
    if fixed is None and StepKey.COMMITTEE_DEMAND not in dates:
        return None
    wait = int(draft.request.policies["P-CMTNOTICE"])
    demand = draft.add(StepKey.COMMITTEE_DEMAND, "committee_demand_share")
    meet_by = draft.within(demand, "committee_demand_days")
    agenda = draft.add(
        StepKey.COMMITTEE_AGENDA,
        "committee_agenda_days",
        latest=before(fixed or meet_by, wait),
        after=StepKey.COMMITTEE_DEMAND if demand else None,
        # Where agenda and meeting are both fixed and too close, it is the meeting that is wrong.
        is_judged=fixed is None or StepKey.COMMITTEE_AGENDA not in dates,
    )
    meeting = draft.add(
        StepKey.COMMITTEE_MEETING,
        "committee_agenda_days",
        "committee_demand_days",
        earliest=after(agenda, wait),
        latest=meet_by,
        after=StepKey.COMMITTEE_AGENDA,
    )
    posted = StepKey.COMMITTEE_DECISION_POSTED
    _due_after(draft, posted, "committee_decision_post_days", StepKey.COMMITTEE_MEETING, meeting)
    return None


_BEGINNINGS: Mapping[TimelineKind, Callable[[Draft], date | None]] = {
    TimelineKind.FIRST_ELECTION: _begin_first_election,
    TimelineKind.RENEWAL: _begin_renewal,
    TimelineKind.BY_ELECTION: _begin_by_election,
    TimelineKind.RECALL: _begin_recall,
    TimelineKind.DECISION: _begin_decision,
}


def _form_group(draft: Draft, anchor: StepKey, start: date | None) -> date | None:
    """Date the group and its list; neither has an earliest day, for the law does not order the preparation."""
    formed_by = draft.within(start, "group_form_days")
    formed = draft.add(StepKey.GROUP_FORMED, "group_form_days", latest=formed_by, after=anchor)
    posted_by = draft.within(formed, "group_list_post_days")
    draft.add(StepKey.GROUP_POSTED, "group_list_post_days", latest=posted_by, after=StepKey.GROUP_FORMED)
    return formed


# ---- the vote and what follows it ----


def _vote(draft: Draft, opens_by: date | None) -> date | None:
    """Date notice, window, preliminary result and objections; return when the result is certified."""
    request = draft.request
    opening = request.dates.get(StepKey.VOTING_OPENS)
    only_opening = opening is not None and StepKey.NOTICE not in request.dates
    notice_by = before(opening if only_opening else opens_by, request.notice_gap)
    notice = draft.add(StepKey.NOTICE, "notice_days_clear", latest=notice_by)
    opens = draft.add(
        StepKey.VOTING_OPENS,
        "notice_days_clear",
        *(("group_prepare_days",) if request.kind is TimelineKind.FIRST_ELECTION else ()),
        earliest=after(notice, request.notice_gap),
        latest=opens_by,
        after=StepKey.NOTICE,
    )
    closes = draft.add_window_end(opens)
    published = draft.add(
        StepKey.PRELIMINARY,
        "preliminary_days",
        earliest=after(closes, 1),
        latest=draft.within(closes, "preliminary_days"),
        after=StepKey.VOTING_CLOSES,
    )
    answered = None if published is None else last_day(published, request.objections, request.holidays)
    objections = draft.add(
        StepKey.OBJECTIONS_CLOSE, "objection_days", earliest=answered, latest=answered, after=StepKey.PRELIMINARY
    )
    is_renewal = request.kind is TimelineKind.RENEWAL
    return draft.add(
        StepKey.CERTIFIED,
        "objection_days",
        *(("renewal_report_months",) if is_renewal else ()),
        earliest=after(objections, 1),
        latest=request.term_end if is_renewal else None,
        after=StepKey.OBJECTIONS_CLOSE,
    )


def _after_certification(draft: Draft, certified: date | None) -> None:
    request = draft.request
    _due_after(draft, StepKey.DECISION_POSTED, "decision_post_days", StepKey.CERTIFIED, certified)
    if request.kind is TimelineKind.RECALL:
        _due_after(draft, StepKey.MEMBER_HANDOVER, "member_handover_days", StepKey.CERTIFIED, certified)
    if request.kind.has_group:
        _due_after(draft, StepKey.FIRST_MEETING, "first_meeting_days", StepKey.CERTIFIED, certified)
    _due_after(draft, StepKey.FILING, "filing_days", StepKey.CERTIFIED, certified)
    if request.kind is TimelineKind.RENEWAL:
        by = draft.within(request.term_end, "term_handover_days")
        draft.add(StepKey.HANDOVER, "term_handover_days", earliest=certified, latest=by, after=StepKey.CERTIFIED)
    if request.kind is TimelineKind.DECISION and request.dismissal:
        rule = "dismissal_notice_days"
        notified = draft.add(StepKey.DISMISSAL_NOTICE, rule, earliest=certified, after=StepKey.CERTIFIED)
        ends = after(notified, request.pack.number(rule))
        draft.add(StepKey.CONTRACT_ENDS, rule, earliest=ends, after=StepKey.DISMISSAL_NOTICE)


def _due_after(draft: Draft, key: StepKey, rule: str, anchor: StepKey, start: date | None) -> None:
    """Add a step that may be done from its anchor on and must be done within a rule's days of it."""
    draft.add(key, rule, earliest=start, latest=draft.within(start, rule), after=anchor)
