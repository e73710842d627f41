"""Own what an owner can do in a procedure today, as links for the pages on which procedures are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from app.access.actor import Actor
from app.access.permissions import Permission as P
from app.procedure.nominating import nominations_open, shown_to_public
from app.procedure.objecting import open_windows
from app.procedure.types import Dossier
from app.tenancy.types import ComplexRow


def owner_links(place: ComplexRow, dossier: Dossier, today: date, who: Actor) -> list[tuple[str, str]]:
    """List (words, address): proposing and objecting while they are open, then what everybody may read.

    A visitor is sent to sign in; staff, who are no owners, find only what is public.
    """
    may_ask = who.may(P.NOMINATE) or not who.is_signed_in
    is_listed = any(shown_to_public(dossier, row) for row in dossier.nominations)
    wanted = [
        ("procedure.show_nominating", _("推荐候选人，或者自己参选"), may_ask and nominations_open(dossier)),
        ("procedure.show_candidates", _("看候选人名单"), is_listed),
        ("procedure.write_objection", _("我要提异议"), may_ask and bool(open_windows(dossier, today))),
        ("procedure.show_objections", _("看异议和答复"), bool(dossier.objections)),
    ]
    here: dict[str, Any] = {"complex": place.slug, "code": dossier.procedure.code}
    return [(label, url_for(endpoint, **here)) for endpoint, label, shown in wanted if shown]
