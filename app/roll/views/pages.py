"""Own the pages of the live roll: overview, list of units, one unit, export, frozen rolls."""

from __future__ import annotations

import io
from decimal import Decimal

from flask import Response, render_template, request, send_file
from flask_babel import gettext as _

from app.access.permissions import Permission as P
from app.audit.services.record_event import record_event
from app.roll.claim_queries import count_waiting
from app.roll.export import ExportRow, units_workbook
from app.roll.labels import owner_names
from app.roll.page_queries import (
    UnitFilter,
    UnitLine,
    find_units,
    list_of_snapshots,
    live_import,
    roll_overview,
    unit_by_code,
    with_owners,
)
from app.roll.queries import get_snapshot, live_units
from app.roll.sentences import STATUS_NAMES
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.filters import day_year, door
from app.web.gate import actor
from app.web.pagination import Page, page_of


def show_roll(complex: ComplexRow) -> str:
    """Show the live roll as a whole: totals, buildings, the import it came from, frozen rolls."""
    return render_template(
        "roll/show_roll.html",
        roll=roll_overview(),
        imported=live_import(),
        snapshots=list_of_snapshots(),
        waiting=count_waiting() if actor().may(P.ROLL_MANAGE) else 0,
        may_manage=actor().may(P.ROLL_MANAGE),
    )


def list_units(complex: ComplexRow) -> str:
    """List units by door and building, with masked owners."""
    asked, units = _asked(), live_units()
    found = page_of(find_units(units, asked), request.args.get("page"))
    return render_template(
        "roll/list_units.html",
        page=Page(with_owners(found.rows), found.number, found.total),
        asked=asked,
        buildings=list(dict.fromkeys(unit.building for unit in find_units(units, UnitFilter()))),
        owner_names=owner_names,
    )


def show_unit(complex: ComplexRow, code: str) -> str:
    """Show one unit, and let those who manage the roll mark it as disputed."""
    line = with_owners([unit_by_code(code)])[0]
    return render_template(
        "roll/show_unit.html",
        line=line,
        owner_names=owner_names,
        status_names=STATUS_NAMES,
        may_manage=actor().may(P.ROLL_MANAGE),
    )


def export_units(complex: ComplexRow) -> Response:
    """Send the filtered list as a spreadsheet with masked owners; who took it is on record."""
    lines = with_owners(find_units(live_units(), _asked()))
    at = now()
    record_event("roll:list:exported", at=at, account=actor().account_id, tenant=complex.id, units=len(lines))
    title = f"{complex.name} 房屋清单 {day_year(at)}"
    content = units_workbook(title, (_export_row(line) for line in lines), at)
    name = f"{complex.slug}-units-{at:%Y%m%d}.xlsx"
    return send_file(io.BytesIO(content), as_attachment=True, download_name=name, max_age=0)


def download_snapshot(complex: ComplexRow, snapshot_id: int) -> Response:
    """Send the exact bytes of a frozen roll; their SHA-256 is the roll's hash."""
    snapshot = get_snapshot(snapshot_id)
    name = f"{complex.slug}-roll-{snapshot.roll_hash[:12]}.json"
    return send_file(io.BytesIO(snapshot.body), "application/json", as_attachment=True, download_name=name, max_age=0)


def _asked() -> UnitFilter:
    return UnitFilter(
        wanted=request.args.get("q", "").strip()[:80],
        building=request.args.get("building", ""),
        only_disputed=request.args.get("state") == "disputed",
    )


def _export_row(line: UnitLine) -> ExportRow:
    unit = line.unit
    state = _("不计票") if not unit.counted else _("有争议") if unit.under_review else ""
    state = state or (_("已登记") if line.registered else _("未核对"))
    return door(unit.code), unit.building, Decimal(str(unit.area)), "、".join(owner_names(line.owners)), state
