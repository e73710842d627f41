"""Own the owner's way from the telephone to the flat: door, name and last six, confirmation, done."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.roll.claim_queries import (
    BindingRow,
    bindings_of,
    claimed_door,
    countable_doors,
    doors_meant,
    doors_of_persons,
    person_name,
)
from app.roll.door_grid import door_grid
from app.roll.errors import ClaimLapsed
from app.roll.forms import ClaimForm
from app.roll.policies import require_owner_account
from app.roll.services.bind_owner import bind_owner
from app.roll.services.check_claim import TRIES_PER_DOOR, ClaimResult, check_claim
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.gate import actor

Answer = str | Response | tuple[str, int]
#: A matched claim waits this long for the yes.
_CONFIRM_SECONDS = 15 * 60


def start_claim(complex: ComplexRow) -> Answer:
    """Let the owner choose his door: from the poster's ``b`` and ``u``, by building and floor, or by typing it.

    Who has registered goes on to the vote, unless he comes to add another flat (``more``).
    """
    bindings = bindings_of(require_owner_account(actor()))
    if bindings and "more" not in request.args and "door" not in request.args:
        return redirect(_after_registration(complex, bindings))
    units, typed = countable_doors(), request.args.get("door", "").strip()[:80]
    meant = doors_meant(typed, units) if typed else []
    if len(meant) == 1:
        return redirect(url_for(".enter_identity", complex=complex.slug, code=meant[0].code))
    grid = door_grid(units, request.args.get("b", ""), request.args.get("u", ""))
    return render_template(
        "roll/start_claim.html", grid=grid, typed=typed, meant=meant, more=request.args.get("more"), has_roll=bool(units)
    )


def enter_identity(complex: ComplexRow, code: str) -> str:
    """Ask for the name and the last six of the document."""
    require_owner_account(actor())
    claimed_door(code)
    return render_template("roll/enter_identity.html", form=ClaimForm(), code=code)


def check_identity(complex: ComplexRow, code: str) -> Answer:
    """Compare what was typed with the roll; every failure reads the same."""
    account = require_owner_account(actor())
    form = ClaimForm()
    if not form.validate_on_submit():
        return render_template("roll/enter_identity.html", form=form, code=code), 422
    check = check_claim(code, form.name.data or "", form.tail.data or "", account_id=account, at=now())
    if check.result is not ClaimResult.MATCHED:
        is_over = check.result is ClaimResult.TOO_MANY_TRIES
        page = render_template("roll/claim_failed.html", form=form, code=code, is_over=is_over, tries=TRIES_PER_DOOR)
        return page, 422
    session["claim"] = [complex.id, account, code, check.person_id, int(now().timestamp())]
    return redirect(url_for(".confirm_claim", complex=complex.slug))


def confirm_claim(complex: ComplexRow) -> str:
    """Ask whether this is the person."""
    code, person = _matched(complex)
    doors = doors_of_persons([person]).get(person, ())
    door = claimed_door(code)
    return render_template(
        "roll/confirm_claim.html",
        door=door,
        name=person_name(person),
        others=[own for own in doors if own.code != code],
    )


def make_claim(complex: ComplexRow) -> Response:
    """Register the person as the owner."""
    code, person = _matched(complex)
    bind_owner(complex, code, person, account_id=require_owner_account(actor()), at=now())
    session.pop("claim", None)
    return redirect(url_for(".show_own_doors", complex=complex.slug, done=1))


def show_own_doors(complex: ComplexRow) -> Answer:
    """Show what the person is registered for, and right after registering that it is done."""
    bindings = bindings_of(require_owner_account(actor()))
    if not bindings:
        return redirect(url_for(".start_claim", complex=complex.slug))
    newest = bindings[-1]
    return render_template(
        "roll/show_own_doors.html",
        bindings=bindings,
        newest=newest,
        is_done="done" in request.args,
        vote_url=_home(complex),
    )


def _matched(complex: ComplexRow) -> tuple[str, int]:
    """Return the door and the person that this account matched some minutes ago.

    Raises: ClaimLapsed.
    """
    account = require_owner_account(actor())
    kept = session.get("claim")
    if not kept or kept[:2] != [complex.id, account] or now().timestamp() - kept[4] > _CONFIRM_SECONDS:
        raise ClaimLapsed()
    return str(kept[2]), int(kept[3])


def _after_registration(complex: ComplexRow, bindings: list[BindingRow]) -> str:
    if any(binding.state == "active" for binding in bindings):
        return _home(complex)
    return url_for(".show_own_doors", complex=complex.slug)


def _home(complex: ComplexRow) -> str:
    """Return where voting begins; the slice above may not be there."""
    endpoint = "elections.show_complex"
    if endpoint in current_app.view_functions:
        return url_for(endpoint, complex=complex.slug)
    return url_for("tenancy.home")
