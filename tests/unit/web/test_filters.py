"""Check how dates, areas, counts and names are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from app.values import Area
from app.web import filters
from app.web.filters import CHINA

CLOSE = datetime(2027, 6, 6, 0, 0, tzinfo=CHINA)
NOW = datetime(2027, 5, 30, 9, 12, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("at", "zh", "en"),
    [
        (CLOSE, "6月5日（周六）晚上12点前", "by midnight at the end of Sat 5 June"),
        (datetime(2027, 6, 5, 21, 0, tzinfo=CHINA), "6月5日（周六）晚上9点前", "by 21:00 on Sat 5 June"),
        (datetime(2027, 6, 5, 17, 30, tzinfo=CHINA), "6月5日（周六）下午5点30分前", "by 17:30 on Sat 5 June"),
        (datetime(2027, 6, 5, 12, 0, tzinfo=CHINA), "6月5日（周六）中午12点前", "by 12:00 on Sat 5 June"),
        (datetime(2027, 6, 5, 9, 0, tzinfo=CHINA), "6月5日（周六）上午9点前", "by 09:00 on Sat 5 June"),
        (datetime(2027, 6, 5, 8, 0, tzinfo=CHINA), "6月5日（周六）早上8点前", "by 08:00 on Sat 5 June"),
        (datetime(2027, 6, 5, 0, 5, tzinfo=CHINA), "6月5日（周六）凌晨0点5分前", "by 00:05 on Sat 5 June"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=CHINA), "12月31日（周四）晚上12点前", "by midnight at the end of Thu 31 December"),
    ],
)
def test_deadline_is_written_as_people_say_it(at: datetime, zh: str, en: str) -> None:
    assert filters.deadline(at) == zh
    assert filters.deadline(at, "en") == en


def test_deadline_is_that_of_china_whatever_the_zone_of_the_time() -> None:
    assert filters.deadline(CLOSE.astimezone(UTC)) == "6月5日（周六）晚上12点前"
    assert filters.deadline_24(CLOSE.astimezone(UTC)) == "6月5日 24:00"
    assert filters.deadline_24(NOW) == "5月30日 09:12"


def test_times_without_a_zone_are_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        filters.moment(datetime(2027, 6, 1, 20, 14))  # noqa: DTZ001 - the mistake under test


def test_dates_and_moments() -> None:
    at = datetime(2027, 6, 1, 20, 14, tzinfo=CHINA)
    assert filters.day(date(2027, 6, 1)) == "6月1日"
    assert filters.day(at, "en") == "1 June"
    assert filters.day_year(at) == "2027年6月1日"
    assert filters.day_year(at, "en") == "1 June 2027"
    assert filters.moment(at) == "6月1日（周二）20:14"
    assert filters.moment(at, "en") == "Tue 1 June, 20:14"
    assert filters.stamp(NOW) == "2027年5月30日（周日）09:12"
    assert filters.stamp(NOW, "en") == "Sun 30 May 2027, 09:12"


@pytest.mark.parametrize(
    ("left", "zh", "en"),
    [
        (timedelta(days=6, hours=14, minutes=48), "6 天 14 小时", "6 days 14 hours"),
        (timedelta(days=6, minutes=48), "6 天", "6 days"),
        (timedelta(hours=8), "8 小时", "8 hours"),
        (timedelta(hours=1, minutes=1, seconds=59), "1 小时 1 分钟", "1 hour 1 minute"),
        (timedelta(seconds=59), "0 分钟", "0 minutes"),
        (timedelta(days=-1), "0 分钟", "0 minutes"),
    ],
)
def test_time_left_is_rounded_down(left: timedelta, zh: str, en: str) -> None:
    assert filters.time_left(NOW + left, NOW) == zh
    assert filters.time_left(NOW + left, NOW, "en") == en


def test_days_left_and_time_ago() -> None:
    assert filters.days_left(CLOSE, NOW) == 6
    assert filters.days_left(NOW, CLOSE) == 0
    assert filters.time_ago(NOW - timedelta(minutes=70), NOW) == "1 小时前"
    assert filters.time_ago(NOW - timedelta(minutes=70), NOW, "en") == "1 hour ago"
    assert filters.time_ago(NOW, NOW) == "刚刚"


def test_areas_are_exact_or_cut_never_rounded_up() -> None:
    total = Area(18_920_767)
    assert filters.area(total) == "189,207.67㎡"
    assert filters.area(total, "en") == "189,207.67 m²"
    assert filters.area_number(12_613_845) == "126,138.45"
    assert filters.area_whole(612_099) == "6,120㎡"
    assert filters.area_wan(13_604_718) == "13.60 万㎡"
    assert filters.area_wan(13_604_718, unit=False) == "13.60 万"
    assert filters.area_wan(Fraction(13_604_719, 2)) == "6.80 万㎡"
    assert filters.area_wan(13_604_718, "en") == "136,047 m²"
    assert filters.area_wan(99_999_9) == "9,999㎡"


def test_a_small_gap_never_reads_as_nothing() -> None:
    assert filters.area_whole(35) == "0.35㎡"
    assert filters.area_whole(0) == "0㎡"


def test_a_float_area_is_refused() -> None:
    with pytest.raises(TypeError, match="integer"):
        filters.area(1.5)  # type: ignore[arg-type]


def test_counts_and_halves() -> None:
    assert filters.count(1534) == "1,534"
    assert filters.share_number(Fraction(1112, 2)) == "556"
    assert filters.share_number(Fraction(1113, 2)) == "556.5"
    assert filters.share_number(Fraction(3068, 3)) == "1,022.66"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王芳", "王*"),
        ("王小芳", "王*芳"),
        ("欧阳小芳", "欧**芳"),
        ("王　芳", "王*"),
        ("王", "王*"),
        ("John Smith", "J*** S****"),
        ("Li", "L*"),
        ("José Pérez", "J*** P****"),
    ],
)
def test_names_are_masked(name: str, masked: str) -> None:
    assert filters.mask_name(name) == masked


def test_phones_doors_and_codes() -> None:
    assert filters.mask_phone("138 0000 1234") == "138****1234"
    assert filters.mask_phone("12345") == "***45"
    assert filters.tel("027-8700-1203") == "02787001203"
    assert filters.door("3-1-1202") == "3栋1单元1202"
    assert filters.door("3-1-0501", "en") == "Building 3, entrance 1, 501"
    assert filters.door("S1-12") == "S1-12"
    assert filters.groups("K7QM4R2P") == "K7QM-4R2P"
    assert filters.nb("<6月5日>") == '<span class="nb">&lt;6月5日&gt;</span>'
