"""Own the reads of the preparation beside the dossier: places for postings, an owner's doors, sealed photos and evidence."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.documents.queries import private_file
from app.documents.types import FileWithContent
from app.errors import NotFound
from app.procedure.preparation_errors import NominationNotFound, PostingNotFound
from app.procedure.types import Dossier, NominationRow
from app.roll.claim_queries import bindings_of
from app.roll.owner_queries import entrances
from app.values import Area


@dataclass(frozen=True, slots=True)
class OwnDoor:
    """Hold a door for which an account speaks."""

    person_id: int
    name: str = field(repr=False)
    unit_code: str
    area: Area


def posting_places() -> tuple[str, ...]:
    """List where papers hang: the boards of the complex, then every entrance on the roll; stored as they read in Chinese."""
    doors = (f"{building}{entrance}单元门口" if entrance else f"{building}门口" for building, entrance in entrances())
    return ("小区公告栏", "小区主要出入口", *doors)


def own_doors(account_id: int) -> tuple[OwnDoor, ...]:
    """List the doors of the persons for whom the account holds a valid claim, each person once, by the first door."""
    doors = []
    for binding in bindings_of(account_id):
        if binding.state == "active" and binding.doors:
            first = binding.doors[0]
            doors.append(OwnDoor(binding.person_id, binding.name, first.code, first.area))
    return tuple(doors)


def own_door(account_id: int, unit_code: str) -> OwnDoor | None:
    """Return one of an account's doors; None when it speaks for no such door."""
    return next((door for door in own_doors(account_id) if door.unit_code == unit_code), None)


def posting_photo(dossier: Dossier, posting_id: int) -> FileWithContent:
    """Return the photo of a posting.

    Raises: PostingNotFound.
    """
    photo = next((row.photo_id for row in dossier.postings if row.id == posting_id), None)
    if photo is None:
        raise PostingNotFound()
    return private_file(photo)


def nomination_in(dossier: Dossier, nomination_id: int) -> NominationRow:
    """Return a proposal of the dossier.

    Raises: NominationNotFound.
    """
    row = next((row for row in dossier.nominations if row.id == nomination_id), None)
    if row is None:
        raise NominationNotFound()
    return row


def candidate_photo(row: NominationRow) -> bytes:
    """Return the portrait of a proposed candidate as JPEG.

    Raises: NominationNotFound without one.
    """
    if row.photo_id is None:
        raise NominationNotFound()
    return private_file(row.photo_id).content


def draft_of(dossier: Dossier, text: str) -> FileWithContent:
    """Return the newest draft of the rules or of the covenant, once the step is recorded.

    Raises: NotFound.
    """
    code = {"rules": "RULES_DRAFT", "covenant": "COVENANT_DRAFT"}.get(text, "")
    fact, paper = dossier.facts.get("drafts"), dossier.latest_paper(code)
    if fact is None or paper is None or fact.details.get(text) != "drafted":
        raise NotFound("file_not_found")
    return private_file(paper.file_id)
