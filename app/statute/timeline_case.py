"""Own the reading of a timeline's case file: JSON to a ``PlanRequest``, or Malformed with what is wrong and where.

``case_errors`` turns that into one line. Readings: app/statute/LAW.md 6.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from app.errors import Malformed
from app.statute.calendar import Holidays
from app.statute.case_fields import read_json, refuse, take_enum, take_list, take_text
from app.statute.rule_pack import DEFAULT_RULE_PACK, load_rule_pack
from app.statute.timeline import plan
from app.statute.timeline_draft import PlanRequest
from app.statute.timeline_steps import NEVER_CHOSEN, StepKey, TimelineKind

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CHOSEN_DATE = "_on"


def parse_timeline(raw: bytes) -> PlanRequest:
    """Read a case from the bytes of a JSON document; raises Malformed ``not_json`` and all of ``read_timeline``."""
    return read_timeline(read_json(raw))


def read_timeline(document: object) -> PlanRequest:
    """Read a case from a decoded JSON document; raises Malformed with the place of the first thing wrong."""
    if not isinstance(document, dict):
        refuse("not_an_object", "file", document)
    kind = take_enum(document.get("kind"), TimelineKind, "kind")
    pack_id = take_text(document.get("rule_pack", DEFAULT_RULE_PACK), "rule_pack")
    try:
        pack = load_rule_pack(pack_id)
    except Malformed as error:
        raise Malformed(error.code, where="rule_pack", got=pack_id) from None
    given_end = document.get("term_end")
    term_end = None if given_end is None else take_date(given_end, "term_end")
    choices = {} if document.get("choices") is None else document["choices"]
    if not isinstance(choices, dict):
        refuse("not_an_object", "choices", choices)
    request = PlanRequest(
        kind=kind,
        term_end=term_end,
        dates=_read_dates(choices),
        voting_days=_take_days(choices, "voting_days", least=1),
        objection_days=_take_days(choices, "objection_days", least=0),
        dismissal=_take_dismissal(choices, kind),
        holidays=Holidays.of(_take_dates(choices, "holidays"), _take_dates(choices, "workdays")),
        pack=pack,
    )
    _require_steps(request)
    return request


def take_date(given: object, where: str) -> date:
    """Return a date written ``2027-06-30``; raises Malformed ``date_unreadable``."""
    day = None
    if isinstance(given, str) and _DATE.fullmatch(given):
        with suppress(ValueError):
            day = date.fromisoformat(given)
    if day is None:
        refuse("date_unreadable", where, given)
    return day


def _read_dates(choices: Mapping[str, Any]) -> dict[StepKey, date]:
    """Read the dates chosen for steps; raises Malformed ``choice_unknown`` for a choice that no plan has."""
    others = {"voting_days", "objection_days", "holidays", "workdays", "dismissal"}
    choosable = {f"{key}{_CHOSEN_DATE}": key for key in StepKey if key not in NEVER_CHOSEN}
    dates = {}
    for name, value in choices.items():
        if name in choosable:
            dates[choosable[name]] = take_date(value, f"choices.{name}")
        elif name not in others:
            refuse("choice_unknown", f"choices.{name}", name)
    return dates


def _require_steps(request: PlanRequest) -> None:
    """Refuse a date for a step that this plan does not have; raises Malformed ``choice_unknown``."""
    present = {step.key for step in plan(request)}
    for key in request.dates:
        if key not in present:
            refuse("choice_not_in_plan", f"choices.{key}{_CHOSEN_DATE}", str(request.kind))


def _take_days(choices: Mapping[str, Any], name: str, *, least: int) -> int | None:
    if name not in choices:
        return None
    value = choices[name]
    if type(value) is not int or value < least:
        refuse("days_unusable", f"choices.{name}", value)
    return value


def _take_dismissal(choices: Mapping[str, Any], kind: TimelineKind) -> bool:
    value = choices.get("dismissal", False)
    if not isinstance(value, bool):
        refuse("not_a_boolean", "choices.dismissal", value)
    if "dismissal" in choices and kind is not TimelineKind.DECISION:
        refuse("choice_not_in_plan", "choices.dismissal", str(kind))
    return value


def _take_dates(choices: Mapping[str, Any], name: str) -> list[date]:
    where = f"choices.{name}"
    return [take_date(entry, f"{where}[{index}]") for index, entry in enumerate(take_list(choices.get(name), where))]
