"""Own the reading of the ballots of a case file (app/statute/LAW.md 3.1, 3.3, 3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.statute.case import BallotEntry, Case, Channel, Choice, Option
from app.statute.case_fields import refuse, take_enum, take_list, take_text


def read_ballots(given: object, case: Case, owners: Mapping[str, set[str]]) -> tuple[BallotEntry, ...]:
    """Read the ballots in the order of the file; ``owners`` maps each owner to the codes of his units."""
    return tuple(_read_ballot(entry, place, case, owners) for place, entry in enumerate(take_list(given, "ballots")))


def _read_ballot(entry: object, place: int, case: Case, owners: Mapping[str, set[str]]) -> BallotEntry:
    where = f"ballots[{place}]"
    if not isinstance(entry, dict):
        refuse("not_an_object", where, entry)
    owner = take_text(entry.get("owner"), f"{where}.owner")
    if owner not in owners:
        refuse("owner_unknown", f"{where}.owner", owner)
    unit = None if entry.get("unit") is None else take_text(entry["unit"], f"{where}.unit")
    if unit is not None and unit not in owners[owner]:
        refuse("unit_not_his", f"{where}.unit", unit)
    channel = take_enum(entry.get("channel"), Channel, f"{where}.channel")
    valid = entry.get("valid", True)
    if not isinstance(valid, bool):
        refuse("not_a_boolean", f"{where}.valid", valid)
    if "choice" not in entry and valid:
        refuse("choice_missing", f"{where}.choice", None)
    choice = _read_choice(entry.get("choice"), f"{where}.choice", case)
    return BallotEntry(place, owner, channel, _read_instant(entry.get("at"), f"{where}.at"), choice, valid, unit)


def _read_instant(given: object, where: str) -> datetime:
    """Read an ISO 8601 instant; without an offset it is no instant at all."""
    if not isinstance(given, str):
        refuse("instant_unreadable", where, given)
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        refuse("instant_unreadable", where, given)
    if moment.utcoffset() is None:
        refuse("instant_without_offset", where, given)
    return moment


def _read_choice(given: object, where: str, case: Case) -> Choice:
    if given is None:
        return None
    if case.elects:
        return _read_candidates(given, where, case)
    option = take_enum(given, Option, where)
    if option is Option.FOLLOW and case.policies["P-CONG"] != "yes":
        refuse("word_unknown", where, given)
    return option


def _read_candidates(given: object, where: str, case: Case) -> frozenset[str]:
    if not isinstance(given, list):
        refuse("not_a_list", where, given)
    names = [take_text(name, where) for name in given]
    for name in names:
        if name not in case.candidates:
            refuse("candidate_unknown", where, name)
    if len(set(names)) != len(names):
        refuse("candidate_twice", where, names)
    if len(names) > case.seats:
        refuse("too_many_choices", where, names)
    return frozenset(names)
