"""Own the pages of sign-in, sign-out and sessions."""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import login_user, logout_user
from werkzeug.wrappers import Response

from app.errors import NotFound
from app.identity.demo_accounts import demo_accounts, demo_second_factor
from app.identity.forms import CodeForm, PhoneForm, SecondFactorForm, StaffForm
from app.identity.login import load_user, signed_in_account
from app.identity.phones import normalise_phone
from app.identity.queries import live_sessions, second_factor_setup
from app.identity.services.send_code import CodeRequest, send_code
from app.identity.services.sign_in_by_code import CodeOutcome, sign_in_by_code
from app.identity.services.sign_in_staff import StaffOutcome, check_password, check_second_factor
from app.identity.services.start_session import end_other_sessions, end_session
from app.identity.setup_codes import totp_picture
from app.tenancy.queries import complex_by_slug
from app.web.clock import now


def sign_in() -> str | Response:
    """Ask for the telephone number."""
    return _phone_page(PhoneForm())


def request_code() -> str | Response | tuple[str, int]:
    """Send a code and ask for it."""
    form = PhoneForm()
    if not form.validate_on_submit():
        return _phone_page(form), 422
    phone = normalise_phone(form.phone.data or "")
    outcome = send_code(phone, address=request.remote_addr or "", at=now())
    if outcome is CodeRequest.TOO_MANY:
        form.phone.errors = [_("今天给这个号码发的短信太多了。请明天再试，或拨打客服电话，由社区帮您。")]
        return _phone_page(form), 429
    if outcome is CodeRequest.TOO_SOON:
        flash(_("刚刚发过一条，请等一分钟再点。之前收到的数字仍可以用。"), "wait")
    session["phone"] = phone
    return redirect(url_for(".enter_code", place=request.args.get("place")))


def enter_code() -> str | Response:
    """Ask for the digits of the text message."""
    if "phone" not in session:
        return redirect(url_for(".sign_in", place=request.args.get("place")))
    return _code_page(CodeForm())


def check_code() -> str | Response | tuple[str, int]:
    """Sign the owner in when the digits are right."""
    form = CodeForm()
    phone = session.get("phone")
    if phone is None:
        return redirect(url_for(".sign_in"))
    if not form.validate_on_submit():
        return _code_page(form), 422
    result = sign_in_by_code(phone, (form.code.data or "").strip(), device=_device(), at=now())
    if result.outcome is CodeOutcome.ACCEPTED:
        return _enter(result.token, days=True)
    form.code.errors = [
        {
            CodeOutcome.WRONG: _("这个数字不对。请再看一下短信。"),
            CodeOutcome.EXPIRED: _("这个数字已经过期。请返回，重新获取一个。"),
            CodeOutcome.TOO_MANY_TRIES: _("输错太多次了。请返回，重新获取一个数字。"),
        }[result.outcome]
    ]
    return _code_page(form), 422


def sign_in_staff() -> str:
    """Ask staff for name and password."""
    return _staff_page(StaffForm())


def check_staff() -> str | Response | tuple[str, int]:
    """Check name and password, then ask for the second factor."""
    form = StaffForm()
    if not form.validate_on_submit():
        return _staff_page(form), 422
    result = check_password((form.login_name.data or "").strip(), form.password.data or "", at=now())
    if result.outcome is StaffOutcome.ACCEPTED:
        session["password_passed"] = [result.account_id, int(now().timestamp())]
        return redirect(url_for(".enter_second_factor"))
    form.password.errors = [_staff_sentence(result.outcome)]
    return _staff_page(form), 422


def enter_second_factor() -> str | Response:
    """Ask for the code of the authenticator; the first time, show how to set it up."""
    account_id = _password_passed()
    return _second_page(account_id, SecondFactorForm()) if account_id else redirect(url_for(".sign_in_staff"))


def check_second() -> str | Response | tuple[str, int]:
    """Sign staff in when the code is right."""
    account_id = _password_passed()
    if account_id is None:
        return redirect(url_for(".sign_in_staff"))
    form = SecondFactorForm()
    if not form.validate_on_submit():
        return _second_page(account_id, form), 422
    result = check_second_factor(account_id, (form.code.data or "").strip(), device=_device(), at=now())
    if result.outcome is StaffOutcome.ACCEPTED:
        return _enter(result.token, days=False)
    form.code.errors = [_staff_sentence(result.outcome, second=True)]
    return _second_page(account_id, form), 422


def sign_out() -> Response:
    """End the present session."""
    account = signed_in_account()
    end_session(account.account_id, account.session_id, at=now())
    logout_user()
    return redirect(url_for("tenancy.home"))


def account() -> str:
    """Show the person's sign-in sessions."""
    present = signed_in_account()
    rows = live_sessions(present.account_id, now())
    return render_template("identity/account.html", sessions=rows, present=present)


def revoke_session(session_id: int) -> Response:
    """End one of the person's sessions."""
    end_session(signed_in_account().account_id, session_id, at=now())
    flash(_("那台设备已经退出登录。"), "done")
    return redirect(url_for(".account"))


def revoke_others() -> Response:
    """End every session but the present one."""
    present = signed_in_account()
    end_other_sessions(present.account_id, present.session_id, at=now())
    flash(_("其他设备都已经退出登录。"), "done")
    return redirect(url_for(".account"))


def _phone_page(form: PhoneForm) -> str:
    return render_template("identity/sign_in.html", form=form, place=_place(), accounts=demo_accounts("owner"))


def _code_page(form: CodeForm) -> str:
    return render_template("identity/enter_code.html", form=form, phone=session["phone"], place=_place())


def _staff_page(form: StaffForm) -> str:
    return render_template("identity/sign_in_staff.html", form=form, accounts=demo_accounts("staff"))


def _second_page(account_id: int, form: SecondFactorForm) -> str:
    setup = second_factor_setup(account_id)
    return render_template(
        "identity/second_factor.html",
        form=form,
        setup=setup,
        picture=totp_picture(setup.uri) if setup else None,
        demo_code=demo_second_factor(account_id, now()),
    )


def _place() -> Any:
    slug = request.args.get("place")
    try:
        return complex_by_slug(slug) if slug else None
    except NotFound:
        return None


def _enter(token: str, *, days: bool) -> Response:
    """Begin a fresh cookie session, so that nothing of before the sign-in lives on but language and size."""
    after = session.get("after_sign_in")
    kept = {key: session[key] for key in ("lang", "large") if key in session}
    session.clear()
    session.update(kept)
    user = load_user(token)
    if user is None:
        raise NotFound("session_not_found")
    session.permanent = days
    login_user(user)
    slug = request.args.get("place")
    return redirect(after or (url_for(".enter", place=slug)))


def _password_passed() -> int | None:
    kept = session.get("password_passed")
    minutes = current_app.config.get("SECOND_FACTOR_MINUTES", 5)
    if not kept or now().timestamp() - kept[1] > minutes * 60:
        return None
    return int(kept[0])


def _staff_sentence(outcome: StaffOutcome, *, second: bool = False) -> str:
    if outcome is StaffOutcome.TOO_MANY_TRIES:
        return _("试的次数太多了。请过 15 分钟再来。")
    return _("这个数字不对，或已经用过。请等下一个数字。") if second else _("登录名或密码不对。")


def _device() -> str:
    agent = request.user_agent.string
    names = (
        ("MicroMessenger", "微信"),
        ("iPhone", "iPhone"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
    )
    return next((name for mark, name in names if mark in agent), agent.split("/")[0][:40])
