"""Own the reading of single cells: areas, names, phones, statuses and uses, with the fix or the doubt each one needs.

Source: app/roll/README.md kinds 7-11, 21, 22, 25, 28; areas are exact decimals, never floats.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

from app.errors import Malformed
from app.roll.reading.sheets import Cell, cell_text
from app.roll.types import UnitStatus, UnitUse
from app.values import Area

_AREA = re.compile(r"[0-9]{1,7}(\.[0-9]{1,12})?")
_AREA_UNIT = re.compile(r"(?:㎡|M2|M²|平方米|平米|平方|平)$", re.IGNORECASE)
_FULL_WIDTH = re.compile(r"[０-９Ａ-Ｚａ-ｚ．－／＃]")
_HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BLANK_IN_NAME = re.compile(rf"(?<=[{_HAN}])\s+(?=[{_HAN}])")
_SEPARATORS = re.compile(r"\s*[、,，;；/|\\\n\r]+\s*")
_PHONE_SEPARATORS = re.compile(r"[、,，;；/|\\\s]+")
_UNSOLD = re.compile(r"未销售|未售|尾盘|待售|库存房|未出售|开发商$|开发商自持")
_UNDELIVERED = re.compile(r"未交付|未交房|未交楼|已售未交|未办理交付")
_AND_OTHERS = re.compile(r"等\s*[0-9一二两三四五六七八九十]*\s*人?$")
_NOT_OWNER = re.compile(r"家庭成员|家属|租户|租客|住户|联系人|物业使用人")
#: Status and owner-type codes of the commonest property software.
_CODE_UNSOLD = "2002"
_CODE_FAMILY = "1002"
_CODE_SHOP = "119"
_USES = (
    (re.compile(r"车位|车库|储藏|地下室|储物"), UnitUse.PARKING),
    (re.compile(r"物业用房|社区用房|公共用房|设备用房|配电|架空层|门卫|公建|配套用房"), UnitUse.PUBLIC),
    (re.compile(r"商铺|商业|门面|铺面|商服|网点|店铺"), UnitUse.SHOP),
)


def has_full_width(text: str) -> bool:
    """Say whether text holds full-width digits or letters."""
    return _FULL_WIDTH.search(text) is not None


def trimmed(text: str) -> str:
    """Return text without blanks around it; line breaks inside become single blanks at the edges only."""
    return text.strip(" \t\r\n\u3000\u00a0\ufeff\u200b")


def read_area(cell: Cell) -> tuple[Area, bool]:
    """Read an area cell exactly; the flag says that the text needed tidying (unit, comma, full width).

    Raises Malformed with the code ``area_missing``, ``area_unreadable``, ``area_not_positive`` or ``area_too_fine``.
    """
    text = cell_text(cell).strip()
    if not text:
        raise Malformed("area_missing", text="")
    tidy = _AREA_UNIT.sub("", unicodedata.normalize("NFKC", text).strip().replace("㎡", "m2")).strip()
    if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", tidy):
        tidy = tidy.replace(",", "")
    if not _AREA.fullmatch(tidy):
        is_negative = bool(re.fullmatch(r"-[0-9.]+", tidy))
        raise Malformed("area_not_positive" if is_negative else "area_unreadable", text=text)
    area = Area.from_decimal(Decimal(tidy))
    if not area:
        raise Malformed("area_not_positive", text=text)
    return area, isinstance(cell, str) and tidy != text


def split_names(text: str) -> tuple[str, ...]:
    """Split an owner cell into names; blanks inside Chinese names are left for ``tidy_name``."""
    return tuple(piece for piece in _SEPARATORS.split(trimmed(text)) if piece)


def tidy_name(name: str) -> str:
    """Return a name without blanks between Chinese characters and with half-width letters and digits."""
    bare = _BLANK_IN_NAME.sub("", trimmed(name))
    return re.sub(r"[０-９Ａ-Ｚａ-ｚ]", lambda match: unicodedata.normalize("NFKC", match[0]), bare)


def names_others(text: str) -> bool:
    """Say whether an owner cell names only some of the owners, as in 王芳等3人."""
    return _AND_OTHERS.search(trimmed(text)) is not None


def split_parallel(text: str) -> tuple[str, ...]:
    """Split a cell that runs parallel to the names; empty places between separators are kept."""
    bare = trimmed(text)
    return tuple(piece.strip() for piece in _SEPARATORS.split(bare)) if bare else ()


def split_phones(text: str) -> tuple[str, ...]:
    """Split the phones of one person, in half width."""
    folded = unicodedata.normalize("NFKC", text)
    return tuple(piece for piece in _PHONE_SEPARATORS.split(folded) if piece)


def tidy_phone(text: str) -> str:
    """Return one phone in half width without blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_status(*texts: str) -> UnitStatus | None:
    """Read the words or the code of a status, owner or remark cell; None when they do not speak of the developer's block."""
    for text in texts:
        folded = unicodedata.normalize("NFKC", text).strip()
        if folded == _CODE_UNSOLD or _UNSOLD.search(folded):
            return UnitStatus.UNSOLD
        if _UNDELIVERED.search(folded):
            return UnitStatus.UNDELIVERED
    return None


def is_status_word(text: str) -> bool:
    """Say whether an owner cell holds a status instead of a name, as 未售 does."""
    bare = trimmed(text)
    return len(bare) <= 8 and read_status(bare) is not None


def read_use(use: str, room: str, building: str, entrance: str) -> UnitUse:
    """Read what a unit is for from its use cell, else from the words in its door."""
    folded = unicodedata.normalize("NFKC", use).strip()
    if folded == _CODE_SHOP:
        return UnitUse.SHOP
    if "住宅" in folded:
        return UnitUse.FLAT
    for text in (folded, room, building, entrance):
        for pattern, unit_use in _USES:
            if text and pattern.search(text):
                return unit_use
    return UnitUse.FLAT


def is_not_owner(owner_type: str) -> bool:
    """Say whether an owner-type cell calls the person a relative or a tenant."""
    folded = unicodedata.normalize("NFKC", owner_type).strip()
    return folded == _CODE_FAMILY or _NOT_OWNER.search(folded) is not None


def read_share(text: str) -> Fraction | None:
    """Read a share such as ``1/2``, ``50%`` or ``0.5``; None for an empty cell or one that is no share."""
    folded = unicodedata.normalize("NFKC", text).replace(" ", "")
    match = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})|([0-9]{1,3}(?:\.[0-9]{1,6})?)(%?)", folded)
    if match is None:
        return None
    if match[1]:
        share = Fraction(int(match[1]), int(match[2])) if int(match[2]) else Fraction(0)
    else:
        share = Fraction(match[3]) / (100 if match[4] else 1)
    return share if 0 < share <= 1 else None
