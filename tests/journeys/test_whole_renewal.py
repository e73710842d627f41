"""The burden journey: one operator leads a renewal of 1,668 doors from the alarm to the hand-over; each field is counted.

Counted is what the operator types and uploads. Owners vote, and trustees make and use their keys, in other journeys; here
they act through the services of the demonstration.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, expect

from app.demo.owners import doors_of
from app.roll.reading import read_clean_roll
from tests.journeys import renewal_stage as stage_
from tests.journeys.demo_site import DemoSite, copy_instance, served
from tests.journeys.people import DESK, Person, person, sign_in_staff

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

_MOST_TYPED = 60
_MOST_UPLOADS = 15
_CANDIDATES = 8
_GROUP_OWNERS = 4


@dataclass
class Operator:
    """Be the operator at the desk, whose every typed field and upload is counted."""

    who: Person
    photo: Path
    paper: Path
    typed: list[str] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)

    def step(self, key: str) -> Locator:
        """Find a step of the procedure's page."""
        return self.who.page.locator(f"#step-{key}")

    def type(self, where: Locator, label: str, value: str) -> None:
        """Type into the field of this label and count it."""
        where.get_by_label(label).first.fill(value)
        self.typed.append(value)

    def upload(self, where: Locator, label: str, file: Path) -> None:
        """Choose a file and count it."""
        where.get_by_label(label).first.set_input_files(file)
        self.uploads.append(label)

    def press(self, where: Locator, words: str) -> None:
        """Press the button or open the part with these words."""
        where.get_by_role("button", name=words, exact=True).first.click()

    def unfold(self, where: Locator, words: str) -> None:
        """Open a part that is folded away."""
        where.locator("summary", has_text=words).first.click()

    def done(self, key: str) -> None:
        """Wait until the page says that a step is done."""
        expect(self.step(key)).to_have_class(re.compile(r"\bp-done\b"))

    def record(self, key: str) -> None:
        """Record a step with the day the page proposes."""
        self.press(self.step(key), "记为完成")
        self.done(key)

    def post(self, key: str, paper: str) -> None:
        """Prove with a photo that a paper hangs on the first board of the list."""
        part = self.step(key).locator(f"section[aria-labelledby=postings-{paper}]")
        if not part.is_visible():
            self.unfold(self.step(key), "看内容")
        self.upload(part, "拍一张贴好的样子", self.photo)
        self.press(part, "记下这张照片")
        expect(self.who.page.get_by_role("status").first).to_be_visible()


@pytest.fixture(scope="module")
def renewal(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """Serve a copy of the demonstration in which a second 青岚花园 stands before its renewal."""
    instance = copy_instance(filled, tmp_path_factory.mktemp("renewal"))
    stage_.found_complex(instance)
    with served(instance) as running:
        yield running


@contextmanager
def at_the_desk(browser: Browser, site: DemoSite, folder: Path) -> Iterator[Operator]:
    """Bring the operator on, signed in, with a photo and a signed paper at hand."""
    with person(browser, site, "renewal", DESK) as who:
        sign_in_staff(who, "zhoumin")
        yield Operator(who, _photo(folder / "board.jpg", "公告栏"), _photo(folder / "certificate.jpg", "备案证明"))


def test_a_whole_renewal_asks_for_few_fields(browser: Browser, renewal: DemoSite, tmp_path: Path) -> None:
    with at_the_desk(browser, renewal, tmp_path) as operator:
        begin(operator)
        form_the_group(operator)
        settle_roll_and_drafts(operator)
        find_candidates(operator, tmp_path)
        uuid = announce(operator)
        vote(operator, uuid)
        certify(operator)
        pack = file(operator)
        hand_over(operator)
        _tell(operator, pack)
        assert len(operator.typed) <= _MOST_TYPED, operator.typed
        assert len(operator.uploads) <= _MOST_UPLOADS, operator.uploads
        twice = {value for value in operator.typed if operator.typed.count(value) > 1}
        assert not twice, f"typed twice: {twice}"


def begin(operator: Operator) -> None:
    """See that the term ends soon, begin the renewal, and hand in the committee's report."""
    who = operator.who
    who.go(f"/c/{stage_.SLUG}/desk")
    who.shot("today")
    who.go(f"/c/{stage_.SLUG}/procedures/new/renewal")
    expect(who.page.get_by_label("新一届业委会的委员人数", exact=False).first).to_have_value("5")
    who.shot("begin")
    who.press("开始办理")
    expect(who.page.get_by_role("heading", level=1)).to_contain_text("换届")
    operator.done("alarm")
    operator.record("report")
    who.shot("report")


def form_the_group(operator: Operator) -> None:
    """Paste the group's list, record it, and prove that the list hangs."""
    step = operator.step("group_formed")
    owners = [f"{door.name}，{door.code}" for door in _neighbours(_GROUP_OWNERS, "group")]
    officials = ["何平，湖畔街道办事处", "周敏，青岚社区居委会", "方圆，青岚社区居委会"]
    operator.type(step, "名单，一行一位：姓名，门牌或单位", "\n".join([*owners, *officials]))
    operator.press(step, "加进名单")
    expect(operator.step("group_formed")).to_contain_text("共 7 人")
    operator.who.shot("group")
    operator.record("group_formed")
    operator.post("group_posted", "GROUP")
    operator.done("group_posted")


def settle_roll_and_drafts(operator: Operator) -> None:
    """Post the roll, and leave rules and covenant as they are."""
    operator.post("roll", "N2")
    operator.done("roll")
    for choice in operator.step("drafts").get_by_role("radio", name=re.compile("不修改|不改|照旧")).all():
        choice.check()
    operator.record("drafts")


def find_candidates(operator: Operator, folder: Path) -> None:
    """Write down eight proposals with photos, check each, post the list."""
    words = (
        "住了九年，愿意把账目贴到单元门口。",
        "退休工程师，想把电梯和消防管好。",
        "会计，主张先公开后花钱。",
        "社区医院护士，愿意听大家的意见。",
        "律师助理，想把规则写清楚。",
        "楼栋志愿者，熟悉老年人家的难处。",
        "退役军人，愿意参加夜间巡查。",
        "中学教师，关心停车秩序。",
    )
    people = _neighbours(_CANDIDATES, "candidates")
    for number, (door, introduction) in enumerate(zip(people, words, strict=True)):
        step = operator.step("candidates")
        operator.unfold(step, "记下一份纸质推荐表")
        form = step.locator("form[action$='/nominations']")
        operator.type(form, "姓名", door.name)
        operator.type(form, "门牌", door.code)
        operator.type(form, "简介", introduction)
        operator.upload(form, "照片", _photo(folder / f"candidate-{number}.jpg", str(number + 1)))
        for select in form.locator("select").all():
            if select.locator("option[value=no]").count():
                select.select_option("no")
        operator.press(form, "记下这份推荐")
        expect(operator.step("candidates")).to_contain_text(introduction)
    operator.who.shot("proposed")
    for door in people:
        operator.unfold(operator.step("candidates"), f"审查{door.name}")
        item = operator.step("candidates").locator("li", has_text=door.name).first
        operator.press(item, "其余都符合，列为候选人")
    expect(operator.step("candidates")).to_contain_text(f"合格的候选人 {_CANDIDATES} 位")
    operator.post("candidates", "N4")
    operator.who.shot("candidates")
    operator.record("candidates")


def announce(operator: Operator) -> str:
    """Draft the vote by its first day alone, let the first co-owner speak for a flat, announce, and post the notice."""
    who, site = operator.who, operator.who.site
    with stage_.at_work(site.instance) as (_place, at):
        opens_on = at.date() + timedelta(days=17)
    step = operator.step("notice")
    operator.type(step, "哪天零点开始投票", opens_on.isoformat())
    operator.press(step, "拟好这次投票")
    who.shot("drafted")
    operator.step("notice").get_by_role("link", name="看设置、改内容").click()
    uuid = re.findall(r"/elections/([^/]+)/", who.page.url)[0]
    who.page.locator("#policies details:has(select[name$=P-COOWNER]) > summary").click()
    who.page.locator("select[name$=P-COOWNER]").select_option("first_ballot")
    who.press("保存规则")
    who.page.go_back()
    who.page.go_back()
    who.page.reload()
    operator.step("notice").get_by_label("已把会议时间").check()
    operator.press(operator.step("notice"), "确认公告")
    operator.done("notice")
    who.shot("announced")
    operator.post("notice", "N5")
    return uuid


def vote(operator: Operator, uuid: str) -> None:
    """Let the trustees make the key, open, let the owners vote, let the trustees open the box, publish."""
    who, site = operator.who, operator.who.site
    keys = stage_.trustees_make_the_key(site.instance, uuid)
    here = f"/c/{stage_.SLUG}/elections/{uuid}"
    who.go(f"{here}/open")
    who.press("开放投票")
    election = stage_.election(site.instance, uuid)
    stage_.move_clock(site.instance, election.opens_at + timedelta(days=5))
    stage_.owners_vote(site.instance, uuid)
    stage_.move_clock(site.instance, election.closes_at + timedelta(minutes=5))
    stage_.wait_for_sums(site.instance, uuid)
    stage_.trustees_open_the_box(site.instance, uuid, keys)
    # A month has passed, so the operator signs in again.
    sign_in_staff(who, "zhoumin")
    who.go(f"{here}/publish")
    who.shot("preview")
    who.press("公布结果")
    expect(who.page.get_by_text("初步结果").first).to_be_visible()
    who.shot("preliminary")


def certify(operator: Operator) -> None:
    """Certify when the objections are over, post the result, hold the first meeting."""
    who, site = operator.who, operator.who.site
    stage_.move_clock(site.instance, stage_.objections_end(site.instance) + timedelta(hours=9))
    sign_in_staff(who, "zhoumin")
    who.go(_procedure(operator))
    operator.press(operator.step("certified"), "确认为正式结果")
    operator.done("certified")
    operator.post("decision_posted", "N14")
    operator.done("decision_posted")
    meeting = operator.step("first_meeting")
    meeting.get_by_role("radio").first.check()
    operator.press(meeting, "记下第一次会议")
    operator.done("first_meeting")
    who.shot("first-meeting")


def file(operator: Operator) -> zipfile.ZipFile:
    """Download the pack, record that the street has it and filed it, and that seals were cut; return the pack."""
    who, step = operator.who, operator.step("filing")
    with who.page.expect_download() as coming:
        step.get_by_role("link", name="下载备案材料包").click()
    pack = zipfile.ZipFile(io.BytesIO(Path(coming.value.path()).read_bytes()))
    for state in ("已收", "已备案"):
        form = operator.step("filing").locator("form[action$='/filing']")
        form.get_by_role("radio", name=state).check()
        if state == "已备案":
            operator.type(form, "备案证明编号", "江夏业备〔2027〕8号")
            operator.upload(form, "备案证明（", operator.paper)
        operator.press(form, "记下来")
    operator.done("filing")
    who.shot("filed")
    operator.record("seals")
    return pack


def hand_over(operator: Operator) -> None:
    """Hand everything over line by line, with both signatures."""
    operator.press(operator.step("handover"), "生成交接清单")
    step = operator.step("handover")
    operator.type(step, "老一届移交人签名", "赵文娟")
    operator.type(step, "新一届接收人签名", "李晓")
    operator.press(step, "双方签字")
    operator.done("handover")
    operator.who.shot("handed-over")


def _procedure(operator: Operator) -> str:
    operator.who.go(f"/c/{stage_.SLUG}/procedures")
    return str(operator.who.page.locator("a[href*='/procedures/'][href$='/']").first.get_attribute("href"))


def _neighbours(number: int, purpose: str) -> list[object]:
    rows = read_clean_roll(stage_.ROLL.read_bytes(), stage_.ROLL.name).rows
    sole = [row for row in rows if len(row.owners) == 1]
    names: dict[str, object] = {}
    for door in doors_of(sole, random.Random(purpose)):
        names.setdefault(door.name, door)
        if len(names) == number:
            break
    return list(names.values())


def _photo(path: Path, words: str) -> Path:
    picture = Image.new("RGB", (560, 670), (222, 230, 228))
    ImageDraw.Draw(picture).ellipse((180, 140, 380, 340), fill=(120, 140, 150))
    ImageDraw.Draw(picture).text((20, 20), str(len(words)), fill=(20, 20, 20))
    picture.save(path, "JPEG")
    return path


def _tell(operator: Operator, pack: zipfile.ZipFile) -> None:
    """Print what was counted, and what the pack holds."""
    print(f"\ntyped fields {len(operator.typed)} (at most {_MOST_TYPED})")
    print(f"uploads {len(operator.uploads)} (at most {_MOST_UPLOADS})")
    for name in pack.namelist():
        print(f"  {name}  {pack.getinfo(name).file_size:,} bytes")
