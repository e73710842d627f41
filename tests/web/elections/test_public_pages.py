"""Hold what everybody sees of elections, and the trustees' endpoints."""

from __future__ import annotations

import json
import secrets
from hashlib import sha256

from flask import Flask

from app.crypto.encoding import b64_sha
from app.crypto.trustee_key import TrusteeKey
from app.elections.ceremony import ceremony_of
from tests.conftest import NOON, SteerableClock
from tests.elections_support import announce, make_draft, make_open_election, make_roll, make_staff
from tests.pages import Browser
from tests.support import browser_of, make_complexes


def test_shows_a_visitor_the_current_vote_first(app: Flask, clock: SteerableClock) -> None:
    place = make_complexes(app, "qinglan")[0]
    browser = Browser(app.test_client())
    assert "现在没有要投的票" in browser.get("/c/qinglan/").words()
    election = make_open_election(app, place, NOON).election
    assert "还没开始" in browser.get("/c/qinglan/").words()
    clock.at = election.opens_at
    page = browser.get("/c/qinglan/")
    assert "投票中" in page.words()
    assert "还剩 14 天" in page.words()
    assert "第三届业委会换届投票6月5日（周六）下午1点前截止投票中" in browser.get("/c/qinglan/elections").words()
    clock.at = election.closes_at
    assert "现在没有要投的票" in browser.get("/c/qinglan/").words()


def test_gathers_everything_announced_with_its_hashes_on_one_page(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    election = make_open_election(app, place, NOON).election
    client = app.test_client()
    page = Browser(client).get(f"/c/qinglan/elections/{election.uuid}/")
    words = page.words()
    for expected in ("陈建国", "续聘江南物业服务公司", "青岚社区居委会", "591.80", "yeyi/qinglan+", "7 位候选人，选 5 位"):
        assert expected in words
    for hashed in (election.uuid, election.announcement_sha256, election.fingerprint):
        assert hashed is not None
        assert hashed in words
    announced = client.get(f"/c/qinglan/elections/{election.uuid}/announcement.json")
    assert sha256(announced.data).hexdigest() == election.announcement_sha256
    definition = client.get(f"/c/qinglan/elections/{election.uuid}/election.json")
    assert b64_sha(definition.data) == election.fingerprint
    assert sha256(definition.data).hexdigest() in words
    assert client.get(f"/c/qinglan/elections/{election.uuid}/trustees.json").data == election.trustees_body


def test_says_not_found_to_the_public_for_drafts_and_other_complexes(app: Flask) -> None:
    place, _other = make_complexes(app, "qinglan", "hupan")
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    draft = make_draft(app, place, staff, NOON)
    client = app.test_client()
    for tail in ("", "announcement.json", "election.json", "trustees.json"):
        assert client.get(f"/c/qinglan/elections/{draft}/{tail}").status_code == 404
    announce(app, place, staff, draft, NOON)
    assert client.get(f"/c/qinglan/elections/{draft}/").status_code == 200
    assert client.get(f"/c/qinglan/elections/{draft}/election.json").status_code == 404
    assert client.get(f"/c/hupan/elections/{draft}/").status_code == 404


def test_tells_a_trustee_the_state_and_takes_only_his_messages(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    uuid = make_draft(app, place, staff, NOON)
    base = f"/c/qinglan/elections/{uuid}"
    mine = browser_of(app, staff.supervisor, NOON)
    assert mine.get(f"{base}/trustees/me.json", headers={"Accept": "application/json"}).status_code == 404
    announce(app, place, staff, uuid, NOON)
    assert Browser(mine).get(f"{base}/trustee").heading == "开箱钥匙"
    state = mine.get(f"{base}/trustees/me.json").get_json()
    assert (state["phase"], state["index"], state["size"], state["threshold"]) == ("round1", 2, 3, 2)
    assert state["urls"]["post"] == f"{base}/trustees/me"
    assert state["csrf"]
    key = TrusteeKey.generate(ceremony_of(uuid), 2, secrets.randbelow)
    message = json.dumps({"round": 1, "cert": key.certificate(secrets.randbelow).to_json()})
    other = browser_of(app, staff.operator, NOON)
    refused = other.post(f"{base}/trustees/me", data=message, content_type="application/json")
    assert (refused.status_code, refused.get_json()["error"]) == (422, "bad_certificate")
    taken = mine.post(f"{base}/trustees/me", data=message, content_type="application/json")
    assert taken.status_code == 200
    assert [trustee["round"] for trustee in taken.get_json()["trustees"]] == [0, 1, 0]
    for body, status, code in [
        ("[]", 400, "wrong_shape"),
        ("{", 400, "not_json"),
        ('{"round":9}', 400, "wrong_shape"),
        ('{"round":3}', 409, "round_not_due"),
        ('{"round":1,"x":"' + "9" * 50_000 + '"}', 400, "oversize"),
    ]:
        answer = mine.post(f"{base}/trustees/me", data=body, content_type="application/json")
        assert (answer.status_code, answer.get_json()["error"]) == (status, code)


def test_shows_a_trustee_his_task_and_the_operator_whom_he_waits_for(app: Flask) -> None:
    place = make_complexes(app, "qinglan")[0]
    staff = make_staff(app, place, NOON)
    make_roll(app, place)
    uuid = make_draft(app, place, staff, NOON)
    announce(app, place, staff, uuid, NOON)
    trustee = Browser(browser_of(app, staff.group, NOON)).get("/c/qinglan/desk")
    assert trustee.links()["去做钥匙"].endswith(f"{uuid}/trustee")
    operator = Browser(browser_of(app, staff.operator, NOON)).get("/c/qinglan/desk")
    assert "还在等：青岚社区居委会、江城社工服务中心、换届小组。" in operator.words()
    assert Browser(browser_of(app, staff.supervisor, NOON)).get(f"/c/qinglan/elections/{uuid}/work").heading
