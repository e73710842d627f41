"""The main journey: an owner votes on a phone, the box is closed and opened, and an outside verifier agrees with the result."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from app.demo.cast import PASSPHRASE
from tests.journeys.demo_site import DemoSite, run_yeyi
from tests.journeys.people import Person, claim_door, sign_in_owner
from tests.journeys.stage import Stage

pytestmark = [pytest.mark.browser, pytest.mark.interop, pytest.mark.xdist_group("journeys")]

_TITLE = "续聘物业公司表决"
_MOST_TAPS = 10
_MOST_INPUTS = 6
_CAST = re.compile(r"/ballots(\?|$)")


def test_an_owner_votes_and_an_outside_verifier_agrees_with_the_result(stage: Stage, tmp_path: Path) -> None:
    if shutil.which("belenios-tool") is None:
        pytest.skip("belenios-tool is not installed")
    uuid = next(row["id"] for row in stage.site.elections("yunshang") if row["title"] == _TITLE)
    voter = stage.owner("owner")
    register(voter)
    before = stage.ballots()
    code = vote_through_a_bad_network(voter)
    assert stage.ballots() == before + 1
    come_back_to_the_booth(voter, code)
    assert stage.ballots() == before + 1
    close_the_box(voter)
    operator, supervisor = stage.staff("zhoumin"), stage.staff("linfang")
    persons = hand_over_the_key(operator, 1, tmp_path)
    assert hand_over_the_key(supervisor, 2, tmp_path) == persons
    publish(operator)
    record = read_the_result(voter, uuid, persons, tmp_path)
    my_ballot_is_counted(voter, code)
    outside_verifiers_agree(stage.site, record, tmp_path)


def register(voter: Person) -> None:
    """Come from the demonstration's page, sign in by phone and claim the flat."""
    owner = voter.site.owners("云尚公馆")[0]
    voter.go("/dev")
    voter.shot("dev")
    voter.go("/c/yunshang/")
    voter.shot("complex")
    voter.count_from_here()
    voter.press("去投票", "link")
    voter.shot("phone-number")
    sign_in_owner(voter, owner)
    voter.shot("door")
    claim_door(voter, owner)
    voter.shot("registered")
    taps, inputs, seconds = voter.counted()
    print(f"\nfirst sign-in: {taps} taps, {inputs} inputs, {seconds:.1f} s of the machine")
    assert inputs <= _MOST_INPUTS
    voter.press("去投票", "link")


def vote_through_a_bad_network(voter: Person) -> str:
    """Vote with a reload, the back button, no network, a lost answer, and a double click; return the receipt's number."""
    page = voter.page
    voter.count_from_here()
    voter.press("去投票", "link")
    choose(voter, "同意")
    voter.shot("ballot")
    voter.press("去核对")
    voter.heading("请核对")
    page.reload()
    expect(page.get_by_text("之前的选择没有保存")).to_be_visible()
    choose(voter, "反对")
    voter.press("去核对")
    voter.shot("review")
    page.go_back()
    expect(page.get_by_role("radio", name="反对")).to_be_checked()
    choose(voter, "同意")
    voter.press("去核对")
    voter.context.set_offline(True)
    voter.press("确认投票")
    voter.heading("网络断了")
    voter.shot("no-network")
    voter.context.set_offline(False)
    answers: list[dict[str, str]] = []

    def lose_the_answer(route: Route) -> None:
        answers.append(route.fetch().json())
        route.abort()

    page.route(_CAST, lose_the_answer)
    page.get_by_role("button", name="再试一次").dblclick()
    voter.taps += 1
    voter.heading("网络断了")
    voter.shot("answer-lost")
    page.unroute(_CAST)
    page.get_by_role("button", name="再试一次").dblclick()
    voter.taps += 1
    voter.heading("投票成功")
    voter.shot("receipt")
    assert len(answers) == 1
    code = receipt_code(voter)
    assert code == answers[0]["receipt_code"]
    return code


def choose(voter: Person, option: str) -> None:
    """Press the row of an option."""
    voter.tap(voter.page.locator("label.y-opt", has_text=option))


def receipt_code(voter: Person) -> str:
    """Read the receipt's number from the page."""
    return voter.page.locator(".y-code").inner_text().replace("-", "").strip()


def come_back_to_the_booth(voter: Person, code: str) -> None:
    """Reload the receipt, go back, open the booth again: the same receipt, and a question instead of a second ballot."""
    page = voter.page
    taps, inputs, seconds = voter.counted()
    print(f"vote with a reload, a step back and two lost networks: {taps} taps, {inputs} inputs, {seconds:.1f} s")
    assert taps <= _MOST_TAPS
    page.reload()
    voter.heading("投票成功")
    assert receipt_code(voter) == code
    page.go_back()
    page.wait_for_load_state()
    expect(page.get_by_role("button", name="确认投票")).to_have_count(0)
    page.go_forward()
    voter.heading("投票成功")
    assert receipt_code(voter) == code
    voter.go("/c/yunshang/")
    voter.press("去投票", "link")
    voter.heading("您已经投出了")
    voter.shot("already-voted")
    voter.go("/c/yunshang/my")
    expect(page.get_by_text(f"手机投票，收据号 {code[:4]}-{code[4:]}")).to_be_visible()
    voter.shot("my-ballot")


def close_the_box(voter: Person) -> None:
    """Move the demonstration's clock to the close."""
    voter.go("/dev")
    voter.tap(voter.page.get_by_role("row", name=_TITLE).get_by_role("button", name="拨到截止"))
    expect(voter.page.get_by_text("时钟拨到了")).to_be_visible()
    voter.go("/c/yunshang/my")
    voter.heading("票箱已封，正在计票")
    voter.shot("my-ballot-sealed")


def hand_over_the_key(trustee: Person, index: int, folder: Path) -> int:
    """Take the demonstration's key file, open it, count the box in this browser, give the part; return the persons counted."""
    trustee.go("/dev")
    with trustee.page.expect_download() as coming:
        trustee.tap(trustee.page.get_by_role("row", name=_TITLE).get_by_role("link", name=f"第 {index} 把"))
    key_file = folder / coming.value.suggested_filename
    coming.value.save_as(key_file)
    trustee.go("/desk")
    trustee.press("云尚公馆（演示）", "link", exact=False)
    trustee.heading("今天")
    trustee.shot("today")
    trustee.tap(trustee.page.get_by_role("link", name="去开箱").first)
    trustee.page.get_by_label("钥匙文件").set_input_files(key_file)
    trustee.type("口令", "not the passphrase")
    trustee.press("打开钥匙")
    expect(trustee.page.get_by_text("口令不对，或者文件坏了。")).to_be_visible()
    trustee.type("口令", PASSPHRASE)
    trustee.shot("key")
    trustee.press("打开钥匙")
    hand_over = trustee.page.get_by_role("button", name="一样，交出我的钥匙")
    expect(hand_over).to_be_visible(timeout=60_000)
    counted = trustee.page.get_by_text("和平台说的一致").inner_text()
    trustee.shot("seals")
    trustee.tap(hand_over)
    expect(trustee.page.get_by_role("heading", name=re.compile("您这一步已完成|钥匙够了"))).to_be_visible(timeout=60_000)
    trustee.shot("handed-over")
    return int(re.findall(r"共 (\d+) 人", counted)[0])


def publish(operator: Person) -> None:
    """Look at the result before anybody else and publish it."""
    operator.go("/c/yunshang/desk")
    operator.tap(operator.page.get_by_role("link", name="看进度").first)
    expect(operator.page.get_by_text("通过", exact=True)).to_be_visible()
    operator.shot("before-publishing")
    operator.press("公布结果")
    operator.heading("投票结果")
    operator.shot("published")


def read_the_result(voter: Person, uuid: str, persons: int, folder: Path) -> Path:
    """Read verdict, fractions and article as anybody may, and download the record."""
    voter.go(f"/c/yunshang/elections/{uuid}/result")
    voter.heading("投票结果")
    expect(voter.page.locator(".y-verdict")).to_contain_text("通过")
    card = voter.page.locator("main .y-card").first.inner_text()
    assert re.search(rf"来投票的人数 {persons}/72（\d+\.\d%），达到三分之二", card), card
    assert re.search(r"其中同意的人数 \d+/\d+（\d+\.\d%），超过一半", card), card
    assert "《民法典》第二百七十八条第二款" in card, card
    voter.shot("result")
    voter.press("自己核算一遍", "link")
    voter.heading("自己核算一遍")
    voter.shot("check-guide")
    with voter.page.expect_download() as coming:
        voter.tap(voter.page.get_by_role("link", name="下载核对记录（zip）"))
    record = folder / coming.value.suggested_filename
    coming.value.save_as(record)
    return record


def my_ballot_is_counted(voter: Person, code: str) -> None:
    """See all four steps done, without a word about the choice."""
    voter.go("/c/yunshang/my")
    voter.heading("您的票已计入结果")
    expect(voter.page.get_by_text("已计入最终结果")).to_be_visible()
    expect(voter.page.get_by_text("同意")).to_have_count(0)
    voter.shot("my-ballot-counted")
    voter.press("给懂行的人：自己验票", "link")
    voter.page.wait_for_load_state()
    expect(voter.page.get_by_text(f"{code[:4]}-{code[4:]}").first).to_be_visible()
    voter.shot("receipt-on-the-record")


def outside_verifiers_agree(site: DemoSite, record: Path, folder: Path) -> None:
    """Hold the record to our verifier and to one that others wrote."""
    assert "一致" in run_yeyi(site.instance, "verify", str(record))
    with zipfile.ZipFile(record) as files:
        files.extractall(folder / "record")
    for weight in ("area", "heads"):
        command = ["belenios-tool", "election", "verify", "--dir", str(folder / "record" / weight)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
