"""Own how dates, areas, counts and names are written on pages, in Chinese and in English.

The functions are pure and take the language; ``register`` hands them to Jinja with the language of the request. Times
are shown in China's one time zone. Words that stand in sentences belong to the templates, not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any, Protocol

from flask_babel import get_locale
from jinja2 import Environment
from markupsafe import Markup, escape

from app.web import charts

#: China has one time zone and no summer time.
CHINA = timezone(timedelta(hours=8), "CST")

_WEEKDAYS = "一二三四五六日"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class HasCenti(Protocol):
    """Describe what an area must offer to be written: its integer number of 0.01 m2."""

    @property
    def centi(self) -> int:
        """Return the area in 0.01 m2."""
        ...


def _local(at: datetime) -> datetime:
    """Move an aware time to China; a naive time is a mistake of the caller."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be shown")
    return at.astimezone(CHINA)


def _day(value: date) -> date:
    """Take the calendar day in China of a date or an aware time."""
    return _local(value).date() if isinstance(value, datetime) else value


def day(value: date, lang: str = "zh") -> str:
    """Write a date without its year: 6月5日, 5 June."""
    on = _day(value)
    return f"{on.day} {_MONTHS[on.month - 1]}" if lang == "en" else f"{on.month}月{on.day}日"


def day_year(value: date, lang: str = "zh") -> str:
    """Write a date with its year: 2027年6月5日, 5 June 2027."""
    on = _day(value)
    return f"{day(on, lang)} {on.year}" if lang == "en" else f"{on.year}年{day(on, lang)}"


def weekday(value: date, lang: str = "zh") -> str:
    """Write a date with the day of the week: 6月5日（周六）, Sat 5 June."""
    on = _day(value)
    if lang == "en":
        return f"{_DAYS[on.weekday()]} {day(on, lang)}"
    return f"{day(on, lang)}（周{_WEEKDAYS[on.weekday()]}）"


def clock(value: datetime) -> str:
    """Write the time of day in 24 hours: 20:14."""
    return f"{_local(value):%H:%M}"


def moment(value: datetime, lang: str = "zh") -> str:
    """Write when something happened: 6月1日（周二）20:14, Tue 1 June, 20:14."""
    joint = ", " if lang == "en" else ""
    return f"{weekday(value, lang)}{joint}{clock(value)}"


def stamp(value: datetime, lang: str = "zh") -> str:
    """Write a full time: 2027年5月30日（周日）09:12, Sun 30 May 2027, 09:12."""
    local = _local(value)
    if lang == "en":
        return f"{weekday(local, lang)} {local.year}, {clock(local)}"
    return f"{local.year}年{weekday(local, lang)}{clock(local)}"


def _part_of_day(hour: int) -> tuple[str, int]:
    """Name the part of the day as people say it, with the hour on a twelve-hour clock."""
    if hour < 6:
        return "凌晨", hour
    if hour < 9:
        return "早上", hour
    if hour < 12:
        return "上午", hour
    if hour == 12:
        return "中午", 12
    return ("下午", hour - 12) if hour < 18 else ("晚上", hour - 12)


def deadline(value: datetime, lang: str = "zh") -> str:
    """Write a closing time as people say it: 6月5日（周六）晚上12点前, by midnight at the end of Sat 5 June.

    Midnight belongs to the evening before: 00:00 on 6 June is the end of 5 June.
    """
    local = _local(value)
    midnight = local.hour == 0 and local.minute == 0
    on = local.date() - timedelta(days=1) if midnight else local.date()
    if lang == "en":
        by = "midnight at the end of" if midnight else f"{local:%H:%M} on"
        return f"by {by} {weekday(on, lang)}"
    part, hour = ("晚上", 12) if midnight else _part_of_day(local.hour)
    minutes = f"{local.minute}分" if local.minute else ""
    return f"{weekday(on, lang)}{part}{hour}点{minutes}前"


def deadline_24(value: datetime, lang: str = "zh") -> str:
    """Write a closing time for the desk: 6月5日 24:00, 5 June 24:00."""
    local = _local(value)
    if local.hour == 0 and local.minute == 0:
        return f"{day(local.date() - timedelta(days=1), lang)} 24:00"
    return f"{day(local, lang)} {clock(local)}"


def time_left(until: datetime, now: datetime, lang: str = "zh", *, parts: int = 2) -> str:
    """Write the time left in at most ``parts`` units, rounded down: 6 天 14 小时, 6 days 14 hours.

    Nothing left is 0 分钟: the page says that it is over, not this function.
    """
    seconds = max(0, int((until - now).total_seconds()))
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes = rest // 60
    units = [(days, "天", "day"), (hours, "小时", "hour"), (minutes, "分钟", "minute")]
    first = next((index for index, unit in enumerate(units) if unit[0]), 2)
    shown = [unit for unit in units[first : first + parts] if unit[0] or unit is units[first]]
    if days and parts > 1:
        shown = [unit for unit in shown if unit is not units[2]]
    if lang == "en":
        return " ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, _, word in shown)
    return " ".join(f"{number} {word}" for number, word, _ in shown)


def days_left(until: datetime, now: datetime) -> int:
    """Return the whole days left, 0 when less than one."""
    return max(0, (until - now) // timedelta(days=1))


def time_ago(at: datetime, now: datetime, lang: str = "zh") -> str:
    """Write how long ago something was: 1 小时前, 1 hour ago."""
    if now - at < timedelta(minutes=1):
        return "just now" if lang == "en" else "刚刚"
    text = time_left(now, at, lang, parts=1)
    return f"{text} ago" if lang == "en" else f"{text}前"


def count(value: int) -> str:
    """Write a whole number with commas: 1,534."""
    return f"{value:,}"


def _centi(value: HasCenti | int) -> int:
    """Take the integer of an area; a float is refused, because areas are exact."""
    if isinstance(value, bool | float):
        raise TypeError("an area is an integer number of 0.01 m2")
    return value if isinstance(value, int) else value.centi


def area_number(value: HasCenti | int) -> str:
    """Write an area exactly, without its unit: 189,207.67."""
    metres, rest = divmod(_centi(value), 100)
    return f"{metres:,}.{rest:02d}"


def area(value: HasCenti | int, lang: str = "zh") -> str:
    """Write an area exactly: 189,207.67㎡, 189,207.67 m²."""
    return area_number(value) + _unit(lang)


def _unit(lang: str) -> str:
    return " m²" if lang == "en" else "㎡"


def area_whole(value: HasCenti | int, lang: str = "zh") -> str:
    """Write an area for the public in whole square metres, rounded down: 6,120㎡.

    Less than one square metre is written exactly, so that something missing never reads as nothing.
    """
    metres, rest = divmod(_centi(value), 100)
    return area(value, lang) if metres == 0 and rest else f"{metres:,}{_unit(lang)}"


def area_wan(value: HasCenti | int | Fraction, lang: str = "zh", *, unit: bool = True) -> str:
    """Write a large area in ten thousands, rounded down to two decimals: 13.60 万㎡; in English in whole m².

    A fraction (half of a total) is a number of 0.01 m2 too. Without ``unit`` the second of two figures stays short.
    """
    centi = value // 1 if isinstance(value, Fraction) else _centi(value)
    if lang == "en" or centi < 1_000_000:
        return area_whole(centi, lang)
    whole, rest = divmod(centi // 10_000, 100)
    return f"{whole:,}.{rest:02d} 万{'㎡' if unit else ''}"


def share_number(value: Fraction) -> str:
    """Write an exact count that may end in one half or a third: 556, 556.5, 1,022.66."""
    if value.denominator == 1:
        return f"{value.numerator:,}"
    hundredths = value * 100 // 1
    text = f"{hundredths // 100:,}.{hundredths % 100:02d}"
    return text.removesuffix("0") if value.denominator == 2 else text


def mask_name(name: str) -> str:
    """Hide a person's name as on the notice board: 王* for two characters, 王*芳 for three, J*** S**** for Latin."""
    parts = name.split()
    if not any("\u3400" <= letter <= "\u9fff" or letter >= "\U00020000" for letter in name):
        return " ".join(part[0] + "*" * (len(part) - 1) for part in parts)
    text = "".join(parts)
    if len(text) <= 2:
        return text[:1] + "*"
    return text[0] + "*" * (len(text) - 2) + text[-1]


def mask_phone(number: str) -> str:
    """Hide the middle of a phone number: 138****1234; short numbers keep only their last two digits."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < 8:
        return "*" * max(0, len(digits) - 2) + digits[-2:]
    return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"


def tel(number: str) -> str:
    """Turn a printed phone number into the target of a tel: link: 02787001203."""
    return re.sub(r"[^0-9+]", "", number)


def door(address: str, lang: str = "zh") -> str:
    """Write a door in words: 3-1-1202 is 3栋1单元1202; other addresses (S1-12) stay as they are."""
    match = re.fullmatch(r"(\d+)-(\d+)-(\d+)", address)
    if match is None:
        return address
    building, unit, room = match.group(1), match.group(2), match.group(3).lstrip("0") or "0"
    return f"Building {building}, entrance {unit}, {room}" if lang == "en" else f"{building}栋{unit}单元{room}"


def groups(code: str, size: int = 4, joint: str = "-") -> str:
    """Set a receipt or seal code in groups that can be read aloud: K7QM-4R2P."""
    return joint.join(code[index : index + size] for index in range(0, len(code), size))


def nb(text: object) -> Markup:
    """Keep a date, a door or a sum on one line."""
    return Markup('<span class="nb">{}</span>').format(escape(text))


def current_lang() -> str:
    """Return the language of the request, Chinese where there is none."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def _spoken(function: Callable[..., str]) -> Callable[..., str]:
    """Give a function the language of the request, unless the template names one."""

    def filtered(value: Any, *args: Any, **kwargs: Any) -> str:
        kwargs.setdefault("lang", current_lang())
        return function(value, *args, **kwargs)

    filtered.__name__ = function.__name__
    filtered.__doc__ = function.__doc__
    return filtered


#: Filters that depend on the language.
SPOKEN: dict[str, Callable[..., str]] = {
    "day": day, "day_year": day_year, "weekday": weekday, "moment": moment, "stamp": stamp, "deadline": deadline,
    "deadline_24": deadline_24, "time_left": time_left, "time_ago": time_ago, "area": area, "area_whole": area_whole,
    "area_wan": area_wan, "door": door,
}  # fmt: skip

#: Filters that are the same in every language.
PLAIN: dict[str, Callable[..., Any]] = {
    "clock": clock, "days_left": days_left, "count": count, "area_number": area_number, "share_number": share_number,
    "mask_name": mask_name, "mask_phone": mask_phone, "tel": tel, "groups": groups, "nb": nb,
    "percent": charts.percent_text,
}  # fmt: skip


def register(environment: Environment) -> None:
    """Hand the filters and the chart functions to Jinja; called once by create_app."""
    environment.filters.update({name: _spoken(function) for name, function in SPOKEN.items()})
    environment.filters.update(PLAIN)
    environment.globals["charts"] = charts
