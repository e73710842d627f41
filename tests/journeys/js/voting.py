"""Own the ballot box of the booth's browser tests: an election with a known key, one voter, real verification."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from app.crypto.ballots import Ballot, parse_ballot, verify_ballot
from app.crypto.credentials import verify_possession
from app.crypto.election import Election, Question, serialise_election
from app.crypto.encoding import dumps
from app.crypto.group import BELENIOS_2048, Element
from app.crypto.proofs import parse_proof
from app.errors import DomainError

from .served import Answer, Site, answer_json, shell

UUID = "YeyiBooth11111"
KEY = 31415926535897932384626433832795028841971693993751
CANDIDATES = (
    ("赵文娟", "3栋", "中学教师，关心停车秩序和孩子的活动场地。"),
    ("王建国", "7栋", "退休工程师，想把电梯和消防管好，账目每季度公开。"),
    ("黄晓燕", "12栋", "律师助理，想把议事规则写清楚，让大家看得懂。"),
    ("李秀英", "1栋", "社区医院护士，住本小区九年，愿意听大家的意见。"),
    ("周国强", "2栋", "退役军人，熟悉消防，愿意参加夜间巡查。"),
    ("陈志明", "10栋", "会计，参加过上一届账目核对，主张先公开后花钱。"),
    ("孙丽萍", "8栋", "楼栋志愿者，最熟悉老人家的难处。"),
    ("刘德海", "5栋", "物流公司主管，愿意每周六值班接待业主。"),
)
OPTIONS = ("同意", "反对", "弃权")
TITLES = ("续聘现物业公司，服务期3年", "选举第三届业主委员会委员", "用维修资金更换1栋到3栋的8部电梯")


def make_election() -> Election:
    """Return an election of two matters and one vote for five of eight seats, under the known key."""
    answers = tuple(f"{name}（{building}）" for name, building, _ in CANDIDATES)
    questions = (
        Question(answers=OPTIONS, minimum=0, maximum=1, question=TITLES[0]),
        Question(answers=answers, minimum=0, maximum=5, question=TITLES[1]),
        Question(answers=OPTIONS, minimum=0, maximum=1, question=TITLES[2]),
    )
    raw = serialise_election(
        uuid=UUID,
        name="青岚花园第三届业委会换届投票 \u2028 “引号” <b>&amp;",
        description=dumps({"complex": "qinglan", "closes_at": "2027-06-06T00:00:00+08:00"}),
        public_key=BELENIOS_2048.pow(BELENIOS_2048.g, KEY),
        questions=questions,
    )
    return Election.parse(raw)


def decrypt(ballot: Ballot) -> list[list[int]]:
    """Return the 0/1 lists inside a ballot of the known key."""
    group = BELENIOS_2048
    return [
        [[Element(1), group.g].index(group.multiply(c.beta, group.inverse(group.pow(c.alpha, KEY)))) for c in answer.choices]
        for answer in ballot.answers
    ]


@dataclass
class Box:
    """Hold one voter's enrolment and the ballots accepted so far; ``fault`` is what the next casts suffer."""

    election: Election
    credential: str | None = None
    ballots: list[bytes] = field(default_factory=list)
    changes_left: int = 1
    fault: str = ""
    enrolments: int = 0
    tamper: dict[str, Any] = field(default_factory=dict)

    def booth(self, _: bytes) -> Answer:
        """Answer booth.json."""
        return answer_json({**self.document(), **self.tamper})

    def document(self) -> dict[str, Any]:
        """Return what the booth needs, in the shape of the booth contract."""
        return {
            "election": {
                "raw": self.election.raw.decode(),
                "fingerprint": self.election.fingerprint,
                "uuid": self.election.uuid,
            },
            "title": "第三届业委会换届投票",
            "closes_at": "2027-06-06T00:00:00+08:00",
            "closes_text": "6月5日（周六）晚上12点前",
            "left_text": "还剩 6 天",
            "secret": True,
            "matters": _matters(),
            "voter": {"number": 17, "heads": 1, "area": "127.46", "units": ["3-1-1202"]},
            "credential": self.credential,
            "changes_left": self.changes_left - max(0, len(self.ballots) - 1),
            "ballots": len(self.ballots),
            "urls": {"enrol": "/enrol", "cast": "/cast", "receipt": "/receipt", "my_ballot": "/my-ballot"},
            "csrf": "token-of-the-test",
            "help": {"phone": "027-8700-1203", "text": "社区"},
        }

    def enrol(self, body: bytes) -> Answer:
        """Enrol a credential after verifying its proof of possession."""
        self.enrolments += 1
        try:
            sent = json.loads(body)
            public = Element(int(sent["credential"]))
            verify_possession(UUID, 17, public, parse_proof(sent["proof"], BELENIOS_2048, "proof"))
        except (KeyError, DomainError):
            return answer_json({"error": "bad_possession", "message": "没有登记成功。"}, 422)
        self.credential = sent["credential"]
        return Answer(0, b"") if self.fault == "enrol_answer_lost" else answer_json({"credential": self.credential}, 201)

    def cast(self, body: bytes) -> Answer:
        """Take a ballot: the same bytes again give the same receipt; anything wrong is refused by name."""
        if self.fault == "request_lost":
            return Answer(0, b"")
        if self.fault == "server_error":
            return answer_json({"error": "unavailable", "message": "系统正在维护。"}, 503)
        if self.fault == "closed":
            return answer_json({"error": "closed", "message": "投票已经截止。", "counted": False}, 409)
        if self.fault == "signed_out":
            return answer_json({"error": "sign_in", "message": ""}, 401)
        try:
            ballot = parse_ballot(self.election, body)
            verify_ballot(self.election, ballot)
        except DomainError as error:
            return answer_json({"error": error.code, "message": "这张票不能算。", "counted": False}, 422)
        if body not in self.ballots:
            self.ballots.append(body)
        if self.fault == "answer_lost":
            return Answer(0, b"")
        tracker = "A" * 43 if self.fault == "foreign_receipt" else ballot.tracker
        receipt = {
            "tracker": tracker,
            "receipt_code": "K7QM-4R2P",
            "receipt_url": "/receipt?code=K7QM-4R2P",
            "box_number": self.ballots.index(body) + 1,
        }
        return answer_json(receipt, 201)


def _matters() -> list[dict[str, Any]]:
    order = (3, 1, 6, 0, 7, 5, 2, 4)
    candidates = [
        {
            "answer": k,
            "name": CANDIDATES[k][0],
            "building": CANDIDATES[k][1],
            "introduction": CANDIDATES[k][2],
            "photo_url": None,
        }
        for k in order
    ]
    return [
        {
            "index": 0,
            "kind": "HIRE",
            "title": TITLES[0],
            "summary": "物业费仍为每平方米每月 1.98 元，合同从 2027年7月1日 到 2030年6月30日。",
            "materials": [{"title": f"材料{n}", "url": f"/material/{n}"} for n in (1, 2, 3)],
            "options": list(OPTIONS),
        },
        {
            "index": 1,
            "kind": "ELECT",
            "seats": 5,
            "title": TITLES[1],
            "summary": "",
            "materials": [],
            "candidates": candidates,
        },
        {
            "index": 2,
            "kind": "USE_FUND",
            "title": TITLES[2],
            "summary": "预算 236.80 万元，从维修资金里出，不另外收钱。",
            "materials": [{"title": "报价单", "url": "/material/4"}],
            "options": list(OPTIONS),
        },
    ]


def voting_site(box: Box) -> Site:
    """Return the site of one voter before one box."""
    site = Site()
    page = '<div id="booth" data-booth-url="/booth.json" data-lang="{}"></div>'

    def booth_page(query: bytes) -> Answer:
        lang = "en" if b"lang=en" in query else "zh"
        return shell(page.format(lang), layout="phone", script="booth/booth.js", large=b"l=1" in query)

    def plain(words: str) -> Answer:
        return Answer(200, f"<!doctype html><title>{words}</title><h1>{words}</h1>".encode(), "text/html; charset=utf-8")

    site.add("GET", "/home", lambda _: plain("首页"))
    site.add("GET", "/booth", booth_page)
    site.add("GET", "/booth.json", box.booth)
    site.add("POST", "/enrol", box.enrol)
    site.add("POST", "/cast", box.cast)
    site.add("GET", "/receipt", lambda _: plain("投票成功"))
    site.add("GET", "/my-ballot", lambda _: plain("我的票"))
    site.add("GET", "/blank", lambda _: shell("", layout="phone", script="js/nothing.js"))
    return site


def randbelow(limit: int) -> int:
    """Draw below a limit from the system's source."""
    return secrets.randbelow(limit)
