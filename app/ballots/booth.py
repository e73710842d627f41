"""Own what the booth page is given: election.json as it is, the matters in words, the voter's weight, where to send.

The order of the candidates is shuffled per owner, so that no place on the list is an advantage.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import Any

from flask import url_for

from app.ballots.rules import changes_left
from app.ballots.types import Contest, Vote
from app.documents.queries import small_picture
from app.elections.queries import owner_order
from app.elections.types import MatterRow
from app.tenancy.types import ComplexRow
from app.values.clock import china_iso
from app.web.filters import deadline, time_left


def booth_document(
    place: ComplexRow, contest: Contest, vote: Vote, *, csrf: str, help_text: str, left: str, lang: str, at: datetime
) -> dict[str, Any]:
    """Return booth.json; ``left`` is the sentence 「还剩 {time}」 with its blank."""
    election, mine = contest.row, vote.entitlement
    address: dict[str, Any] = {"complex": place.slug, "uuid": election.uuid, "voter": mine.voter_number}
    return {
        "election": {
            "raw": contest.definition.raw.decode(),
            "fingerprint": contest.definition.fingerprint,
            "uuid": election.uuid,
        },
        "title": election.title,
        "closes_at": china_iso(election.closes_at),
        "closes_text": deadline(election.closes_at, lang),
        "left_text": left.format(time=time_left(election.closes_at, at, lang, parts=1)),
        "secret": True,
        "matters": [_matter(place, vote, matter) for matter in election.matters],
        "voter": {
            "number": mine.voter_number,
            "heads": mine.heads,
            "area": str(mine.area),
            "units": list(mine.unit_codes),
        },
        "credential": vote.standing.newest,
        "changes_left": changes_left(election.policies, vote.standing.ballots_accepted),
        "ballots": vote.standing.ballots_accepted,
        "urls": {
            "enrol": url_for("ballots.enrol", **address),
            "cast": url_for("ballots.cast", **address),
            "my_ballot": url_for("ballots.my_ballot", complex=place.slug, election=election.uuid, voter=mine.voter_number),
        },
        "csrf": csrf,
        "help": {"phone": place.help_phone, "text": help_text},
    }


def _matter(place: ComplexRow, vote: Vote, matter: MatterRow) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "index": matter.position,
        "kind": matter.kind.value,
        "title": matter.title,
        "summary": matter.summary,
        "materials": [
            {"title": paper.title, "url": url_for("documents.show_file", complex=place.slug, file_id=paper.file_id)}
            for paper in matter.materials
        ],
    }
    if not matter.elects:
        return {**shown, "options": list(matter.answers)}
    candidates = [
        {
            "answer": each.position,
            "name": each.name,
            "building": each.building,
            "introduction": each.introduction,
            "photo_url": None if each.photo_id is None else _inline_photo(each.photo_id),
        }
        for each in owner_order(vote.election, matter, str(vote.entitlement.voter_number))
    ]
    return {**shown, "seats": matter.seats, "candidates": candidates}


def _inline_photo(file_id: int) -> str:
    """Return a portrait as a data address: a dozen faces then cost one answer instead of a dozen."""
    return f"data:image/webp;base64,{b64encode(small_picture(file_id)).decode()}"
