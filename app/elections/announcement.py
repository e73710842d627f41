"""Own the bytes of the announcement: everything the owners are told, frozen as RFC 8785 JSON, and their SHA-256.

The digest goes into the public record and into the description of election.json (app/crypto/PROTOCOL.md 6). No personal data
but the candidates', who consented to its publication, and the names under which two persons in office confirmed a clause of the
complex's own rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785

from app.elections.types import THRESHOLD, TRUSTEES, ElectionRow, MatterRow
from app.values.clock import china_iso

FORMAT = "yeyi-announcement/1"


@dataclass(frozen=True, slots=True)
class FrozenRollFacts:
    """Hold what the announcement says of the frozen roll; the area as a decimal string in square metres."""

    roll: str
    units: int
    heads: int
    area: str


def announcement_bytes(
    election: ElectionRow, place: tuple[str, str], roll: FrozenRollFacts, digests: Mapping[int, str], at: datetime
) -> bytes:
    """Write the announcement of a draft.

    ``scope`` in it names the buildings that decide, empty for the whole complex; ``roll`` holds their totals alone.
    ``place`` is the complex's name in URLs and its name; ``digests`` gives the SHA-256 of every file by its id.
    """
    slug, name = place
    return rfc8785.dumps(
        {
            "format": FORMAT,
            "election": election.uuid,
            "complex": slug,
            "complex_name": name,
            "kind": election.kind.value,
            "title": election.title,
            "opens_at": china_iso(election.opens_at),
            "closes_at": china_iso(election.closes_at),
            "announced_at": china_iso(at),
            "scope": list(election.scope),
            "matters": [_matter(matter, digests) for matter in election.matters],
            "policies": dict(election.policies),
            "rule_pack": election.rule_pack,
            "own_rules": election.own_rules.as_json(),
            "roll": {"sha256": roll.roll, "units": roll.units, "heads": roll.heads, "area": roll.area},
            "trustees": [
                {"index": trustee.index, "organisation": trustee.organisation, "party": trustee.party.value}
                for trustee in election.trustees
            ],
            "threshold": f"{THRESHOLD}/{TRUSTEES}",
        }
    )


def announcement_digest(raw: bytes) -> str:
    """Return the SHA-256 of an announcement in hexadecimal."""
    return sha256(raw).hexdigest()


def _matter(matter: MatterRow, digests: Mapping[int, str]) -> dict[str, Any]:
    return {
        "kind": matter.kind.value,
        "title": matter.title,
        "summary": matter.summary,
        "seats": matter.seats,
        "answers": list(matter.answers),
        "candidates": [
            {
                "name": candidate.name,
                "building": candidate.building,
                "introduction": candidate.introduction,
                "photo": None if candidate.photo_id is None else digests[candidate.photo_id],
            }
            for candidate in matter.candidates
        ],
        "materials": [{"title": material.title, "sha256": digests[material.file_id]} for material in matter.materials],
    }
