"""Own the URL table of identity: sign-in, sign-out, sessions."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("identity", __name__)
