"""Own who is the same person in a roll, and which names are companies or the developer.

Source: app/roll/README.md "Numbers" 4-6: the same document number is the same person; where the number is lost, wrong or
absent a person is known by name and phone within the file; the same name alone never merges.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.roll.types import DocumentType, OwnerEntry, PersonKey, RollRow, UnitStatus

#: Owner of unsold and undelivered units while nobody has named the developer.
UNNAMED_DEVELOPER = PersonKey("developer")

_INVISIBLE = re.compile(r"[\s\u200b\u200c\u200d\u2060\ufeff]+")
_MIDDLE_DOTS = re.compile(r"[·•・‧∙⋅●.．]")
_COMPANY = re.compile(
    r"(公司|企业|集团|合作社|事务所|中心|银行|分行|支行|商行|商店|超市|酒店|学校|幼儿园|医院|委员会|村委会|居委会|管理局|管理处|基金|厂|社团|协会|工作室)(\(.*\))?$"
)
_DEVELOPER_WORDS = re.compile(r"置业|置地|房地产|地产|房产|开发|城建|城投|建设")
_NOT_DEVELOPER = re.compile(r"顾问|中介|代理|经纪|物业|装饰|装修|策划|咨询|营销")


@dataclass(frozen=True, slots=True)
class Persons:
    """Hold the person behind every owner entry of a roll."""

    #: One tuple per row, one key per owner of the row; unsold and undelivered rows hold the developer alone.
    keys: tuple[tuple[PersonKey, ...], ...]
    #: Rows whose owner was known only by name and phone and is taken for the same person as in other rows (kind 24).
    by_name_and_phone: tuple[tuple[RollRow, ...], ...]
    developer: PersonKey


def normalise_name(name: str) -> str:
    """Bring a name to the form by which it is compared: half width, no blanks, one kind of middle dot, no case."""
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", name))
    return _MIDDLE_DOTS.sub("·", folded).casefold()


def is_company(owner: OwnerEntry) -> bool:
    """Say whether an owner is a legal entity, by its document or, without one, by its name."""
    if owner.document.kind in (DocumentType.CREDIT_CODE, DocumentType.NONE, DocumentType.OTHER):
        return owner.document.kind is DocumentType.CREDIT_CODE or is_company_name(owner.name)
    return False


def is_company_name(name: str) -> bool:
    """Say whether a name ends as the name of a legal entity does (kind 27)."""
    return _COMPANY.search(normalise_name(name)) is not None


def propose_developer(rows: Sequence[RollRow]) -> str | None:
    """Return the name of the company that looks like the developer of the complex, for a person to confirm.

    It is the real-estate company that is sole owner of most units, at least two; None when no single one stands out.
    """
    held: dict[str, int] = defaultdict(int)
    for row in rows:
        if len(row.owners) == 1 and is_company(row.owners[0]):
            name = row.owners[0].name
            if _DEVELOPER_WORDS.search(name) and not _NOT_DEVELOPER.search(name):
                held[name] += 1
    ranked = sorted(held.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]


def identify_persons(rows: Sequence[RollRow], developer: str | None = None) -> Persons:
    """Find the person behind every owner entry; ``developer`` is the developer's name as the roll writes it, if known."""
    trusted = _keys_by_name_and_phone(rows)
    developer_key = _developer_key(rows, developer, trusted)
    merged: dict[PersonKey, list[RollRow]] = defaultdict(list)
    keys: list[tuple[PersonKey, ...]] = []
    for row in rows:
        if row.status is not UnitStatus.DELIVERED:
            keys.append((developer_key,))
            continue
        row_keys = []
        for place, owner in enumerate(row.owners):
            key = _key_of(row, place, owner, trusted)
            row_keys.append(key)
            if not owner.document.trusted and owner.phone:
                merged[key].append(row)
        # A door without owner data is still a door: its owner is unknown and nobody else.
        keys.append(tuple(row_keys) or (PersonKey(f"unknown:{row.sheet}:{row.row}"),))
    holders: dict[PersonKey, int] = defaultdict(int)
    for row_keys_found in keys:
        for key in row_keys_found:
            holders[key] += 1
    asked = tuple(tuple(found) for key, found in merged.items() if holders[key] > 1)
    return Persons(tuple(keys), asked, developer_key)


def _keys_by_name_and_phone(rows: Sequence[RollRow]) -> dict[tuple[str, str], set[PersonKey]]:
    """Index the trusted keys by name and phone, so that an entry without number can find its person."""
    found: dict[tuple[str, str], set[PersonKey]] = defaultdict(set)
    for row in rows:
        for owner in row.owners:
            if owner.document.trusted and owner.phone:
                found[normalise_name(owner.name), owner.phone].add(_document_key(owner))
    return found


def _document_key(owner: OwnerEntry) -> PersonKey:
    kind = owner.document.kind
    # Permits of different countries may carry the same few digits; cards and credit codes are unique by themselves.
    family = "" if kind in (DocumentType.RESIDENT_ID, DocumentType.CREDIT_CODE) else kind.value
    return PersonKey(f"document:{family}:{owner.document.number}")


def _key_of(row: RollRow, place: int, owner: OwnerEntry, trusted: dict[tuple[str, str], set[PersonKey]]) -> PersonKey:
    if owner.document.trusted:
        return _document_key(owner)
    name = normalise_name(owner.name)
    if not owner.phone:
        return PersonKey(f"entry:{row.sheet}:{row.row}:{place}")
    known = trusted.get((name, owner.phone), set())
    return next(iter(known)) if len(known) == 1 else PersonKey(f"name:{name}:{owner.phone}")


def _developer_key(rows: Sequence[RollRow], developer: str | None, trusted: dict[tuple[str, str], set[PersonKey]]) -> PersonKey:
    if developer is None:
        return UNNAMED_DEVELOPER
    wanted = normalise_name(developer)
    for row in rows:
        for place, owner in enumerate(row.owners):
            if normalise_name(owner.name) == wanted and is_company(owner):
                return _key_of(row, place, owner, trusted)
    return UNNAMED_DEVELOPER
