"""Own how a case file and its single fields are taken: the right type, or Malformed with the place."""

from __future__ import annotations

import json
from decimal import Decimal
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from app.errors import Malformed

_Kind = TypeVar("_Kind", bound=StrEnum)


def read_json(raw: bytes) -> object:
    """Decode a JSON document; raises Malformed ``not_json``."""
    try:
        text = raw.decode("utf-8-sig")
        # Decimal keeps a stray fraction exact until it is refused; no number in a case may have one.
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Malformed("not_json", where="file") from error


def refuse(code: str, where: str, got: object) -> NoReturn:
    """Raise Malformed for one place of the file, with what stands there."""
    raise Malformed(code, where=where, got=got)


def take_text(given: object, where: str) -> str:
    """Return a name: non-empty text that can be written out again."""
    if not isinstance(given, str) or not given:
        refuse("not_a_name", where, given)
    try:
        given.encode("utf-8")
    except UnicodeEncodeError:
        refuse("not_a_name", where, ascii(given))
    return given


def take_list(given: object, where: str) -> list[Any]:
    """Return a list; a missing one is empty."""
    if given is None:
        return []
    if not isinstance(given, list):
        refuse("not_a_list", where, given)
    return given


def take_enum(given: object, kind: type[_Kind], where: str) -> _Kind:
    """Return one of the words of a kind; raises Malformed ``word_unknown``."""
    if isinstance(given, str):
        try:
            return kind(given)
        except ValueError:
            pass
    refuse("word_unknown", where, given)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)
