"""Pages of turnout, opening, publication and result: what each shows before and after, to whom, and in which words."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.access.roles import Role, Scope
from app.ballots.tasks import run_tick
from app.ballots.turnout import public_turnout, turnout
from app.elections.queries import get_election
from tests.ballots_support import ABSTAIN, AGAINST, AGREE, JSON_HEADERS, VoterPlan, World, flats, open_world
from tests.conftest import SteerableClock
from tests.pages import Browser
from tests.support import browser_of, grant, make_account


@pytest.fixture
def world(app: Flask, clock: SteerableClock) -> World:
    return open_world(app, clock)


def vote(world: World, marks: dict[int, tuple[int, ...]], candidates: tuple[int, ...] = (1, 1, 0, 0)) -> None:
    for voter, mark in marks.items():
        assert world.device(voter).cast(None, mark, candidates).status_code == 201


def close(world: World) -> None:
    world.close_by_clock()
    with world.app.app_context():
        run_tick(world.clock.at)


def publish(world: World) -> None:
    close(world)
    for index in (1, 2):
        assert world.decrypt(index).status_code == 201
    assert world.browser(world.operator).post(f"{world.url}/publish").status_code == 303


# --- turnout --------------------------------------------------------------------------------------------------------


def test_turnout_desk_says_the_gap_and_nothing_by_option(world: World) -> None:
    vote(world, {1: AGREE, 2: AGAINST, 3: ABSTAIN})
    page = Browser(world.browser(world.operator)).get(f"{world.url}/turnout")
    text = page.words()
    assert page.heading == "参与情况"
    assert "截止前任何人都看不到投了什么，包括本平台。" in text
    assert "人数还差 1 人" in text
    assert "已 3 / 需 4 / 共 6" in text
    assert "已 267.96 / 需 357.28 / 共 535.92" in text
    assert "2/3" in page.text
    assert not re.search("同意|反对|弃权|候选人", text)


def test_turnout_reaches_two_thirds_exactly(world: World) -> None:
    vote(world, dict.fromkeys((1, 2, 3, 4), AGREE))
    text = Browser(world.browser(world.operator)).get(f"{world.url}/turnout").words()
    assert text.count("✓ 已达到三分之二") >= 2


def test_turnout_desk_is_not_for_owners(world: World) -> None:
    assert world.device(1).client.get(f"{world.url}/turnout").status_code == 403


def test_public_turnout_is_an_hour_late_and_hides_small_buildings(app: Flask, clock: SteerableClock) -> None:
    plans = [VoterPlan(((f"1-1-{101 + at:04d}", "80.00"),)) for at in range(10)] + [VoterPlan((("2-1-0101", "90.00"),))]
    world = open_world(app, clock, plans, candidates=0)
    assert world.device(1).cast().status_code == 201
    assert world.device(11).cast().status_code == 201

    def seen() -> tuple[int, list[str]]:
        shown = world.read(lambda: public_turnout(get_election(world.uuid), at=clock.at))
        return shown.heads.value, [row.building for row in shown.buildings]

    clock.forward(minutes=59)
    assert seen() == (0, ["1栋"])
    clock.forward(minutes=1)
    assert seen() == (2, ["1栋"])


def test_turnout_counts_a_changed_vote_once_and_on_its_first_day(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    vote(world, {1: AGREE, 2: AGREE})
    clock.forward(days=1)
    vote(world, {1: AGAINST, 3: AGREE}, (0, 1, 1, 0))
    shown = world.read(lambda: turnout(get_election(world.uuid), at=clock.at))
    assert [day.persons for day in shown.days] == [2, 3]
    assert shown.heads.value == 3


def test_turnout_of_a_voter_in_two_buildings_counts_each_area_where_it_lies(app: Flask, clock: SteerableClock) -> None:
    plans = [VoterPlan((("1-1-0101", "80.00"), ("2-1-0101", "60.00"))), VoterPlan((("2-1-0102", "50.00"),))]
    world = open_world(app, clock, plans, candidates=0)
    assert world.device(1).cast().status_code == 201
    shown = world.read(lambda: turnout(get_election(world.uuid), at=clock.at))
    assert {row.building: (row.area.value, row.area.total) for row in shown.buildings} == {
        "1栋": (8000, 8000),
        "2栋": (6000, 11000),
    }
    assert shown.buildings[0].building == "2栋"


# --- the box and its opening ----------------------------------------------------------------------------------------


def test_box_is_public_only_after_the_end(app: Flask, world: World) -> None:
    device = world.device(1)
    raw = device.ballot()
    device.cast(raw)
    anyone = app.test_client()
    answer = anyone.get(f"{world.url}/ballots.txt", headers=JSON_HEADERS)
    assert (answer.status_code, answer.json["error"]) == (404, "box_not_ready")
    close(world)
    assert anyone.get(f"{world.url}/ballots.txt").data == raw + b"\n"


def test_opening_page_is_for_the_three_trustees_alone(app: Flask, world: World, clock: SteerableClock) -> None:
    other = make_account(app, clock.at)
    grant(app, other, Role.TRUSTEE, Scope.COMPLEX, world.place.id, clock.at)
    assert browser_of(app, other, clock.at).get(f"{world.url}/decrypt").status_code == 403
    page = Browser(world.browser(world.trustees[0])).get(f"{world.url}/decrypt")
    (root,) = (each for each in page.all("div") if each.get("id") == "trustee")
    assert root.get("data-state-url") == f"{world.url}/decrypt.json"


def test_opening_state_goes_from_waiting_to_decrypt_to_done(app: Flask, world: World) -> None:
    vote(world, {1: AGREE, 2: AGREE, 4: AGREE})
    trustee = world.browser(world.trustees[2])

    def state() -> dict[str, object]:
        return dict(trustee.get(f"{world.url}/decrypt.json").json)

    assert state()["phase"] == "waiting"
    close(world)
    now = state()
    assert (now["phase"], now["index"], now["threshold"]) == ("decrypt", 3, 2)
    decrypt = now["decrypt"]
    assert decrypt["expected"] == {"ballots": 3, "total_area": 3 * 8932, "total_heads": 3}  # type: ignore[index]
    assert sum(weight for _, weight in decrypt["weights"]["area"]) == 3 * 8932  # type: ignore[index]
    assert world.decrypt(1).status_code == 201
    assert [each["decrypted"] for each in state()["trustees"]] == [True, False, False]  # type: ignore[attr-defined]
    assert world.decrypt(2).status_code == 201
    world.browser(world.operator).post(f"{world.url}/publish")
    assert state()["phase"] == "done"


def test_messages_of_trustees_keep_the_order_of_their_fields(world: World) -> None:
    raw = world.browser(world.trustees[0]).get(f"{world.url}/decrypt.json").get_data(as_text=True)
    assert '"certs":[{"message":' in raw
    assert '"verification_keys":[{"pok":' in raw


def test_part_given_twice_stays_once_and_the_third_may_come(world: World) -> None:
    vote(world, {1: AGREE})
    close(world)
    assert [world.decrypt(1).status_code, world.decrypt(1).status_code] == [201, 200]
    assert [world.decrypt(2).status_code, world.decrypt(3).status_code] == [201, 201]


def test_wrong_parts_are_refused(world: World) -> None:
    vote(world, {1: AGREE, 2: AGREE})
    trustee = world.browser(world.trustees[0])

    def send(body: object) -> str:
        return str(trustee.post(f"{world.url}/decrypt", json=body, headers=JSON_HEADERS).json["error"])

    assert send({}) == "tally_not_ready"
    close(world)
    assert send({}) == "partial_unreadable"
    assert send([1, 2]) == "partial_unreadable"
    assert send({"area": {}, "heads": {}}) == "wrong_shape"
    world.held = type(world.held)(world.held.raw, world.held.trustees, world.held.keys, tuple(reversed(world.held.shares)))
    answer = world.decrypt(1)
    assert (answer.status_code, answer.json["error"]) == (422, "bad_partial_decryption")


# --- publication ----------------------------------------------------------------------------------------------------


def test_operator_publishes_only_with_two_parts(world: World) -> None:
    vote(world, {1: AGREE, 2: AGREE, 3: AGREE, 4: AGREE})
    operator = Browser(world.browser(world.operator))
    assert "票箱还没有关" in operator.get(f"{world.url}/publish").words()
    close(world)
    assert world.decrypt(3).status_code == 201
    page = operator.get(f"{world.url}/publish")
    assert "还要 1 方" in page.words()
    operator.post(f"{world.url}/publish", status=409)
    assert world.decrypt(1).status_code == 201
    assert "核对无误，就公布" in operator.get(f"{world.url}/publish").words()
    result = operator.post(f"{world.url}/publish")
    assert result.heading == "投票结果"
    operator.post(f"{world.url}/publish", status=409)
    assert world.decrypt(2).json["error"] == "election_state_wrong"


def test_owner_and_trustee_publish_nothing(world: World) -> None:
    assert world.device(1).client.post(f"{world.url}/publish").status_code == 403
    assert world.browser(world.trustees[0]).post(f"{world.url}/publish").status_code == 403


def test_result_page_says_verdict_fractions_and_article(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, flats(9))
    vote(world, {**dict.fromkeys((1, 2, 3, 4), AGREE), 5: AGAINST, 6: AGREE, 7: ABSTAIN})
    publish(world)
    page = Browser(app.test_client()).get(f"{world.url}/result")
    text = page.words()
    assert "通过" in text
    assert "来投票的人数 7/9（77.8%），达到三分之二" in text
    assert "其中同意的人数 5/7（71.4%），超过一半" in text
    assert "第二百七十八条" in text
    assert "选出 2 位" in text
    assert text.count("✓ 当选") == 2
    assert "以上当选" in text
    assert "未过半" in text


def test_result_page_of_few_owners_leaves_exact_areas_out(app: Flask, world: World) -> None:
    vote(world, {**dict.fromkeys((1, 2, 3), AGREE), 4: AGAINST})
    publish(world)
    text = Browser(app.test_client()).get(f"{world.url}/result").words()
    assert "人数少，这里不列面积明细" in text
    assert "267.96" not in text


def test_result_page_lists_exact_areas_where_many_voted(
    app: Flask, clock: SteerableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ballots.result_page.SMALL_SCOPE_HEADS", 1)
    monkeypatch.setattr("app.ballots.result_page.SMALL_OPTION_HEADS", 0)
    world = open_world(app, clock)
    vote(world, {**dict.fromkeys((1, 2, 3), AGREE), 4: AGAINST})
    publish(world)
    text = Browser(app.test_client()).get(f"{world.url}/result").words()
    assert "他们的面积 357.28㎡/535.92㎡" in text
    assert "267.96" in text


def test_result_page_says_when_too_few_came(app: Flask, world: World) -> None:
    vote(world, {1: AGREE, 2: AGREE, 3: AGREE})
    publish(world)
    text = Browser(app.test_client()).get(f"{world.url}/result").words()
    assert "参与不足，投票无效" in text
    assert "来投票的人数 3/6（50.0%），没达到三分之二" in text


def test_result_page_says_when_a_matter_failed(app: Flask, world: World) -> None:
    vote(world, {1: AGREE, 2: AGREE, 3: AGAINST, 4: ABSTAIN})
    publish(world)
    text = Browser(app.test_client()).get(f"{world.url}/result").words()
    assert "未通过" in text
    assert "其中同意的人数 2/4（50.0%），没超过一半" in text


def test_result_page_waits_until_it_is_published(app: Flask, world: World) -> None:
    anyone = Browser(app.test_client())
    assert anyone.get(f"{world.url}/result").heading == "还没有结果"
    close(world)
    assert "要三方中的两方到场" in anyone.get(f"{world.url}/result").words()


def test_nobody_can_vote_and_nothing_opens_with_an_empty_box(app: Flask, world: World) -> None:
    publish(world)
    assert "参与不足" in Browser(app.test_client()).get(f"{world.url}/result").words()


# --- the record -----------------------------------------------------------------------------------------------------


def test_record_download_is_the_same_every_time_and_only_after_publication(app: Flask, world: World) -> None:
    vote(world, dict.fromkeys((1, 2, 3, 4), AGREE))
    anyone = app.test_client()
    assert anyone.get(f"{world.url}/record.zip", headers=JSON_HEADERS).json["error"] == "record_not_ready"
    publish(world)
    first = anyone.get(f"{world.url}/record.zip")
    for path in (Path(app.instance_path) / "records").iterdir():
        path.unlink()
    second = anyone.get(f"{world.url}/record.zip")
    assert first.data == second.data
    names = zipfile.ZipFile(io.BytesIO(first.data)).namelist()
    assert f"area/{world.uuid}.bel" in names
    assert "manifest.json" in names
    first.close()
    second.close()


def test_check_guide_has_the_commands_of_both_verifiers(app: Flask, world: World) -> None:
    vote(world, {1: AGREE})
    publish(world)
    page = Browser(app.test_client()).get(f"{world.url}/check")
    assert f"yeyi verify yeyi-{world.uuid}.zip" in page.text
    assert "belenios-tool election verify --dir record/heads" in page.text


def test_pages_hold_up_in_english_and_large_type(app: Flask, world: World) -> None:
    vote(world, dict.fromkeys((1, 2, 3, 4), AGREE))
    owner, operator = Browser(world.device(1).client), Browser(world.browser(world.operator))
    for tail in (f"{world.url}/booth?voter=1", f"/c/{world.place.slug}/my", f"{world.url}/receipt?voter=1"):
        joint = "&" if "?" in tail else "?"
        owner.get(f"{tail}{joint}l=1&lang=en")
    operator.get(f"{world.url}/turnout?l=1&lang=en")
    publish(world)
    for tail in ("result", "check"):
        Browser(app.test_client()).get(f"{world.url}/{tail}?l=1&lang=en")


def test_clock_of_the_election_is_not_touched_by_reading(world: World, clock: SteerableClock) -> None:
    clock.forward(seconds=timedelta(days=8).total_seconds())
    page = Browser(world.browser(world.operator)).get(f"{world.url}/turnout")
    assert "已截止" in page.words()


def test_election_page_shows_the_short_public_turnout(app: Flask, world: World, clock: SteerableClock) -> None:
    vote(world, {1: AGREE, 2: AGAINST})
    with app.app_context():
        run_tick(clock.at)
    clock.forward(hours=2)
    page = Browser(app.test_client()).get(f"/c/{world.place.slug}/elections/{world.uuid}")
    assert "来投票的够不够" in page.words()
    assert "人数还差 2 人" in page.words()
    assert "1 小时前的数" in page.words()
