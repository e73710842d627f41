"""Walk the pages of the roll and of its import, on both engines, with every page inspected."""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from app.access.roles import Role, Scope
from app.roll.reading import read_roll
from app.roll.services.freeze_roll import freeze_roll
from app.roll.types import Handling
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.elections_support import in_complex
from tests.pages import Browser, Page, inspect
from tests.support import browser_of, grant, make_account, make_complexes
from tests.unit.roll.roll_files import CARD_B, CARD_C, ROLLS, a_row, xlsx

QINGLAN = ROLLS / "a_qinglan_v5_clean.xlsx"


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    return make_complexes(app, "qinglan")[0]


@pytest.fixture
def operator(app: Flask, place: ComplexRow) -> Browser:
    account = make_account(app, NOON)
    grant(app, account, Role.COMMUNITY_OPERATOR, Scope.COMPLEX, place.id, NOON)
    return Browser(browser_of(app, account, NOON))


def upload(browser: Browser, content: bytes, name: str = "名册.xlsx", status: int = 200) -> Page:
    """Send the form as one body, so that no temporary file of the test client outlives the request."""
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    answer = browser.client.post(
        "/c/qinglan/roll/imports",
        data=head + content + b"\r\n--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        follow_redirects=True,
    )
    assert answer.status_code == status, answer.get_data(as_text=True)[:400]
    return inspect(answer.get_data(as_text=True), status, name)


def action_of(page: Page, ending: str) -> str:
    return next(form.get("action", "") for form in page.all("form") if form.get("action", "").endswith(ending))


def import_roll(browser: Browser, content: bytes, developer: str = "none") -> Page:
    page = upload(browser, content)
    return browser.post(action_of(page, "/confirm"), {"developer": developer, "seen": "y"})


def test_imports_the_whole_complex_through_the_pages(operator: Browser) -> None:
    page = upload(operator, QINGLAN.read_bytes(), "青岚花园.xlsx")
    assert page.heading == "核对名册"
    words = page.words()
    for text in ("1,668", "1,534", "189,207.67", "武汉青岚置业有限公司（系统看着像）", "登记业主姓名", "728"):
        assert text in words
    assert (
        "比户数 1,668 少 134：开发商 58 处合计 1 人（少 57）；一人多套 53 人 121 处（少 68）；公司 1 家 10 处（少 9）" in words
    )
    confirm = action_of(page, "/confirm")
    assert "请选一项" in operator.post(confirm, {"seen": "y"}, status=422).words()
    assert "打勾" in operator.post(confirm, {"developer": "1"}, status=422).words()
    overview = operator.post(confirm, {"developer": "1", "seen": "y"})
    assert overview.heading == "名册"
    for text in ("1,668", "1,534", "189,207.67", "还没有封存过"):
        assert text in overview.words()
    assert "已经处理过" in operator.post(confirm, {"developer": "1", "seen": "y"}, status=409).words()
    assert "正在使用" in operator.get("/c/qinglan/roll/imports").words()


def test_an_import_can_be_left_and_taken_up_again(operator: Browser) -> None:
    upload(operator, xlsx([a_row()]))
    page = operator.get("/c/qinglan/roll/imports")
    assert "等您确认" in page.words()
    url = next(url for words, url in page.links().items() if "等您确认" in words)
    again = operator.get(url)
    assert operator.post(action_of(again, "/confirm"), {"developer": "none"}).heading == "名册"


def test_names_every_row_that_must_be_mended_and_stores_no_roll(operator: Browser) -> None:
    content = (ROLLS / "b_qinglan_v7_registry.xlsx").read_bytes()
    page = upload(operator, content)
    words = page.words()
    waiting = [problem for problem in read_roll(content, "b.xlsx").problems if problem.handling is Handling.MUST_RESOLVE]
    rows = sorted({row for problem in waiting for row in (problem.rows or (problem.row,)) if row})
    assert len(rows) > 15
    assert f"有 {len(rows)} 行要先改好" in words
    assert [row for row in rows if f"{row:,}" not in words] == []
    assert "什么都没有写进名册" in words
    assert "门牌重复，内容不同" in words
    assert "证件号丢了位数" in words
    assert not [form for form in page.all("form") if form.get("action", "").endswith("/confirm")]
    assert "还没有名册" in operator.get("/c/qinglan/roll").words()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "empty.xlsx", "文件是空的"),
        (b"%PDF-1.7 a report", "roll.pdf", "不是可以导入的名册"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 64, "roll.xlsx", "不是"),
        ((ROLLS / "f_tenants_fees.xlsx").read_bytes(), "fees.xlsx", "租户或物业费"),
        (b"x" * (21 * 1024 * 1024), "large.csv", "超过 20 MB"),
    ],
)
def test_refuses_a_wrong_file_in_one_sentence_and_keeps_the_page(
    operator: Browser, content: bytes, name: str, sentence: str
) -> None:
    page = upload(operator, content, name, status=422)
    assert page.heading == "导入名册"
    assert sentence in page.words()
    assert "还没有上传过" in page.words()


def test_asks_for_a_file_when_none_was_chosen(operator: Browser) -> None:
    assert "请先选一个文件" in operator.post("/c/qinglan/roll/imports", {}, status=422).words()


def test_refuses_a_fifty_megabyte_upload_with_a_page(operator: Browser) -> None:
    page = upload(operator, b"x" * (50 * 1024 * 1024), "huge.xlsx", status=413)
    assert "太大" in page.words()


@pytest.mark.parametrize("wanted", ["3-1-1202", "3栋1单元1202", "３－１－１２０２", "3号楼1门1202室"])
def test_finds_a_door_as_people_write_it(operator: Browser, wanted: str) -> None:
    import_roll(operator, QINGLAN.read_bytes(), "1")
    page = operator.get(f"/c/qinglan/roll/units?q={wanted}")
    assert "共 1 处" in page.words()
    assert "3栋1单元1202" in page.links()


def test_lists_units_in_pages_with_filters_and_masked_names(operator: Browser) -> None:
    import_roll(operator, QINGLAN.read_bytes(), "1")
    page = operator.get("/c/qinglan/roll/units?building=10栋&page=2")
    assert "这里是第 51–" in page.words()
    back = next(url for words, url in page.links().items() if words == "1")
    assert parse_qs(urlsplit(back).query) == {"building": ["10栋"], "page": ["1"]}
    first = operator.get("/c/qinglan/roll/units")
    assert "谭*" in first.words()
    assert "谭秀" not in first.text
    assert "没有找到房屋" in operator.get("/c/qinglan/roll/units?q=99-9-9999").words()


def test_exports_the_filtered_list_masked_and_on_record(app: Flask, operator: Browser) -> None:
    import_roll(operator, xlsx([a_row(), a_row(楼栋="2栋", 登记业主姓名="=HYPERLINK", 证件号码=CARD_B)]))
    answer = operator.client.post("/c/qinglan/roll/units/export?building=1栋")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[2] == ["1栋1单元201", "1栋", 127.46, "谭*", "未核对"]
    assert len(rows) == 3


def test_marks_a_unit_as_disputed_and_lists_it(operator: Browser) -> None:
    import_roll(operator, xlsx([a_row(), a_row(房号="202", 登记业主姓名="李强", 证件号码=CARD_B)]))
    page = operator.get("/c/qinglan/roll/units/1-1-0202")
    marked = operator.post(action_of(page, "/dispute"), {"disputed": "1"})
    assert "已标为有争议" in marked.words()
    listed = operator.get("/c/qinglan/roll/units?state=disputed")
    assert "1栋1单元202" in listed.links()
    assert "1栋1单元201" not in listed.links()
    assert "去掉有争议的标记" in marked.text
    operator.post(action_of(page, "/dispute"), {"disputed": "0"})
    assert "没有找到房屋" in operator.get("/c/qinglan/roll/units?state=disputed").words()


def test_shows_frozen_rolls_and_gives_their_bytes(app: Flask, place: ComplexRow, operator: Browser) -> None:
    import_roll(operator, xlsx([a_row(), a_row(房号="202", 登记业主姓名="李强", 证件号码=CARD_C)]))
    with in_complex(app, place):
        frozen = freeze_roll(at=NOON)
    page = operator.get("/c/qinglan/roll")
    assert frozen.roll_hash in page.text
    answer = operator.client.get(page.links()["下载（没有姓名）"])
    assert answer.data == frozen.body


def test_the_roll_is_closed_to_who_must_not_see_it(app: Flask, place: ComplexRow, client: FlaskClient) -> None:
    for role, status in ((Role.SUPERVISOR, 403), (Role.PROPERTY_COMPANY, 403), (Role.OWNER, 403)):
        account = make_account(app, NOON, staff=role is not Role.OWNER, organisation=role.value)
        grant(app, account, role, Scope.COMPLEX, place.id, NOON)
        for path in ("roll", "roll/units", "roll/imports", "roll/claims"):
            assert browser_of(app, account, NOON).get(f"/c/qinglan/{path}").status_code == status, (role, path)
    stranger = browser_of(app, make_account(app, NOON, organisation="别处"), NOON)
    assert stranger.get("/c/qinglan/roll").status_code == 404
    assert client.get("/c/qinglan/roll").status_code == 302
