"""Own the URL table of identity: sign-in, sign-out, sessions."""

from __future__ import annotations

from flask import Blueprint

from app.access.permissions import Permission as P
from app.access.registry import Route, add_routes
from app.identity import desk_views, platform_views, views

blueprint = Blueprint("identity", __name__)

_ACCOUNTS = "/platform/accounts"
_STAFF = f"{_ACCOUNTS}/<int:account_id>"

add_routes(
    blueprint,
    [
        Route("GET", "/sign-in", views.sign_in, P.ACCOUNT_SIGN_IN),
        Route("POST", "/sign-in", views.request_code, P.ACCOUNT_SIGN_IN),
        Route("GET", "/sign-in/code", views.enter_code, P.ACCOUNT_SIGN_IN),
        Route("POST", "/sign-in/code", views.check_code, P.ACCOUNT_SIGN_IN),
        Route("GET", "/sign-in/staff", views.sign_in_staff, P.ACCOUNT_SIGN_IN),
        Route("POST", "/sign-in/staff", views.check_staff, P.ACCOUNT_SIGN_IN),
        Route("GET", "/sign-in/staff/code", views.enter_second_factor, P.ACCOUNT_SIGN_IN),
        Route("POST", "/sign-in/staff/code", views.check_second, P.ACCOUNT_SIGN_IN),
        Route("GET", "/enter", desk_views.enter, P.ACCOUNT_MANAGE),
        Route("GET", "/desk", desk_views.desk, P.ACCOUNT_MANAGE),
        Route("POST", "/sign-out", views.sign_out, P.ACCOUNT_MANAGE),
        Route("GET", "/account", views.account, P.ACCOUNT_MANAGE),
        Route("POST", "/account/sessions/<int:session_id>/end", views.revoke_session, P.ACCOUNT_MANAGE),
        Route("POST", "/account/sessions/end-others", views.revoke_others, P.ACCOUNT_MANAGE),
        Route("GET", _ACCOUNTS, platform_views.list_accounts, P.PLATFORM_MANAGE),
        Route("GET", f"{_ACCOUNTS}/new", platform_views.new_account, P.PLATFORM_MANAGE),
        Route("POST", f"{_ACCOUNTS}/new", platform_views.create_account, P.PLATFORM_MANAGE),
        Route("GET", _STAFF, platform_views.show_staff, P.PLATFORM_MANAGE),
        Route("POST", f"{_STAFF}/roles", platform_views.give_role, P.PLATFORM_MANAGE),
        Route("GET", f"{_STAFF}/roles/<int:grant_id>", platform_views.confirm_take_back, P.PLATFORM_MANAGE),
        Route("POST", f"{_STAFF}/roles/<int:grant_id>", platform_views.take_back, P.PLATFORM_MANAGE),
        Route("GET", f"{_STAFF}/disable", platform_views.confirm_disable, P.PLATFORM_MANAGE),
        Route("POST", f"{_STAFF}/disable", platform_views.disable, P.PLATFORM_MANAGE),
        Route("POST", f"{_STAFF}/enable", platform_views.enable, P.PLATFORM_MANAGE),
    ],
)
