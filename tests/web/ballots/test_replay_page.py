"""Hold the replay page: the rules of the time first, another law or policy beside the real result, the rest said plainly."""

from __future__ import annotations

import pytest
from flask import Flask

from app.ballots.tasks import run_tick
from tests.ballots_support import ABSTAIN, AGAINST, AGREE, World, flats, open_world
from tests.conftest import SteerableClock
from tests.pages import Browser, Page

#: Of nine owners seven vote: four agree, one is against, two abstain.
MARKS = {**dict.fromkeys((1, 2, 3, 4), AGREE), 5: AGAINST, 6: ABSTAIN, 7: ABSTAIN}


def close(world: World) -> None:
    world.close_by_clock()
    with world.app.app_context():
        run_tick(world.clock.at)


def published(app: Flask, clock: SteerableClock) -> World:
    world = open_world(app, clock, flats(9))
    for voter, mark in MARKS.items():
        assert world.device(voter).cast(None, mark, (1, 1, 0, 0)).status_code == 201
    close(world)
    for index in (1, 2):
        assert world.decrypt(index).status_code == 201
    assert world.browser(world.operator).post(f"{world.url}/publish").status_code == 303
    return world


@pytest.fixture
def world(app: Flask, clock: SteerableClock) -> World:
    return published(app, clock)


def show(world: World, query: str = "", lang: str = "zh-CN") -> Page:
    return Browser(world.app.test_client()).get(f"{world.url}/replay?lang={lang}{query}")


def sentences(page: Page) -> list[str]:
    """Return the conclusion of every matter, in order."""
    return [
        "".join(paragraph.itertext()).strip()
        for paragraph in page.all("p")
        if "按此规则，上次表决会是" in "".join(paragraph.itertext())
    ]


def test_everybody_finds_it_from_the_result_with_the_rules_of_the_time(world: World) -> None:
    result = Browser(world.app.test_client()).get(f"{world.url}/result")
    assert result.links()["换一套规则算一遍"].endswith("/replay")
    page = show(world)
    assert sentences(page) == []
    assert "供修改议事规则时讨论用" in page.words()
    assert "其中同意的人数 4/7（57.1%），超过一半" in page.words()
    assert "《民法典》（2021 年 1 月 1 日起施行）（当时用的）" in page.words()


def test_under_the_old_law_the_same_ballots_fail(world: World) -> None:
    page = show(world, "&law=property_law_2007")
    assert sentences(page)[0] == "按此规则，上次表决会是：未通过。 和实际结果不同。"
    assert "全体业主中同意的人数 4/9（44.4%），没超过一半" in page.words()
    assert "须经专有部分占建筑物总面积过半数的业主且占总人数过半数的业主同意（《物权法》第七十六条第二款" in page.words()
    assert "通过" in page.words()
    assert "恢复当时的规则" in page.links()


def test_another_policy_changes_what_totals_settle(world: World) -> None:
    page = show(world, "&P-ABSTAIN=follow_majority&P-ALT=none")
    first, second = sentences(page)
    assert first == "按此规则，上次表决会是：通过。 和实际结果一样。"
    assert "和实际结果一样" in second
    silence = show(world, "&P-SILENCE=delivered_is_participation")
    assert "当作所有没投票的业主都已有效送达" in silence.words()
    assert "来投票的人数 9/9" in silence.words()


def test_what_needs_single_ballots_or_the_roll_is_said_plainly(world: World) -> None:
    text = show(world).words()
    assert "哪些规则这里算不了" in text
    assert "纸质票与电子票都投了：要看每一张票" in text
    assert "车位：要重新计算名册" in text
    assert "“从众”选项：当时票面上没有这个选项" in text


@pytest.mark.parametrize("query", ["&law=roman_law", "&P-ABSTAIN=maybe", "&P-CHANGE=none", "&P-NOTHING=1"])
def test_unknown_values_leave_the_rules_of_the_time(world: World, query: str) -> None:
    assert sentences(show(world, query)) == []


def test_few_owners_keep_their_exact_areas(world: World) -> None:
    page = show(world, "&law=property_law_2007")
    assert "㎡" not in page.words()
    assert "逐条看算法和依据" not in page.words()


def test_english_reads_the_same(world: World) -> None:
    page = show(world, "&law=property_law_2007", "en")
    assert "4/9 (44.4%)" in page.words()


def test_before_publication_there_is_nothing_to_replay(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    client = app.test_client()
    assert client.get(f"{world.url}/replay").headers["Location"].endswith("/result")
    assert client.get("/c/qinglan/elections/unknown/replay").status_code == 404


def test_many_owners_see_every_condition(app: Flask, clock: SteerableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ballots.result_page.SMALL_SCOPE_HEADS", 1)
    monkeypatch.setattr("app.ballots.result_page.SMALL_OPTION_HEADS", 0)
    world = published(app, clock)
    text = show(world, "&law=property_law_2007").words()
    assert "占总人数的 4/9（44.44%），未过半数，还差 1 人（《物权法》" in text
