"""The set-up journey: an operator makes a decision from a template, three trustees make the key, an owner votes in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from app.values.clock import CHINA
from tests.journeys.people import Person, claim_door, sign_in_owner
from tests.journeys.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

_TITLE = "屋顶防水表决"
_MATTER = "用维修资金修屋顶防水"
_TRUSTEES = ("zhoumin", "linfang", "zhengweidong")
_DAYS_AHEAD = 20
_CEREMONY_MS = 60_000


def test_a_decision_is_set_up_announced_keyed_opened_and_voted_in(stage: Stage, tmp_path: Path) -> None:
    operator = stage.staff(_TRUSTEES[0])
    uuid = make_draft(operator)
    mend_the_basics(operator)
    write_the_matter(operator)
    choose_trustees(operator)
    preview(operator, uuid)
    announce(operator)
    trustees = [operator, *(stage.staff(name) for name in _TRUSTEES[1:])]
    make_the_key(trustees, uuid, tmp_path)
    open_voting(operator, uuid)
    an_owner_votes(stage, uuid)


def moment(days: int) -> str:
    """Return a midnight some days from now, as the browser's field takes it."""
    day = datetime.now(CHINA).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days)
    return day.strftime("%Y-%m-%dT%H:%M")


def make_draft(operator: Person) -> str:
    """Begin a draft; a window that ends before it begins is told, and what was typed stays."""
    operator.go("/desk")
    operator.press("云尚公馆（演示）", "link", exact=False)
    operator.press("发起一次投票", "link")
    operator.heading("发起一次投票")
    operator.field("这是什么投票").select_option(label="业主共同决定事项")
    operator.type("投票的名称", _TITLE)
    operator.type("开始投票", moment(_DAYS_AHEAD))
    operator.type("截止投票", moment(_DAYS_AHEAD - 1))
    operator.press("建草稿")
    expect(operator.page.get_by_role("alert")).to_contain_text("截止时间要晚于开始时间")
    expect(operator.field("投票的名称")).to_have_value(_TITLE)
    expect(operator.field("开始投票")).to_have_value(moment(_DAYS_AHEAD))
    operator.shot("mistake-told")
    operator.type("截止投票", moment(_DAYS_AHEAD + 3))
    operator.press("建草稿")
    operator.heading(_TITLE)
    operator.shot("draft")
    return re.findall(r"/elections/([^/]+)/", operator.page.url)[0]


def mend_the_basics(operator: Person) -> None:
    """Read what keeps the draft from being announced, and mend the window that is too short."""
    problems = operator.page.locator("#announce")
    expect(problems).to_contain_text("还不能公告")
    expect(problems).to_contain_text("5 天")
    basics = operator.page.locator("#basics")
    basics.get_by_label("投票的名称").fill("")
    operator.press("保存基本")
    expect(operator.page.get_by_role("alert")).to_contain_text("投票的名称")
    expect(operator.field("截止投票")).to_have_value(moment(_DAYS_AHEAD + 3))
    operator.type("投票的名称", _TITLE)
    operator.type("截止投票", moment(_DAYS_AHEAD + 10))
    operator.press("保存基本")
    expect(operator.page.get_by_role("alert")).to_have_count(0)
    expect(problems).not_to_contain_text("5 天")


def write_the_matter(operator: Person) -> None:
    """Add a matter of the law's list from its template; an empty title is told and the summary stays."""
    page = operator.page
    page.get_by_label("加一个表决事项").select_option(label="5. 使用建筑物及其附属设施的维修资金")
    operator.press("加上")
    matter = page.locator("section[id^=matter-]").first
    expect(matter.get_by_label("题目")).to_have_value(re.compile("【工程名称】"))
    expect(page.locator("#announce")).to_contain_text("【")
    summary = "屋面有三处漏水，预算 12 万元，从维修资金列支。"
    matter.get_by_label("题目").fill("")
    matter.get_by_label("说明").fill(summary)
    operator.press("保存第 1 项")
    expect(page.get_by_role("alert")).to_contain_text("题目")
    expect(matter.get_by_label("说明")).to_have_value(summary)
    operator.shot("matter-mistake")
    matter.get_by_label("题目").fill(_MATTER)
    operator.press("保存第 1 项")
    expect(page.get_by_role("alert")).to_have_count(0)


def choose_trustees(operator: Person) -> None:
    """Choose the three holders of the opening key; then nothing is missing any more."""
    for select in operator.page.locator("#trustees select").all():
        select.select_option(index=len(select.locator("option").all()) - 1)
    operator.press("保存钥匙持有人")
    expect(operator.page.get_by_role("link", name="去公告")).to_be_visible()
    operator.shot("ready")


def preview(operator: Person, uuid: str) -> None:
    """See the ballot as an owner will; nothing can be cast there."""
    operator.press("看业主看到的样子", "link")
    operator.heading("预览选票")
    expect(operator.page.get_by_text(_MATTER)).to_be_visible()
    expect(operator.page.get_by_role("radio", name="同意")).to_be_disabled()
    operator.shot("preview")
    operator.go(f"/c/yunshang/elections/{uuid}/edit")


def announce(operator: Person) -> None:
    """Confirm the announcement, after which everything is frozen under its seal."""
    operator.press("去公告", "link")
    operator.heading("公告这次投票？")
    operator.shot("announce")
    operator.press("公告，从现在起不再改")
    operator.heading(_TITLE)
    expect(operator.page.locator(".y-hash")).to_have_text(re.compile(r"[0-9a-f]{64}"))
    operator.shot("announced")


def make_the_key(trustees: Sequence[Person], uuid: str, folder: Path) -> None:
    """Three browsers, three rounds, one rehearsal; the second trustee closes the page in between and opens the key file."""
    words = [f"一句只有我自己记得住的话 {number}" for number in range(3)]
    files = []
    for trustee, passphrase in zip(trustees, words, strict=True):
        trustee.go("/c/yunshang/desk")
        trustee.tap(trustee.page.get_by_role("link", name="去做钥匙").first)
        files.append(draw_key(trustee, passphrase, folder))
        if trustee is trustees[1]:
            trustee.page.reload()
            expect(trustee.page.get_by_text("您这一步已完成")).to_be_visible()
    second = trustees[1]
    second.page.get_by_label("钥匙文件").set_input_files(files[1], timeout=_CEREMONY_MS)
    second.type("口令", words[1])
    second.press("打开钥匙")
    codes = set()
    for trustee in trustees:
        expect(trustee.page.get_by_role("heading", name=re.compile("短码和别人屏幕上的一样吗"))).to_be_visible(
            timeout=_CEREMONY_MS
        )
        codes.add(trustee.page.locator(".panel .y-seal, .panel .y-code").first.inner_text())
        trustee.shot("compare")
    assert len(codes) == 1, codes
    for trustee in trustees:
        trustee.press("一样")
    for trustee in trustees:
        expect(trustee.page.get_by_role("heading", name="钥匙试过了，可以用")).to_be_visible(timeout=_CEREMONY_MS)
    trustees[2].shot("rehearsed")


def draw_key(trustee: Person, passphrase: str, folder: Path) -> Path:
    """Make the key in this browser, download it, prove that it can be opened, give its public half."""
    page = trustee.page
    expect(page.get_by_role("heading", name="做一把您自己的钥匙")).to_be_visible()
    page.get_by_label("口令（至少").fill("short")
    page.get_by_label("再输一次口令").fill("short")
    trustee.press("做钥匙")
    expect(page.get_by_text("口令不到 12 个字。")).to_be_visible()
    page.get_by_label("口令（至少").fill(passphrase)
    page.get_by_label("再输一次口令").fill(passphrase)
    trustee.press("做钥匙")
    with page.expect_download() as coming:
        page.get_by_role("button", name="下载钥匙文件").click(timeout=_CEREMONY_MS)
    file = folder / f"{trustee.name}-{coming.value.suggested_filename}"
    coming.value.save_as(file)
    trustee.press("已存好，交出公开的一半")
    expect(page.get_by_text("请先选刚才下载的文件")).to_be_visible()
    page.get_by_label("再打开一次").set_input_files(file)
    expect(page.get_by_text("打开了，和这把钥匙一样。")).to_be_visible(timeout=_CEREMONY_MS)
    trustee.shot("key-saved")
    trustee.press("已存好，交出公开的一半")
    expect(page.get_by_role("heading", name="把钥匙存好")).to_have_count(0, timeout=_CEREMONY_MS)
    return file


def open_voting(operator: Person, uuid: str) -> None:
    """Open the voting, which waits for its first minute."""
    operator.go("/c/yunshang/desk")
    operator.tap(operator.page.locator(f"a[href$='/elections/{uuid}/open']").first)
    operator.heading("开放投票？")
    operator.shot("open")
    operator.press("开放投票")
    operator.heading(_TITLE)


def an_owner_votes(stage: Stage, uuid: str) -> None:
    """Before the first minute nobody can vote; after it an owner can."""
    voter = stage.owner("set-up-owner")
    owner = stage.site.owners("云尚公馆")[1]
    voter.go("/c/yunshang/claim")
    sign_in_owner(voter, owner)
    claim_door(voter, owner)
    voter.go(f"/c/yunshang/elections/{uuid}/")
    expect(voter.page.get_by_role("link", name="去投票")).to_have_count(0)
    voter.shot("not-yet")
    for _week in range(3):
        voter.go("/dev")
        voter.press("往前 7 天")
        expect(voter.page.get_by_text("时钟拨到了")).to_be_visible()
    before = stage.ballots()
    voter.go(f"/c/yunshang/elections/{uuid}/booth")
    voter.page.locator("label.y-opt", has_text="弃权").click()
    voter.press("去核对")
    voter.press("确认投票")
    voter.heading("投票成功")
    voter.shot("receipt")
    assert stage.ballots() == before + 1
