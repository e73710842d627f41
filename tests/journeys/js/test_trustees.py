"""Three trustees make keys, rehearse and open the box in their browsers; every lie of another party stops the page by name."""

from __future__ import annotations

import copy
import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from app.crypto.election import Election, serialise_election
from app.crypto.errors import BadKeyFile
from app.crypto.group import BELENIOS_2048
from app.crypto.key_file import open_key_file
from app.crypto.tally import combine, encrypted_tally
from app.crypto.trustee_key import TrusteeKey
from app.crypto.trustees import SignedMessage

from .ceremony import NAMES, PASSPHRASE, UUID, Room, ceremony_site, key_file
from .modules import error_code, run
from .served import Answer, Site, answer_json, serve

pytestmark = pytest.mark.browser

VOTES = [
    (12746, [[1, 0, 0], [1, 1, 0]]),
    (8850, [[0, 1, 0], [0, 1, 0]]),
    (0, [[1, 0, 0], [0, 0, 1]]),
    (9001, [[0, 0, 1], [0, 0, 0]]),
]


# --- whole ceremonies in the page ---


@pytest.fixture
def room() -> Room:
    """Give a fresh ceremony whose third trustee is app.crypto."""
    room = Room()
    room.robot_round1()
    return room


@pytest.fixture
def trustees_site(room: Room) -> Iterator[Site]:
    """Serve the trustees' pages."""
    with serve(ceremony_site(room)) as served:
        yield served


@pytest.fixture
def desks(browser: Browser, trustees_site: Site) -> Iterator[dict[int, Page]]:
    """Give the pages of the first two trustees, each in its own browser context; script errors fail the test."""
    contexts = [browser.new_context(base_url=trustees_site.url, viewport={"width": 1280, "height": 800}) for _ in "12"]
    problems: list[str] = []
    pages = {}
    for index, context in enumerate(contexts, start=1):
        pages[index] = context.new_page()
        pages[index].on("pageerror", lambda error: problems.append(str(error)))
    yield pages
    for context in contexts:
        context.close()
    assert problems == []


def make_key(page: Page, index: int, folder: Path) -> Path:
    """Make, download, prove and hand in the key of one trustee; return the key file."""
    page.goto(f"/trustee/{index}")
    page.get_by_label("口令（至少").fill(PASSPHRASE)
    page.get_by_label("再输一次口令").fill(PASSPHRASE)
    page.get_by_role("button", name="做钥匙").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载钥匙文件").click()
    file = folder / f"key-{index}.json"
    download.value.save_as(file)
    page.get_by_label("再打开一次").set_input_files(file)
    expect(page.get_by_text("打开了，和这把钥匙一样。")).to_be_visible()
    page.get_by_role("button", name="已存好").click()
    return file


def payload(text: str) -> FilePayload:
    """Return a key file as a file to be chosen."""
    return {"name": "key.json", "mimeType": "application/json", "buffer": text.encode()}


def open_key(page: Page, index: int, file: Path) -> None:
    """Reload the page and open the key file."""
    page.goto(f"/trustee/{index}")
    page.get_by_label("钥匙文件", exact=True).set_input_files(file)
    page.get_by_label("口令", exact=True).fill(PASSPHRASE)
    page.get_by_role("button", name="打开钥匙").click()


def test_two_browsers_and_python_open_a_box_together(
    desks: dict[int, Page], room: Room, trustees_site: Site, tmp_path: Path
) -> None:
    files = {index: make_key(page, index, tmp_path) for index, page in desks.items()}
    expect(desks[1].locator("#trustee")).to_have_attribute("data-phase", "rehearsal", timeout=20000)
    codes = [page.locator(".y-seal").inner_text(timeout=20000) for page in desks.values()]
    assert codes[0] == codes[1]
    assert len(codes[0].replace("\n", "").replace(" ", "")) == 32
    assert room.rehearsed == set()
    for page in desks.values():
        page.get_by_role("button", name="一样", exact=True).click()
        expect(page.locator(".y-key-you")).to_have_count(0)
    assert room.rehearsed == {1, 2}

    room.close_with(VOTES)
    for index, page in desks.items():
        open_key(page, index, files[index])
        expect(page.locator("#trustee")).to_contain_text("票箱里 6 张，计入 3 张；共 3 人，305.97㎡")
        page.get_by_role("button", name="一样，交出我的钥匙").click()
        expect(page.locator(".y-key-done").first).to_be_visible()
    expect(desks[2].get_by_role("heading", name="已开箱", exact=True)).to_be_visible()
    assert _totals(room) == ([[12746, 8850, 9001], [12746, 21596, 0]], [[1, 1, 1], [1, 2, 0]])
    secrets_of = [_secrets(path) for path in files.values()]
    sent = b"".join(body for _, _, body in trustees_site.seen).decode()
    assert not any(number in sent for numbers in secrets_of for number in numbers)


def _totals(room: Room) -> tuple[list[list[int]], list[list[int]]]:
    assert room.election is not None
    areas = {index: partials[0] for index, partials in room.partials.items()}
    heads = {index: partials[1] for index, partials in room.partials.items()}
    tallies = [encrypted_tally(room.election, room._parsed(), weights) for weights in (room.area, room.heads)]
    return (
        combine(room.election, 2, tallies[0], areas, 10**6),
        combine(room.election, 2, tallies[1], heads, 10**6),
    )


def _secrets(path: Path) -> list[str]:
    key = open_key_file(Room().ceremony, path.read_bytes(), PASSPHRASE)
    return [str(secret.value) for secret in (key.sk, key.dk, *key.coefficients)]


def test_key_is_not_handed_in_before_it_is_proved_saved(desks: dict[int, Page], room: Room) -> None:
    page = desks[1]
    page.goto("/trustee/1")
    page.get_by_label("口令（至少").fill("太短")
    page.get_by_label("再输一次口令").fill(PASSPHRASE)
    page.get_by_role("button", name="做钥匙").click()
    expect(page.get_by_text("口令不到 12 个字。")).to_be_visible()
    expect(page.get_by_text("两次输入不一样。")).to_be_visible()
    page.get_by_label("口令（至少").fill(PASSPHRASE)
    page.get_by_role("button", name="做钥匙").click()
    page.get_by_role("button", name="已存好").click()
    expect(page.get_by_text("请先选刚才下载的文件，证明存好了。")).to_be_visible()
    foreign = TrusteeKey.generate(room.ceremony, 1, secrets.randbelow)
    page.get_by_label("再打开一次").set_input_files(payload(key_file(foreign)))
    expect(page.get_by_text("这不是刚才那把钥匙。")).to_be_visible()
    page.get_by_role("button", name="已存好").click()
    assert 1 not in room.certs


def test_paper_backup_carries_the_key_file(desks: dict[int, Page]) -> None:
    page = desks[1]
    page.goto("/trustee/1")
    page.get_by_label("口令（至少").fill(PASSPHRASE)
    page.get_by_label("再输一次口令").fill(PASSPHRASE)
    page.get_by_role("button", name="做钥匙").click()
    expect(page.get_by_role("button", name="打印备份")).to_be_visible()
    expect(page.locator(".key-sheet")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".key-sheet")).to_be_visible()
    expect(page.get_by_role("button", name="打印备份")).to_be_hidden()
    assert page.locator(".qr path").count() == 2
    printed = page.locator(".key-sheet .y-hash").inner_text()
    key = open_key_file(Room().ceremony, printed.encode(), PASSPHRASE)
    assert key.index == 1


# --- a room in which app.crypto plays everybody, to try single steps ---


class Cast:
    """Hold a finished ceremony of three Python trustees and the state a page would see."""

    def __init__(self) -> None:
        self.room = Room()
        self.keys = {index: TrusteeKey.generate(self.room.ceremony, index, secrets.randbelow) for index in (1, 2, 3)}
        room = self.room
        for index, key in self.keys.items():
            room.certs[index] = key.certificate(secrets.randbelow)
        certs = [room.certs[index] for index in (1, 2, 3)]
        for index, key in self.keys.items():
            signed, signature = key.polynomial(certs, secrets.randbelow)
            shares = key.encrypted_shares(certs, secrets.randbelow, secrets.token_bytes)
            room.round2[index] = {
                "coefexps": signed.to_json(),
                "signature": signature.to_json(),
                "shares": [share.to_json() for share in shares],
            }
        for index, key in self.keys.items():
            x = key.private_share(room.shares_to(index), room.polynomials())
            room.keys[index] = key.verification_key(x, secrets.randbelow).to_json()
        room._define_election()
        room.rehearsed = {1, 2, 3}
        room.close_with(VOTES)

    def state(self, index: int = 1) -> dict[str, Any]:
        """Return the state of one trustee, free to be damaged."""
        return copy.deepcopy(self.room.state(index))

    def file(self, index: int = 1) -> str:
        """Return the key file of one trustee."""
        return key_file(self.keys[index])


@pytest.fixture(scope="module")
def cast() -> Cast:
    """Give one finished ceremony for all tests of this file."""
    return Cast()


OPEN = f"const secrets = await keyfile.openKeyFile(given.file, '{UUID}', given.index ?? 1, given.words ?? '{PASSPHRASE}');"
TAKE = {
    "round2": OPEN + "return await ceremony.takeRound2(given.state, secrets);",
    "round3": OPEN + "return await ceremony.takeRound3(given.state, secrets);",
    "rehearsal": OPEN + "return await ceremony.takeRehearsal(given.state, secrets);",
}


def given(cast: Cast, state: dict[str, Any], index: int = 1) -> dict[str, Any]:
    """Return the argument of TAKE."""
    return {"state": state, "file": cast.file(index), "index": index}


@pytest.mark.parametrize("index", [1, 2, 3])
def test_every_message_of_the_browser_is_accepted(blank: Page, cast: Cast, index: int) -> None:
    room = cast.room
    certs, round2, keys = dict(room.certs), dict(room.round2), dict(room.keys)
    state = cast.state(index)
    room._take_polynomial(index, run(blank, TAKE["round2"], given(cast, state, index)))
    shares = room.shares_to(3)
    cast.keys[3].open_share(index, shares[index - 1], room.polynomials()[index - 1])
    room.round2 = round2
    room._take_key(index, run(blank, TAKE["round3"], given(cast, state, index)))
    assert room.keys[index]["public_key"] == keys[index]["public_key"]
    room.rehearsed.discard(index)
    room._take_rehearsal(index, run(blank, TAKE["rehearsal"], given(cast, state, index)))
    assert index in room.rehearsed
    room.certs, room.keys = certs, keys


def test_certificate_of_the_browser_is_accepted_for_its_place_only(blank: Page) -> None:
    made = run(blank, "return await protocol.makeRound1(protocol.drawSecrets(2), {size: 3, threshold: 2, index: 2})")
    room = Room()
    room._take_cert(2, made)
    with pytest.raises(Exception, match="bad_certificate"):
        room._take_cert(1, made)


def _other_signature(state: dict[str, Any]) -> None:
    state["certs"][1]["signature"] = state["certs"][2]["signature"]


def _other_threshold(state: dict[str, Any]) -> None:
    state["certs"][1]["message"] = state["certs"][1]["message"].replace('"threshold":2', '"threshold":1')


def _swapped_certs(state: dict[str, Any]) -> None:
    state["certs"][1], state["certs"][2] = state["certs"][2], state["certs"][1]


def _my_cert_replaced(cast: Cast) -> Callable[[dict[str, Any]], None]:
    def replace(state: dict[str, Any]) -> None:
        foreign = TrusteeKey.generate(cast.room.ceremony, 1, secrets.randbelow)
        state["certs"][0] = foreign.certificate(secrets.randbelow).to_json()

    return replace


def _other_coefexps(state: dict[str, Any]) -> None:
    state["round2"][1]["coefexps"] = state["round2"][2]["coefexps"]


def _longer_polynomial(cast: Cast) -> Callable[[dict[str, Any]], None]:
    def lengthen(state: dict[str, Any]) -> None:
        key = cast.keys[2]
        longer = TrusteeKey(key.ceremony, 2, key.sk, key.dk, (*key.coefficients, key.coefficients[0]))
        certs = [SignedMessage(c.message, c.signature) for c in (cast.room.certs[i] for i in (1, 2, 3))]
        signed, signature = longer.polynomial(certs, secrets.randbelow)
        state["round2"][1].update(coefexps=signed.to_json(), signature=signature.to_json())

    return lengthen


def _certs_signature(state: dict[str, Any]) -> None:
    state["round2"][1]["signature"] = state["round2"][2]["signature"]


def _share_to_another(state: dict[str, Any]) -> None:
    state["round2"][1]["shares"] = state["round2"][2]["shares"]


def _share_off_the_polynomial(cast: Cast) -> Callable[[dict[str, Any]], None]:
    def cheat(state: dict[str, Any]) -> None:
        key = cast.keys[2]
        liar = TrusteeKey(key.ceremony, 2, key.sk, key.dk, (key.coefficients[0], key.coefficients[0]))
        certs = [cast.room.certs[i] for i in (1, 2, 3)]
        shares = liar.encrypted_shares(certs, secrets.randbelow, secrets.token_bytes)
        state["round2"][1]["shares"] = [share.to_json() for share in shares if share.to == 1]

    return cheat


def _other_verification_key(state: dict[str, Any]) -> None:
    state["verification_keys"][1] = state["verification_keys"][2]


def _pok_of_another(state: dict[str, Any]) -> None:
    state["verification_keys"][1]["pok"] = state["verification_keys"][2]["pok"]


def _foreign_joint_key(state: dict[str, Any]) -> None:
    election = Election.parse(state["election"]["raw"].encode())
    raw = serialise_election(
        uuid=election.uuid,
        name=election.name,
        description=election.description,
        public_key=BELENIOS_2048.pow(BELENIOS_2048.g, 7),
        questions=election.questions,
    )
    state["election"].update(raw=raw.decode(), fingerprint=Election.parse(raw).fingerprint)


@pytest.mark.parametrize(
    ("step", "damage", "code", "trustee"),
    [
        ("round2", _other_signature, "bad_cert", 2),
        ("round2", _other_threshold, "bad_cert", 2),
        ("round2", _swapped_certs, "bad_cert", 2),
        ("round2", _my_cert_replaced, "not_my_cert", 1),
        ("round3", _other_coefexps, "bad_round2", 2),
        ("round3", _longer_polynomial, "bad_round2", 2),
        ("round3", _certs_signature, "bad_round2", 2),
        ("round3", _share_to_another, "bad_share", 2),
        ("round3", _share_off_the_polynomial, "bad_share", 2),
        ("rehearsal", _other_verification_key, "bad_verification_key", 2),
        ("rehearsal", _pok_of_another, "bad_verification_key", 2),
        ("rehearsal", _foreign_joint_key, "foreign_key", None),
    ],
)
def test_browser_makes_no_message_when_another_party_lies(
    blank: Page, cast: Cast, step: str, damage: Any, code: str, trustee: int | None
) -> None:
    state = cast.state()
    wrong = damage(state) if "state" in damage.__annotations__ else damage(cast)(state)
    assert wrong is None
    body = f"try {{ {TAKE[step]} }} catch (error) {{ return [error.code, error.trustee] }}"
    assert run(blank, body, given(cast, state)) == [code, trustee]


def test_browser_decrypts_no_alpha_outside_the_group(blank: Page, cast: Cast) -> None:
    state = cast.state()
    state["rehearsal"]["alpha"] = str(int(BELENIOS_2048.p) - 4)
    assert error_code(blank, TAKE["rehearsal"], given(cast, state)) == "not_an_element"


# --- key files ---


def test_key_files_open_in_both_languages(blank: Page, cast: Cast) -> None:
    opened = run(blank, OPEN + "return [secrets.sk, secrets.dk, ...secrets.coefficients].map(String)", {"file": cast.file()})
    key = cast.keys[1]
    assert opened == [str(secret.value) for secret in (key.sk, key.dk, *key.coefficients)]
    sealed = run(
        blank,
        OPEN + f"return await keyfile.sealKeyFile('{UUID}', 1, secrets, given.new)",
        {"file": cast.file(), "new": "另一句话"},
    )
    again = open_key_file(cast.room.ceremony, sealed.encode(), "另一句话")
    assert [again.sk.value, again.dk.value] == [key.sk.value, key.dk.value]
    with pytest.raises(BadKeyFile):
        open_key_file(cast.room.ceremony, sealed.encode(), "另一句")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"words": "不对的口令"}, "wrong_passphrase"),
        ({"index": 2}, "other_trustee"),
        ({"file": "{}"}, "not_a_key_file"),
        ({"file": "不是文件"}, "not_a_key_file"),
    ],
)
def test_key_file_is_refused_by_reason(blank: Page, cast: Cast, change: dict[str, Any], code: str) -> None:
    assert error_code(blank, OPEN + "return 1", {"file": cast.file(), **change}) == code


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [("election", "YeyiOther11111", "other_election"), ("format", "yeyi-trustee-key/2", "not_a_key_file")],
)
def test_key_file_is_refused_when_a_field_is_another(blank: Page, cast: Cast, field: str, value: str, code: str) -> None:
    file = json.dumps({**json.loads(cast.file()), field: value})
    assert error_code(blank, OPEN + "return 1", {"file": file}) == code


def test_key_file_may_not_ask_for_fewer_rounds(blank: Page, cast: Cast) -> None:
    file = json.loads(cast.file())
    file["kdf"]["iterations"] = 1
    assert error_code(blank, OPEN + "return 1", {"file": json.dumps(file)}) == "not_a_key_file"


# --- opening the box in the page ---


@pytest.fixture
def opener(browser: Browser, cast: Cast) -> Iterator[Callable[[Any], Page]]:
    """Give a function that opens the first trustee's page on the closed box with a damaged state, key already opened."""
    room = copy.copy(cast.room)
    room.partials = {}
    with serve(ceremony_site(room)) as site:
        context = browser.new_context(base_url=site.url)
        page = context.new_page()

        def start(damage: Any) -> Page:
            room.tamper = damage
            page.goto("/trustee/1")
            page.get_by_label("钥匙文件", exact=True).set_input_files(payload(cast.file()))
            page.get_by_label("口令", exact=True).fill(PASSPHRASE)
            page.get_by_role("button", name="打开钥匙").click()
            return page

        start.site = site  # type: ignore[attr-defined]
        yield start
        context.close()


def _expect(name: str, value: int) -> Callable[[dict[str, Any]], None]:
    def change(state: dict[str, Any]) -> None:
        state["decrypt"]["expected"][name] = value

    return change


@pytest.mark.parametrize("name", ["ballots", "total_area", "total_heads"])
def test_page_stops_when_the_platform_states_another_sum(opener: Any, name: str) -> None:
    page = opener(_expect(name, 999))
    expect(page.get_by_role("alert")).to_contain_text("您电脑里加出来的和平台说的不一样，已停下")
    assert page.get_by_role("button", name="交出我的钥匙").count() == 0


def test_page_stops_and_names_the_trustee_when_a_message_is_false(opener: Any) -> None:
    page = opener(_other_verification_key)
    expect(page.get_by_role("alert")).to_contain_text(f"出问题的是：{NAMES[1]}。代号 bad_verification_key")
    assert opener.site.bodies("POST", "/trustees/1") == []


def test_page_hands_in_nothing_when_the_codes_differ(opener: Any) -> None:
    page = opener(None)
    page.get_by_role("button", name="不一样，先停下").click()
    expect(page.get_by_role("alert")).to_contain_text("没有交出任何东西")
    assert opener.site.bodies("POST", "/trustees/1") == []


def test_page_tells_the_server_of_the_stop_when_it_offers_an_address(opener: Any) -> None:
    opener.site.add("POST", "/stop", lambda _: answer_json({}))
    page = opener(lambda state: state["urls"].update(stop="/stop"))
    page.get_by_role("button", name="不一样，先停下").click()
    expect(page.get_by_role("alert")).to_contain_text("已通知街道")
    assert json.loads(opener.site.bodies("POST", "/stop")[0])["phase"] == "decrypt"


def test_nobody_is_awaited_when_enough_keys_were_handed_in(browser: Browser, cast: Cast) -> None:
    room = copy.copy(cast.room)
    room.tamper = lambda state: [trustee.update(decrypted=True) for trustee in state["trustees"][:2]]
    with serve(ceremony_site(room)) as site:
        page = browser.new_page(base_url=site.url)
        page.goto("/trustee/1")
        expect(page.get_by_role("heading", name="钥匙够了，可以算出总数")).to_be_visible()
        expect(page.get_by_text("没到场，不影响开箱")).to_be_visible()
        expect(page.get_by_text("正在等")).to_have_count(0)
        page.close()


def test_page_opens_no_second_sum_of_an_election(opener: Any) -> None:
    page = opener(None)
    expect(page.get_by_role("button", name="一样，交出我的钥匙")).to_be_visible()
    page.evaluate(f"() => localStorage.setItem('yeyi-opened|{UUID}|1', 'another|sum')")
    page.get_by_role("button", name="一样，交出我的钥匙").click()
    expect(page.get_by_role("alert")).to_contain_text("不能再开第二个")
    assert opener.site.bodies("POST", "/trustees/1") == []


def test_count_is_refused_before_the_election_is_closed(blank: Page, cast: Cast) -> None:
    state = {**cast.state(), "phase": "waiting"}
    assert error_code(blank, "return await opening.countClosedBox(given, () => {})", state) == "not_closed"


def test_key_from_the_demo_opens_with_one_press(browser: Browser, cast: Cast) -> None:
    room = copy.copy(cast.room)
    with serve(ceremony_site(room)) as site:
        site.add("GET", "/demo-key/2", lambda _: answer_json({"file": cast.file(2), "passphrase": PASSPHRASE}))
        page = browser.new_page(base_url=site.url)
        page.goto("/trustee/2")
        page.get_by_role("button", name="演示：用演示钥匙").click()
        expect(page.get_by_role("button", name="一样，交出我的钥匙")).to_be_visible()
        page.close()


@pytest.mark.parametrize("status", [200, 404])
def test_demo_key_without_passphrase_asks_for_it(browser: Browser, cast: Cast, status: int) -> None:
    room = copy.copy(cast.room)
    with serve(ceremony_site(room)) as site:
        body = cast.file(2).encode() if status == 200 else b"{}"
        site.add("GET", "/demo-key/2", lambda _: Answer(status, body))
        page = browser.new_page(base_url=site.url)
        page.goto("/trustee/2")
        page.get_by_role("button", name="演示：用演示钥匙").click()
        if status == 200:
            expect(page.get_by_label("口令", exact=True)).to_be_focused()
            page.keyboard.type(PASSPHRASE)
            page.keyboard.press("Enter")
            expect(page.get_by_role("button", name="一样，交出我的钥匙")).to_be_visible()
        else:
            expect(page.get_by_text("演示里没有这把钥匙")).to_be_visible()
        page.close()


def test_waiting_page_leads_to_the_opening_and_keeps_still(browser: Browser, cast: Cast) -> None:
    room = copy.copy(cast.room)
    room.phase = "waiting"
    tokens = iter(range(1000))
    room.tamper = lambda state: state.update(csrf=str(next(tokens)), urls={**state["urls"], "decrypt": "/opening"})
    with serve(ceremony_site(room)) as site:
        page = browser.new_page(base_url=site.url)
        page.goto("/trustee/1")
        button = page.get_by_role("button", name="去开箱")
        button.focus()
        page.wait_for_timeout(3500)
        # A new CSRF token is no news: the page is not drawn anew under the finger.
        expect(button).to_be_focused()
        assert len(site.bodies("GET", "/trustees/1/me.json")) >= 2
        button.click()
        page.wait_for_url("**/opening")
        page.close()


def test_sum_is_counted_on_the_page_when_there_is_no_worker(browser: Browser, cast: Cast) -> None:
    room = copy.copy(cast.room)
    with serve(ceremony_site(room)) as site:
        page = browser.new_page(base_url=site.url)
        page.add_init_script("Object.defineProperty(globalThis, 'Worker', {value: undefined})")
        page.goto("/trustee/1")
        page.get_by_label("钥匙文件", exact=True).set_input_files(payload(cast.file()))
        page.get_by_label("口令", exact=True).fill(PASSPHRASE)
        page.get_by_role("button", name="打开钥匙").click()
        expect(page.locator("#trustee")).to_contain_text("票箱里 6 张，计入 3 张")
        page.close()
