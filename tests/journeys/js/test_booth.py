"""An owner votes in the booth: one ballot and one receipt, whatever the phone, the network or the finger does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.crypto.ballots import parse_ballot
from app.crypto.credentials import Credential

from .served import Site
from .voting import OPTIONS, TITLES, Box, decrypt, randbelow

pytestmark = pytest.mark.browser


def open_ballot(page: Page, query: str = "") -> None:
    """Open the booth at its ballot, coming from the home page."""
    page.goto("/home")
    page.goto(f"/booth{query}")
    expect(page.locator("[data-screen=ballot]")).to_be_visible()


def choose(page: Page) -> None:
    """Choose against the first matter and for three candidates; leave the third matter open."""
    page.get_by_label(OPTIONS[1], exact=False).first.check()
    for name in ("王建国", "李秀英", "陈志明"):
        page.get_by_label(name).check()


CHOSEN = [[0, 1, 0], [0, 1, 0, 1, 0, 1, 0, 0], [0, 0, 0]]


def to_review(page: Page) -> None:
    """Go to the review screen."""
    page.get_by_role("button", name="去核对").click()
    expect(page.locator("[data-screen=review]")).to_be_visible()


def confirm(page: Page) -> None:
    """Press the button that casts."""
    page.get_by_role("button", name="确认投票").click()


def at_receipt(page: Page) -> None:
    """Wait for the receipt page."""
    expect(page.get_by_role("heading", name="投票成功")).to_be_visible()


def vote_until_failure(page: Page) -> None:
    """Vote under a fault and wait for the screen that tells it."""
    open_ballot(page)
    choose(page)
    to_review(page)
    confirm(page)
    expect(page.locator("[data-screen=failed]")).to_be_visible()


def opened(box: Box, at: int = -1) -> list[list[int]]:
    """Return what is inside a ballot of the box."""
    return decrypt(parse_ballot(box.election, box.ballots[at]))


def test_vote_reaches_the_box_as_chosen(phone: Page, box: Box, site: Site) -> None:
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    confirm(phone)
    at_receipt(phone)
    assert [opened(box, n) for n in range(len(box.ballots))] == [CHOSEN]
    assert (box.enrolments, len(site.bodies("POST", "/cast"))) == (1, 1)
    assert phone.url.endswith("/receipt?code=K7QM-4R2P")


def test_review_names_choices_weight_and_the_missing_answer(phone: Page) -> None:
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    cells = phone.locator(".y-cells > li")
    expect(cells.nth(0)).to_contain_text("反对")
    for name in ("王建国", "李秀英", "陈志明", "选了 3 位，最多选 5 位"):
        expect(cells.nth(1)).to_contain_text(name)
    expect(cells.nth(2)).to_contain_text("按未投票处理，不算同意，也不算反对。")
    expect(phone.locator(".weight")).to_contain_text("1 人")
    expect(phone.locator(".weight")).to_contain_text("127.46㎡")
    expect(phone.locator(".weight")).to_contain_text("3栋1单元1202")
    expect(phone.locator("h1")).to_be_focused()


def test_back_from_review_keeps_choices(phone: Page) -> None:
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    phone.go_back()
    expect(phone.locator("[data-screen=ballot]")).to_be_visible()
    expect(phone.get_by_label("王建国")).to_be_checked()
    expect(phone.locator("#matter-0 input").nth(1)).to_be_checked()
    phone.go_forward()
    expect(phone.locator("[data-screen=review]")).to_contain_text("王建国")


def test_change_goes_to_the_matter_that_is_to_be_changed(phone: Page) -> None:
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    phone.get_by_role("button", name="修改第 3 项").click()
    expect(phone.locator("#matter-2 h2")).to_be_focused()
    expect(phone.locator("#matter-2 h2")).to_be_in_viewport()


def test_reload_on_review_loses_choices_and_says_so(phone: Page, box: Box) -> None:
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    phone.reload()
    expect(phone.get_by_text("之前的选择没有保存")).to_be_visible()
    assert phone.locator("input:checked").count() == 0
    assert box.ballots == []


def test_nothing_is_sent_when_nothing_is_chosen(phone: Page, box: Box) -> None:
    open_ballot(phone)
    to_review(phone)
    confirm(phone)
    expect(phone.get_by_text("一项都还没有选")).to_be_visible()
    assert (box.ballots, box.enrolments) == ([], 0)


def test_double_click_sends_once(phone: Page, box: Box, site: Site) -> None:
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    phone.evaluate(
        "() => { const b = [...document.querySelectorAll('button')].find((e) => e.textContent === '确认投票');"
        " b.click(); b.click(); }"
    )
    at_receipt(phone)
    assert len(site.bodies("POST", "/cast")) == len(box.ballots) == 1


def test_back_after_success_shows_voted_and_sends_nothing(phone: Page, box: Box, site: Site) -> None:
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    confirm(phone)
    at_receipt(phone)
    phone.go_back()
    expect(phone.get_by_role("heading", name="您已经投出了")).to_be_visible()
    phone.go_forward()
    at_receipt(phone)
    assert len(site.bodies("POST", "/cast")) == len(box.ballots) == 1


@pytest.mark.parametrize("fault", ["request_lost", "answer_lost", "server_error"])
def test_retry_sends_the_same_bytes_when_the_network_failed(phone: Page, box: Box, site: Site, fault: str) -> None:
    box.fault = fault
    vote_until_failure(phone)
    box.fault = ""
    phone.get_by_role("button", name="再试一次").click()
    at_receipt(phone)
    assert len(set(site.bodies("POST", "/cast"))) == len(box.ballots) == 1
    # Chromium itself repeats a request on a connection that was cut; the bytes are what matters.
    assert len(site.bodies("POST", "/cast")) >= 2
    assert opened(box) == CHOSEN


@pytest.mark.parametrize("fault", ["request_lost", "answer_lost"])
def test_reload_sends_the_sealed_ballot_again_when_no_receipt_came(phone: Page, box: Box, site: Site, fault: str) -> None:
    box.fault = fault
    vote_until_failure(phone)
    expect(phone.get_by_text("还没有收到回执")).to_be_visible()
    box.fault = ""
    phone.reload()
    at_receipt(phone)
    assert len(set(site.bodies("POST", "/cast"))) == len(box.ballots) == 1
    phone.goto("/booth")
    expect(phone.locator("[data-screen=already]")).to_be_visible()


def test_sealed_ballot_is_kept_when_the_sign_in_expired(phone: Page, box: Box, site: Site) -> None:
    box.fault = "signed_out"
    vote_until_failure(phone)
    expect(phone.get_by_role("heading", name="请重新登录")).to_be_visible()
    box.fault = ""
    phone.get_by_role("button", name="去登录").click()
    at_receipt(phone)
    assert len(set(site.bodies("POST", "/cast"))) == len(box.ballots) == 1


def test_refused_ballot_is_forgotten_and_said_not_to_count(phone: Page, box: Box, site: Site) -> None:
    box.fault = "closed"
    vote_until_failure(phone)
    expect(phone.locator("[data-screen=failed]")).to_contain_text("投票已经截止")
    expect(phone.locator("[data-screen=failed]")).to_contain_text("您的票还没有投出去")
    box.fault = ""
    phone.get_by_role("button", name="回到选票").click()
    expect(phone.locator("[data-screen=ballot]")).to_be_visible()
    assert len(site.bodies("POST", "/cast")) == 1
    assert box.ballots == []


def test_receipt_of_another_ballot_is_not_taken(phone: Page, box: Box) -> None:
    box.fault = "foreign_receipt"
    vote_until_failure(phone)
    expect(phone.get_by_role("heading", name="回执和您的票对不上")).to_be_visible()
    box.fault = ""
    phone.reload()
    at_receipt(phone)
    assert len(box.ballots) == 1


def test_same_credential_is_enrolled_again_when_the_answer_was_lost(phone: Page, box: Box, site: Site) -> None:
    box.fault = "enrol_answer_lost"
    vote_until_failure(phone)
    expect(phone.get_by_text("选择还在")).to_be_visible()
    box.fault = ""
    phone.get_by_role("button", name="再试一次").click()
    at_receipt(phone)
    names = {json.loads(body)["credential"] for body in site.bodies("POST", "/enrol")}
    assert (len(names), len(box.ballots)) == (1, 1)
    assert box.enrolments >= 2
    assert opened(box) == CHOSEN


def test_second_vote_uses_the_credential_of_this_phone(phone: Page, box: Box) -> None:
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    confirm(phone)
    at_receipt(phone)
    phone.goto("/booth")
    phone.get_by_role("button", name="我要改票").click()
    phone.locator("#matter-2 input").nth(2).check()
    to_review(phone)
    expect(phone.get_by_text("代替您上一次投的票")).to_be_visible()
    expect(phone.get_by_text("这一票不能再改")).to_be_visible()
    confirm(phone)
    at_receipt(phone)
    assert (box.enrolments, len(box.ballots)) == (1, 2)
    assert opened(box) == [[0, 0, 0], [0] * 8, [0, 0, 1]]


def test_new_credential_is_enrolled_when_this_phone_lacks_the_secret(phone: Page, box: Box) -> None:
    box.credential = lost = str(Credential.generate(randbelow).public)
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    confirm(phone)
    at_receipt(phone)
    assert box.credential != lost
    assert str(parse_ballot(box.election, box.ballots[0]).credential) == box.credential


def test_no_change_is_offered_when_none_is_left(phone: Page, box: Box) -> None:
    box.changes_left = 0
    box.ballots.append(b"earlier")
    phone.goto("/booth")
    expect(phone.get_by_text("这一票不能再改")).to_be_visible()
    expect(phone.get_by_role("button", name="我要改票")).to_have_count(0)


def test_any_number_of_changes_is_said_in_words(phone: Page, box: Box) -> None:
    box.changes_left = 99
    open_ballot(phone)
    choose(phone)
    to_review(phone)
    expect(phone.get_by_text("截止前可以随时再改")).to_be_visible()


# --- elections on the ballot ---


def test_recall_of_a_member_offers_the_three_options(phone: Page, box: Box) -> None:
    document = box.document()
    document["matters"][0]["kind"] = "ELECT"
    box.tamper = document
    open_ballot(phone)
    expect(phone.locator("#matter-0 input[type=radio]")).to_have_count(3)


def test_candidates_over_the_limit_are_off_with_the_reason(phone: Page) -> None:
    open_ballot(phone)
    boxes = phone.locator("#matter-1 input")
    for at in range(5):
        boxes.nth(at).check()
    expect(phone.get_by_text("已选满 5 位。要换人，先取消一位。")).to_be_visible()
    expect(boxes.nth(5)).to_be_disabled()
    boxes.nth(0).uncheck()
    expect(boxes.nth(5)).to_be_enabled()


def test_none_of_them_counts_as_answered_and_is_all_zeros(phone: Page, box: Box) -> None:
    open_ballot(phone)
    phone.get_by_label("王建国").check()
    phone.get_by_label("都不选，这一项弃权").check()
    expect(phone.get_by_label("王建国")).not_to_be_checked()
    expect(phone.locator(".y-act-line")).to_contain_text("已答 1 项，共 3 项")
    to_review(phone)
    expect(phone.locator(".y-cells > li").nth(1)).to_contain_text("都不选，弃权")
    confirm(phone)
    at_receipt(phone)
    assert opened(box) == [[0, 0, 0], [0] * 8, [0, 0, 0]]


# --- large type ---


def test_large_type_asks_one_question_a_page(phone: Page, box: Box) -> None:
    open_ballot(phone, "?l=1")
    expect(phone.locator("h1")).to_have_text("第 1 题，共 3 题")
    phone.get_by_label("同意").check()
    phone.get_by_role("button", name="下一题").click()
    phone.get_by_label("赵文娟").check()
    phone.get_by_role("button", name="下一题").click()
    phone.get_by_label("弃权").check()
    phone.get_by_role("button", name="上一题").click()
    expect(phone.get_by_label("赵文娟")).to_be_checked()
    phone.get_by_role("button", name="下一题").click()
    to_review(phone)
    confirm(phone)
    at_receipt(phone)
    assert opened(box) == [[1, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0], [0, 0, 1]]


def test_switching_to_large_type_keeps_choices(phone: Page) -> None:
    open_ballot(phone)
    choose(phone)
    phone.get_by_role("link", name="大字版").click()
    expect(phone.locator("h1")).to_have_text("第 1 题，共 3 题")
    expect(phone.locator("#matter-0 input").nth(1)).to_be_checked()
    phone.get_by_role("link", name="普通字").click()
    expect(phone.get_by_label("王建国")).to_be_checked()


# --- what must not be voted on ---


def _without_last_question(document: dict[str, Any]) -> None:
    document["matters"].pop()


def _swap_options(document: dict[str, Any]) -> None:
    document["matters"][0]["options"] = ["反对", "同意", "弃权"]


def _swap_candidates(document: dict[str, Any]) -> None:
    first, second = document["matters"][1]["candidates"][:2]
    first["answer"], second["answer"] = second["answer"], first["answer"]


def _other_title(document: dict[str, Any]) -> None:
    document["matters"][0]["title"] = "解聘现物业公司"


def _more_seats(document: dict[str, Any]) -> None:
    document["matters"][1]["seats"] = 6


def _other_fingerprint(document: dict[str, Any]) -> None:
    document["election"]["fingerprint"] = "A" * 43


def _edited_election(document: dict[str, Any]) -> None:
    document["election"]["raw"] = document["election"]["raw"].replace(TITLES[0], "解聘现物业公司")


def _key_outside_the_group(document: dict[str, Any]) -> None:
    raw = document["election"]["raw"]
    at = raw.index('"public_key":"') + len('"public_key":"')
    document["election"]["raw"] = raw[:at] + "4" + raw[raw.index('"', at) :]


@pytest.mark.parametrize(
    "damage",
    [
        _without_last_question,
        _swap_options,
        _swap_candidates,
        _other_title,
        _more_seats,
        _other_fingerprint,
        _edited_election,
        _key_outside_the_group,
    ],
)
def test_booth_stops_when_the_ballot_differs_from_the_announced_one(phone: Page, box: Box, damage: Any) -> None:
    document = box.document()
    damage(document)
    box.tamper = document
    phone.goto("/booth")
    expect(phone.get_by_role("heading", name="选票内容对不上，已经停下")).to_be_visible()
    assert phone.locator("input").count() == 0
    assert box.enrolments == 0


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("Object.defineProperty(globalThis, 'BigInt', {value: undefined})", "大整数运算"),
        ("Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})", "网页加密"),
        ("Object.defineProperty(Crypto.prototype, 'getRandomValues', {value: undefined})", "安全随机数"),
        ("Object.defineProperty(globalThis, 'indexedDB', {value: undefined})", "本机存储"),
    ],
)
def test_booth_refuses_in_words_when_the_browser_lacks_something(phone: Page, site: Site, script: str, words: str) -> None:
    phone.add_init_script(script)
    phone.goto("/booth")
    expect(phone.get_by_role("heading", name="这个浏览器不能投票")).to_be_visible()
    expect(phone.locator("#booth")).to_contain_text(words)
    expect(phone.locator("#booth")).to_contain_text("纸质票")
    assert [path for method, path, _ in site.seen if method == "POST" or path == "/booth.json"] == []


def test_english_booth_speaks_english(phone: Page) -> None:
    open_ballot(phone, "?lang=en")
    phone.get_by_role("button", name="Check my answers").click()
    expect(phone.get_by_role("heading", name="Please check")).to_be_visible()
