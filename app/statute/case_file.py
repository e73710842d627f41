"""Own the reading of a case file: JSON to a ``Case``, or Malformed with what is wrong and where (app/statute/LAW.md 3.1).

Every unusable input ends as ``Malformed(code, where=..., got=...)``; ``case_errors`` turns that into one line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.errors import Malformed
from app.statute.case import BallotEntry, Case, ElectionKind, Unit, UnitStatus, UnitUse
from app.statute.case_ballots import read_ballots
from app.statute.case_fields import read_json, refuse, take_enum, take_list, take_text
from app.statute.policies import Policies
from app.statute.rule_pack import DEFAULT_RULE_PACK, RULE_PACKS, Matter
from app.values import Area


def parse_case(raw: bytes) -> Case:
    """Read a case from the bytes of a JSON document; raises Malformed ``not_json`` and all of ``read_case``."""
    return read_case(read_json(raw))


def read_case(document: object) -> Case:
    """Read a case from a decoded JSON document; raises Malformed with the place of the first thing wrong."""
    if not isinstance(document, dict):
        refuse("not_an_object", "file", document)
    matter = take_enum(document.get("matter"), Matter, "matter")
    policies = _read_policies(document.get("policies"))
    developer = None if document.get("developer") is None else take_text(document["developer"], "developer")
    election = take_enum(document.get("election", ElectionKind.COMMITTEE), ElectionKind, "election")
    units = _read_units(document.get("units"), developer)
    elects = matter is Matter.ELECT and election is not ElectionKind.RECALL
    seats, candidates = _read_seats(document, elects)
    case = Case(
        matter=matter,
        units=units,
        policies=policies,
        developer=developer,
        election=election,
        seats=seats,
        candidates=candidates,
        rule_pack=_read_rule_pack(document),
    )
    return _with_ballots(case, document)


def _read_rule_pack(document: Mapping[str, Any]) -> str:
    given = document.get("rule_pack", DEFAULT_RULE_PACK)
    if given not in RULE_PACKS:
        refuse("rule_pack_unknown", "rule_pack", given)
    return str(given)


def _with_ballots(case: Case, document: Mapping[str, Any]) -> Case:
    """Read what refers to owners and units, once these are known."""
    owners: dict[str, set[str]] = {}
    for unit in case.units:
        for owner in unit.owners | case.owners_of(unit):
            owners.setdefault(owner, set()).add(unit.code)
    ballots: tuple[BallotEntry, ...] = read_ballots(document.get("ballots"), case, owners)
    delivered = set()
    for index, entry in enumerate(take_list(document.get("delivered"), "delivered")):
        where = f"delivered[{index}]"
        owner = take_text(entry, where)
        if owner not in owners:
            refuse("owner_unknown", where, owner)
        delivered.add(owner)
    return replace(case, ballots=ballots, delivered=frozenset(delivered))


def _read_policies(given: object) -> Policies:
    if given is None:
        return Policies()
    if not isinstance(given, dict):
        refuse("not_an_object", "policies", given)
    try:
        return Policies(given)
    except Malformed as error:
        key = str(error.values["key"])
        raise Malformed(error.code, where=f"policies.{key}", got=error.values.get("got", key)) from None


def _read_units(given: object, developer: str | None) -> tuple[Unit, ...]:
    entries = take_list(given, "units")
    if not entries:
        refuse("units_missing", "units", given)
    units, seen = [], set()
    for index, entry in enumerate(entries):
        unit = _read_unit(entry, f"units[{index}]", developer)
        if unit.code in seen:
            refuse("unit_duplicate", f"units[{index}].unit", unit.code)
        seen.add(unit.code)
        units.append(unit)
    return tuple(units)


def _read_unit(entry: object, where: str, developer: str | None) -> Unit:
    if not isinstance(entry, dict):
        refuse("not_an_object", where, entry)
    code = take_text(entry.get("unit"), f"{where}.unit")
    status = take_enum(entry.get("status", UnitStatus.DELIVERED), UnitStatus, f"{where}.status")
    use = take_enum(entry.get("use", UnitUse.EXCLUSIVE), UnitUse, f"{where}.use")
    owners = [take_text(o, f"{where}.owners") for o in take_list(entry.get("owners"), f"{where}.owners")]
    if len(set(owners)) != len(owners):
        refuse("owner_twice", f"{where}.owners", owners)
    if status is UnitStatus.DELIVERED and not owners:
        refuse("owner_missing", f"{where}.owners", owners)
    if status is not UnitStatus.DELIVERED and developer is None:
        refuse("developer_missing", f"{where}.status", str(status))
    counted = entry.get("counted", True)
    if not isinstance(counted, bool):
        refuse("not_a_boolean", f"{where}.counted", counted)
    nominee = None if entry.get("nominee") is None else take_text(entry["nominee"], f"{where}.nominee")
    area = _read_area(entry.get("area"), f"{where}.area")
    return Unit(code, area, frozenset(owners), status, use, counted, nominee)


def _read_area(given: object, where: str) -> Area:
    if not isinstance(given, str):
        refuse("area_unreadable", where, given)
    try:
        area = Area.parse(given)
    except Malformed:
        refuse("area_unreadable", where, given)
    if not area:
        refuse("area_unreadable", where, given)
    return area


def _read_seats(document: Mapping[str, Any], elects: bool) -> tuple[int, tuple[str, ...]]:
    seats, candidates = document.get("seats"), document.get("candidates")
    if not elects:
        for name, value in (("seats", seats), ("candidates", candidates)):
            if value is not None:
                refuse("not_an_election", name, value)
        return 0, ()
    if type(seats) is not int or seats < 1:
        refuse("seats_missing", "seats", seats)
    names = [take_text(name, "candidates") for name in take_list(candidates, "candidates")]
    if not names or len(set(names)) != len(names):
        refuse("candidates_unusable", "candidates", names)
    return seats, tuple(names)
