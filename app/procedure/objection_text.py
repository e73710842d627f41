"""Own the sealing of what is objected: it may name persons, so only its author and those who answer read it."""

from __future__ import annotations

from app.db.personal_data import seal, unseal

_FIELD = "objection.text"


def seal_objection(text: str, objection_id: int) -> str:
    """Return a text sealed for its row, in hexadecimal."""
    return seal(text, field=_FIELD, owner=objection_id).hex()


def open_objection(sealed: str, objection_id: int) -> str:
    """Return the clear text.

    Raises: VerificationFailed when the bytes were changed or belong elsewhere.
    """
    return unseal(bytes.fromhex(sealed), field=_FIELD, owner=objection_id)
