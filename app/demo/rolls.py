"""Own the smaller rolls of the demonstration, drawn from a seed as the spreadsheets an office would send: CSV in UTF-8.

Every name and number is invented; identity card numbers have valid check digits, so that the real import reads them.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.values.area import Area

_HEADERS = ("楼栋", "单元", "房号", "专有面积", "登记业主姓名", "登记手机号", "证件类型", "证件号码")
_SURNAMES = "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰红梅建国志文斌鹏辉宁健云峰海燕凤琴春林"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
#: Areas along a landing, in 0.01 m2, by the number of doors.
_LANDINGS = {2: (4836, 5672), 3: (3458, 4791, 6240)}
_SLAB = (12845, 11936, 11084, 12715, 11645)
_LOFTS = (3874, 4216, 5138, 5138, 4216, 3990)
_CARD = "居民身份证"


@dataclass(frozen=True, slots=True)
class Owner:
    """Hold an invented owner."""

    name: str
    phone: str
    card: str


class People:
    """Draw owners from a seed; no card number and no telephone number twice."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._used: set[str] = set()

    def owner(self) -> Owner:
        """Draw one owner."""
        pick = self._random
        name = pick.choice(_SURNAMES) + "".join(pick.choice(_GIVEN) for _ in range(pick.choice((1, 2, 2))))
        phone = self._fresh(lambda: pick.choice(("138", "139", "150", "186", "177")) + f"{pick.randrange(10**8):08d}")
        card = self._fresh(self._card)
        return Owner(name, phone, card)

    def chance(self, percent: int) -> bool:
        """Decide with a probability in hundredths."""
        return self._random.randrange(100) < percent

    def _card(self) -> str:
        pick = self._random
        born = f"{pick.randrange(1938, 1999)}{pick.randrange(1, 13):02d}{pick.randrange(1, 29):02d}"
        digits = f"420115{born}{pick.randrange(1000):03d}"
        return digits + _CHECK_DIGITS[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11]

    def _fresh(self, draw: Callable[[], str]) -> str:
        while (value := draw()) in self._used:
            pass
        self._used.add(value)
        return value


def dormitory_roll() -> bytes:
    """Return the roll of 机械厂宿舍: 12 walk-ups of 6 floors and 3 entrances, 486 flats of 30 to 75 m2."""
    people = People(20220614)
    return _table(_dormitory_rows(people))


def slab_roll() -> bytes:
    """Return the roll of 小石桥3号楼: 25 flats, 3,011.25 m2, every owner with one flat."""
    people = People(20220615)
    rows = []
    for floor in range(1, 6):
        for place, centi in enumerate(_SLAB, start=1):
            rows.append(_row("3栋", "1单元", f"{floor}{place:02d}", centi, [people.owner()]))
    return _table(rows)


def loft_roll() -> bytes:
    """Return the roll of 云尚公馆: one tower of 12 floors, 72 lofts of 38 to 52 m2."""
    people = People(20220616)
    rows = []
    for floor in range(2, 14):
        for place, centi in enumerate(_LOFTS, start=1):
            rows.append(_row("1栋", "", f"{floor}{place:02d}", centi, [people.owner()]))
    return _table(rows)


def _dormitory_rows(people: People) -> Iterator[Sequence[str]]:
    last: list[Owner] = []
    for building in range(1, 13):
        areas = _LANDINGS[2 if building <= 9 else 3]
        for entrance in range(1, 4):
            for floor in range(1, 7):
                for place, centi in enumerate(areas, start=1):
                    owners = last if last and people.chance(4) else [people.owner()]
                    if owners is not last and people.chance(30):
                        owners.append(people.owner())
                    last = owners
                    yield _row(f"{building}栋", f"{entrance}单元", f"{floor}{place:02d}", centi, owners)


def _row(building: str, entrance: str, room: str, centi: int, owners: Sequence[Owner]) -> Sequence[str]:
    names, phones, cards = ("、".join(getattr(owner, part) for owner in owners) for part in ("name", "phone", "card"))
    return (building, entrance, room, str(Area(centi)), names, phones, "、".join(_CARD for _ in owners), cards)


def _table(rows: Sequence[Sequence[str]] | Iterator[Sequence[str]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_HEADERS)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
