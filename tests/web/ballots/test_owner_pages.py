"""Owners' pages of the ballot box: the booth's shell and document, the receipt, 我的票, and the look-up by anyone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from flask import Flask

from app.access.roles import Role, Scope
from app.ballots.tasks import run_tick
from app.crypto.election import Election as Definition
from app.tlog.merkle import leaf_hash, verify_inclusion
from tests.ballots_support import JSON_HEADERS, VoterPlan, World, flats, open_world
from tests.conftest import SteerableClock
from tests.pages import Browser
from tests.support import browser_of, grant, make_account


@pytest.fixture
def world(app: Flask, clock: SteerableClock) -> World:
    return open_world(app, clock)


def test_booth_shell_pins_every_module_and_holds_no_ballot(world: World) -> None:
    device = world.device(1)
    page = Browser(device.client).get(f"{world.url}/booth?voter=1")
    (main,) = (each for each in page.all("main") if each.get("id") == "booth")
    assert main.get("data-booth-url") == f"{world.url}/booth.json?voter=1"
    assert main.get("data-lang") == "zh"
    scripts = page.all("script")
    modules = [each.get("src", "") for each in scripts if each.get("type") == "module"]
    assert all((each.get("integrity") or "").startswith("sha384-") for each in scripts)
    assert modules[-1] == "/static/booth/booth.js"
    assert modules.index("/static/booth/group.js") < modules.index("/static/booth/ballot.js")
    assert "/static/booth/visit.js" in modules
    assert not any("?" in module for module in modules)
    assert "同意" not in page.words()


def test_booth_document_fits_election_json(world: World) -> None:
    device = world.device(1)
    document = device.client.get(device.url("booth.json")).json
    definition = Definition.parse(document["election"]["raw"].encode())
    assert definition.raw == world.definition.raw
    assert document["election"]["fingerprint"] == definition.fingerprint
    assert document["voter"] == {"number": 1, "heads": 1, "area": "89.32", "units": ["1-1-0101"]}
    assert (document["credential"], document["changes_left"], document["ballots"]) == (None, 1, 0)
    matter, elect = document["matters"]
    assert (matter["title"], tuple(matter["options"])) == (definition.questions[0].question, definition.questions[0].answers)
    assert elect["seats"] == definition.questions[1].maximum
    for candidate in elect["candidates"]:
        answer = definition.questions[1].answers[candidate["answer"]]
        assert answer == f"{candidate['name']}（{candidate['building']}）"
    assert set(document["urls"]) >= {"enrol", "cast", "my_ballot"}


def test_candidates_stand_in_the_owners_own_steady_order(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, candidates=6)

    def order(voter: int) -> list[int]:
        device = world.device(voter)
        return [each["answer"] for each in device.client.get(device.url("booth.json")).json["matters"][1]["candidates"]]

    orders = [tuple(order(voter)) for voter in range(1, 7)]
    assert all(sorted(each) == list(range(6)) for each in orders)
    assert len(set(orders)) > 1
    assert tuple(order(1)) == orders[0]


def test_booth_of_a_closed_or_foreign_election_is_refused_in_words(world: World, clock: SteerableClock) -> None:
    device = world.device(1)
    Browser(device.client).get(f"{world.url}/booth?voter=2", 403)
    Browser(device.client).get(f"{world.url}/booth?voter=x", 400)
    world.close_by_clock()
    Browser(device.client).get(f"{world.url}/booth?voter=1", 409)
    assert device.client.get(device.url("booth.json"), headers=JSON_HEADERS).json["error"] == "election_closed"


def test_receipt_page_shows_time_and_code_and_never_a_choice(world: World) -> None:
    device = world.device(1)
    receipt = device.cast().json
    page = Browser(device.client).get(receipt["receipt_url"])
    assert page.heading == "投票成功"
    code = receipt["receipt_code"]
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", code)
    assert f"{code[:4]}-{code[4:]}" in page.words()
    assert "截止前还可以改 1 次" in page.words()
    assert not re.search("同意|反对|弃权|候选人", page.words())
    device.cast()
    assert "这一票不能再改" in Browser(device.client).get(receipt["receipt_url"]).words()


def test_my_ballot_ticks_its_four_steps_as_they_happen(app: Flask, world: World) -> None:
    device = world.device(1)
    browser = Browser(device.client)
    address = f"/c/{world.place.slug}/my"
    assert browser.get(address).heading == "您还没有投票"
    device.cast()
    page = browser.get(address)
    assert page.heading == "您的票已在票箱里"
    assert "第 0001 号" in page.words()
    world.close_by_clock()
    with app.app_context():
        run_tick(world.clock.at)
    assert browser.get(address).heading == "票箱已封，正在计票"
    for index in (1, 2):
        assert world.decrypt(index).status_code == 201
    world.browser(world.operator).post(f"{world.url}/publish")
    page = browser.get(address)
    assert page.heading == "您的票已计入结果"
    assert "已计入最终结果" in page.words()
    assert not re.search("同意|反对|弃权|候选人", page.words())
    silent = Browser(world.device(2).client).get(address)
    assert silent.heading == "这次您没有投票"


def test_my_ballot_of_a_coowner_says_who_votes(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, [*flats(2), VoterPlan((("9-1-0101", "100.00"),), persons=2, nominee=0)])
    page = Browser(world.device(3, world.co_owners[3][0]).client).get(f"/c/{world.place.slug}/my")
    assert page.heading == "这一票由共有人来投"


def test_my_ballot_of_an_owner_of_two_voters_links_to_both(app: Flask, clock: SteerableClock) -> None:
    plans = [*flats(2), VoterPlan((("9-1-0101", "100.00"),), persons=2, nominee=0, same_account_as=0)]
    world = open_world(app, clock, plans)
    browser = Browser(world.device(1).client)
    page = browser.get(f"{world.url}/booth")
    assert page.heading == "您有 2 张票"
    first = browser.get(f"/c/{world.place.slug}/my?election={world.uuid}&voter=3")
    assert "9栋1单元101" in first.words()
    assert any("voter=1" in link for link in first.links().values())


def test_my_ballot_of_an_account_without_votes_is_empty(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock)
    account = make_account(app, clock.at, staff=False)
    grant(app, account, Role.OWNER, Scope.COMPLEX, world.place.id, clock.at)
    page = Browser(browser_of(app, account, clock.at)).get(f"/c/{world.place.slug}/my")
    assert "您现在没有票" in page.words()


@pytest.mark.parametrize("spelling", ["{a}{b}", "{a}-{b}", " {a} {b} ", "{a}－{b}"])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_anyone_finds_a_ballot_by_its_receipt(app: Flask, world: World, spelling: str, case: Callable[[str], str]) -> None:
    receipt = world.device(2).cast().json
    with app.app_context():
        run_tick(world.clock.at)
    anyone = Browser(app.test_client())
    code = receipt["receipt_code"]
    typed = case(spelling.format(a=code[:4], b=code[4:]))
    page = anyone.get(f"/c/{world.place.slug}/receipts?code={typed}")
    assert "这张票在票箱里" in page.words()
    assert "第 0001 号" in page.words()
    assert "1-1-0102" not in page.text


def test_receipt_data_proves_inclusion_and_names_no_voter(app: Flask, world: World) -> None:
    receipts = [world.device(voter).cast().json for voter in (1, 2, 3)]
    with app.app_context():
        run_tick(world.clock.at)
    found = app.test_client().get(f"/c/{world.place.slug}/receipts.json", query_string={"code": receipts[1]["tracker"]}).json
    leaf = found["leaf"]["body"].encode()
    proof = [bytes.fromhex(node) for node in found["proof"]]
    verify_inclusion(leaf_hash(leaf), found["leaf"]["index"], found["tree_size"], proof, bytes.fromhex(found["root"]))
    assert json.loads(leaf)["tracker"] == receipts[1]["tracker"]
    assert found["checkpoint"].splitlines()[1] == str(found["tree_size"])
    assert "voter" not in json.dumps(found)


def test_receipt_before_its_checkpoint_says_to_wait(app: Flask, world: World) -> None:
    receipt = world.device(2).cast().json
    page = Browser(app.test_client()).get(f"/c/{world.place.slug}/receipts?code={receipt['receipt_code']}")
    assert "请过一分钟再看" in page.words()


def test_unknown_receipt_is_said_to_be_unknown(app: Flask, world: World) -> None:
    anyone = Browser(app.test_client())
    assert anyone.get(f"/c/{world.place.slug}/receipts").heading == "查回执"
    page = anyone.get(f"/c/{world.place.slug}/receipts?code=AAAA-2222", 404)
    assert "票箱里没有这个收据号" in page.words()
    answer = app.test_client().get(f"/c/{world.place.slug}/receipts.json?code=%22%3E%3Cscript%3E", headers=JSON_HEADERS)
    assert (answer.status_code, answer.json["error"]) == (404, "receipt_not_found")


def test_receipt_of_another_complex_is_not_found(app: Flask, clock: SteerableClock, world: World) -> None:
    receipt = world.device(1).cast().json
    other = open_world(app, clock, uuid="YeyiTestBox222", slug="other")
    Browser(app.test_client()).get(f"/c/{other.place.slug}/receipts?code={receipt['receipt_code']}", 404)
