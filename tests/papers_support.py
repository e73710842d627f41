"""Fill every printed paper with the values of a fictional complex, 青岚花园, as the slices would."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256

from PIL import Image, ImageDraw

from app.documents.papers import (
    Answer,
    BuildingSum,
    CandidateCount,
    CandidateNotice,
    CandidateSheet,
    Channel,
    Check,
    ContentsLine,
    CountRecord,
    DoorLetter,
    FilingContents,
    FinalResult,
    Finding,
    FirstMeeting,
    GroupNotice,
    HandoverItem,
    HandoverList,
    HeadStep,
    HouseholdLetters,
    Imprint,
    InvalidReason,
    LegalMark,
    MatterOutcome,
    MeetingNotice,
    Member,
    NotCounted,
    NoticeKind,
    NoticeMatter,
    Opinion,
    OptionCount,
    Paper,
    Petition,
    Photo,
    PreliminaryResult,
    RecallCase,
    Reconciliation,
    Resolution,
    RollCheck,
    RollEntrance,
    RollLine,
    RollNotice,
    Sample,
    ShortLink,
    Signer,
    Stage,
    StartNotice,
    Step,
    SupervisionReport,
    TermReport,
    Totals,
)
from app.documents.papers.base import CODE_ALPHABET
from app.values.area import Area
from app.values.clock import CHINA
from app.web.charts import HALF, THREE_QUARTERS, TWO_THIRDS, Reading

TOTALS = Totals(1_668, 1_534, Area.parse("189207.67"))
QUORUM = LegalMark(Fraction(2, 3), strict=False)
ORDINARY = LegalMark(Fraction(1, 2), strict=True)
SPECIAL = LegalMark(Fraction(3, 4), strict=False)
OPENS = datetime(2027, 5, 22, 0, 0, tzinfo=CHINA)
CLOSES = datetime(2027, 6, 6, 0, 0, tzinfo=CHINA)
CAME_HEADS = Reading(1_112, 1_534, TWO_THIRDS)
CAME_AREA = Reading(13_600_412, 18_920_767, TWO_THIRDS)

GROUP = (
    Member("周敏", "组长", "青岚社区居委会"),
    Member("何建国", "组员", "纸坊街道办事处"),
    Member("王芳", "组员", "业主代表（1栋）"),
    Member("刘晓梅", "组员", "业主代表（3栋）"),
    Member("陈立", "组员", "业主代表（7栋）"),
    Member("欧阳雪松", "组员", "业主代表（10栋）"),
    Member("赵勇", "组员", "业主代表（商业 S1）"),
)
STEPS = (
    Step("成立换届小组并公示", date(2027, 4, 2), date(2027, 4, 16), "公示 7 日"),
    Step("名册公示、提出异议", date(2027, 4, 17), date(2027, 5, 10), "公示 14 日，之后 5 个工作日内答复"),
    Step("推荐候选人、审查、公示", date(2027, 4, 17), date(2027, 5, 21), "公示不少于 10 日，到投票开始前"),
    Step("会议公告", date(2027, 5, 6), None, "投票开始 15 日以前"),
    Step("投票", date(2027, 5, 22), date(2027, 6, 5), "5月22日 0:00 到 6月5日 24:00"),
    Step("计票、公布初步结果", date(2027, 6, 6), date(2027, 6, 9), "三日内公布"),
    Step("异议、公布结果", date(2027, 6, 9), date(2027, 6, 16), "异议期 7 日"),
    Step("首次会议、备案", date(2027, 6, 17), date(2027, 7, 6), "选举产生后 30 日内备案"),
)
SIGNERS = (Signer("经办人", "周敏"), Signer("复核人"), Signer("换届小组组长", "周敏"), Signer("监督单位"))

#: Name, building, introduction; the third has a long name, the fifth a rare character.
CANDIDATES = (
    ("王芳", "3栋", "退休会计，住本小区十二年。愿意把每一笔公共收益写清楚、贴出来。"),
    ("李强", "1栋", "水电工程师，做过二次供水改造。想先解决高层水压问题。"),
    ("阿依古丽·买买提热合曼", "7栋", "小学教师，懂得听人说话。关心孩子活动场地和无障碍坡道。"),
    ("陈立", "7栋", "物流公司主管，周末在家。主张停车收费公开、按规则来。"),
    ("𠮷田真", "10栋", "建筑设计师，参与过外墙维修方案评审。"),
    ("欧阳雪松", "10栋", "社区医生，愿意为老人上门。"),
    ("赵勇", "商业 S1", "五金店店主，在小区经营九年。"),
    ("刘晓梅", "5栋", "律师，熟悉合同，愿意义务审合同。"),
)
_SUPPORT = (
    (801, 9_812_031, True, ""),
    (777, 9_530_260, True, ""),
    (742, 9_020_112, True, ""),
    (705, 8_666_108, True, ""),
    (668, 8_203_390, True, ""),
    (612, 7_501_200, False, "过半，名额已满"),
    (540, 6_950_020, False, "人数未过半"),
    (402, 5_012_345, False, "人数和面积都未过半"),
)


def short_code(number: str) -> str:
    """Return six characters as they stand under a QR code, the same for the same number."""
    return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in sha256(number.encode()).digest()[:6])


def imprint(number: str, issuer: str = "青岚花园业主委员会换届小组", dated: date = date(2027, 5, 6)) -> Imprint:
    """Return the imprint of a paper of the fictional complex."""
    code = short_code(number)
    return Imprint(
        complex_name="青岚花园",
        number=number,
        dated=dated,
        issuer=issuer,
        link=ShortLink(f"https://yeyi.example/v/{code}", code),
        hotline="027-5550 1203",
        office="社区服务站 9:00–17:30",
        is_demo=True,
    )


def portrait(shade: int) -> Photo:
    """Draw a portrait-shaped picture of 560 x 670, as photos are stored."""
    picture = Image.new("RGB", (560, 670), (190 - shade * 9, 200 - shade * 6, 205))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((160, 430, 400, 900), fill=(40 + shade * 12, 60, 80))
    pen.ellipse((180, 150, 380, 410), fill=(224, 190 - shade * 4, 160))
    pen.pieslice((170, 120, 390, 360), 180, 360, fill=(40, 34, 30))
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=82)
    return Photo(made.getvalue())


def start_notice() -> StartNotice:
    """Return N1."""
    return StartNotice(
        imprint=imprint("QL-2027-HJ-N1-1", dated=date(2027, 4, 2)),
        committee_number=2,
        term_ends_on=date(2027, 6, 30),
        seats=5,
        group_name="换届小组",
        group=GROUP,
        supervisor="武汉市江夏区和邻社会工作服务中心",
        steps=STEPS,
        notes=("原业主委员会履行职责到任期届满，不再签订新的合同、不再动用大额资金。", "印章、账目、档案保持原样，等待交接。"),
    )


def group_notice(members: tuple[Member, ...] = GROUP) -> GroupNotice:
    """Return the list of the group."""
    return GroupNotice(
        imprint=imprint("QL-2027-HJ-GROUP-1", "纸坊街道办事处", date(2027, 4, 2)),
        group_name="换届小组",
        members=members,
        how_formed="由街道办事处、社区居委会和业主代表组成，共 7 人，其中业主代表 5 人；业主代表由各楼栋业主推荐产生。",
        posted_on=date(2027, 4, 2),
        objections_until=date(2027, 4, 9),
        duties=("核对并公示业主名册。", "组织推荐、审查候选人。", "组织投票、计票，公布结果。"),
    )


def term_report() -> TermReport:
    """Return the committee's report to the street."""
    return TermReport(
        imprint=imprint("QL-2027-HJ-REPORT-1", "青岚花园第二届业主委员会", date(2027, 3, 29)),
        addressee="纸坊街道办事处",
        copy_to="青岚社区居民委员会",
        committee_number=2,
        term_from=date(2022, 7, 1),
        term_until=date(2027, 6, 30),
        members=(
            Member("孙国华", "主任", "2栋"),
            Member("吴丽", "副主任", "8栋"),
            Member("郑凯", "委员", "5栋"),
            Member("冯秀英", "委员", "11栋"),
            Member("高翔", "委员", "12栋"),
        ),
        vacancies="原有委员 7 名，其中 2 名已出售房屋，不再是业主，资格终止。",
        steps=STEPS,
        requests=("请街道办事处指导成立换届小组。", "请派员参加名册核对和计票。"),
        signers=(Signer("主任", "孙国华"), Signer("副主任", "吴丽")),
    )


_SHAPE = (
    ("1栋", 2, 2, 33, 4), ("2栋", 2, 2, 33, 4), ("3栋", 2, 2, 33, 4), ("5栋", 2, 1, 33, 3), ("6栋", 1, 1, 33, 4),
    ("7栋", 2, 1, 32, 3), ("8栋", 2, 1, 18, 2), ("9栋", 2, 1, 18, 2), ("10栋", 3, 1, 11, 2), ("11栋", 3, 1, 11, 2),
    ("12栋", 2, 1, 11, 2),
)  # fmt: skip


def roll_notice(shows_owners: bool = True) -> RollNotice:
    """Return N2 with the doors of the whole complex: 1,610 flats and 58 shops."""
    surnames = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
    entrances = []
    for building, staircases, first_floor, last_floor, doors in _SHAPE:
        for staircase in range(1, staircases + 1):
            lines = [
                RollLine(
                    f"{building}{staircase}单元{floor}{door:02d}",
                    Area(8_932 + 1_269 * door + 7 * (floor % 5)),
                    "产权证" if floor % 7 else "买卖合同",
                    surnames[(floor * 3 + door) % 20] + "*" if shows_owners else "",
                    "有争议" if (floor, door) == (9, 2) else "",
                )
                for floor in range(first_floor, last_floor + 1)
                for door in range(1, doors + 1)
            ]
            entrances.append(RollEntrance(f"{building}{staircase}单元", tuple(lines)))
    shops = tuple(RollLine(f"商业 S{1 + n // 29}-{n % 29 + 1}", Area(6_121 + 311 * (n % 9)), "产权证") for n in range(58))
    entrances.append(RollEntrance("商业", shops))
    return RollNotice(
        imprint=imprint("QL-2027-HJ-N2-1", dated=date(2027, 4, 17)),
        entrances=tuple(entrances),
        totals=TOTALS,
        posted_on=date(2027, 4, 17),
        objections_until=date(2027, 4, 30),
        answers_by=date(2027, 5, 10),
        shows_owners=shows_owners,
    )


def roll_check() -> RollCheck:
    """Return N3 with the figures of the fictional complex."""
    buildings = (
        ("1栋", 256, "26763.52"), ("2栋", 256, "26763.52"), ("3栋", 256, "27646.72"), ("5栋", 198, "21593.22"),
        ("6栋", 132, "11458.92"), ("7栋", 192, "23024.64"), ("8栋", 72, "10100.28"), ("9栋", 72, "10100.28"),
        ("10栋", 66, "9688.74"), ("11栋", 66, "9688.74"), ("12栋", 44, "7633.82"), ("商业 S1、S2", 58, "4745.27"),
    )  # fmt: skip
    return RollCheck(
        imprint=imprint("QL-2027-HJ-N3-1", dated=date(2027, 5, 11)),
        version=1,
        digest="6f3a9c41d27b58e0b1c4f6a2937d0e85c1a4b29e7d3368f05a1b9c2e4d7f8036",
        source="不动产登记信息查询结果（2027年4月12日）与物业交房记录",
        buildings=tuple(BuildingSum(name, units, Area.parse(area)) for name, units, area in buildings),
        totals=TOTALS,
        not_counted=(
            NotCounted("产权车位", 512, None, "按本小区规则，车位不计入表决"),
            NotCounted("人防车位", 418, None, "不属于业主专有"),
            NotCounted("地面车位", 310, None, "占用共有道路，不属于专有部分"),
            NotCounted("物业用房", 2, Area.parse("358.20"), "属于全体业主共有"),
            NotCounted("社区用房", 1, Area.parse("420.00"), "配套用房，不计入"),
        ),
        head_steps=(
            HeadStep("开发企业未售、未交付的房屋共 58 套，只算 1 人", -57),
            HeadStep("53 位业主有几套房，每人只算 1 人", -68),
            HeadStep("一家公司有 8 套住宅、2 间商铺，只算 1 人", -9),
        ),
        signers=SIGNERS,
    )


def candidate_notice(count: int = 8, photos: bool = True) -> CandidateNotice:
    """Return N4."""
    sheets = tuple(
        CandidateSheet(
            name,
            building,
            introduction,
            ("本人是本小区业主，按时交纳物业费。", "本人及近亲属不在本小区物业公司任职。"),
            "业主联名推荐" if index % 3 else "自荐",
            portrait(index) if photos and index != 6 else None,
        )
        for index, (name, building, introduction) in enumerate(CANDIDATES[:count])
    )
    return CandidateNotice(
        imprint=imprint("QL-2027-HJ-N4-1", dated=date(2027, 5, 10)),
        committee_number=3,
        seats=5,
        candidates=sheets,
        order="按姓氏笔画排列",
        posted_on=date(2027, 5, 10),
        objections_until=date(2027, 5, 21),
        checked_by="换届小组会同青岚社区居委会",
    )


def _matters(count: int) -> tuple[NoticeMatter, ...]:
    decide = ("同意", "反对", "弃权")
    matters = (
        NoticeMatter(
            1,
            "选举青岚花园第三届业主委员会委员",
            "本届业主委员会委员 5 名，任期 5 年。请在候选人中选择不超过 5 人；候选人情况见候选人公示。",
            tuple(f"{name}（{building}）" for name, building, _ in CANDIDATES),
            ORDINARY,
            5,
            "过线的超过 5 位时，按同意的人数从多到少。",
        ),
        NoticeMatter(
            2,
            "关于续聘江城安居物业服务有限公司的议题",
            "续聘江城安居物业服务有限公司三年，自 2027年8月1日起至 2030年7月31日止，"
            "住宅物业费每月每平方米 1.98 元，服务内容和标准不变。",
            decide,
            ORDINARY,
            None,
            "",
            ("物业服务合同（草案）", "近三年服务情况报告"),
        ),
        NoticeMatter(
            3,
            "关于将 6栋架空层改为自行车棚的议题",
            "将 6栋一层架空层（约 210㎡）改为自行车棚和充电区，费用 18.6 万元从公共收益列支。",
            decide,
            SPECIAL,
            None,
            "",
            ("改造方案与三家报价",),
        ),
    )
    return matters[:count]


def meeting_notice(kind: NoticeKind = NoticeKind.RENEWAL) -> MeetingNotice:
    """Return N5 in one of its variants."""
    petition = recall = None
    vacancy = ""
    matters = _matters(3)
    if kind is NoticeKind.RECALL:
        petition = Petition(322, Area.parse("40110.36"), LegalMark(Fraction(1, 5), strict=False), "换届小组会同青岚社区居委会")
        recall = RecallCase(
            "郑凯",
            "一、连续四次无故不参加业主委员会会议。\n二、未经会议决定，把门禁广告位交给亲属的公司经营。",
            "本人四次缺席均因住院，已交病历。广告位合同签订时本人不在场，请大家看会议记录。",
        )
        matters = (
            NoticeMatter(
                1,
                "罢免郑凯的业主委员会委员职务",
                "是否罢免郑凯的第二届业主委员会委员职务。",
                ("同意", "反对", "弃权"),
                ORDINARY,
            ),
        )
    elif kind is NoticeKind.BY_ELECTION:
        vacancy = "第二届业主委员会 7 名委员中有 2 名因出售房屋资格终止，候补委员已全部递补，仍缺 2 名。"
        matters = (
            NoticeMatter(
                1,
                "补选第二届业主委员会委员 2 名",
                "补选委员的任期到 2027年6月30日止。",
                ("王芳（3栋）", "李强（1栋）", "陈立（7栋）"),
                ORDINARY,
                2,
            ),
        )
    elif kind is NoticeKind.EXTRAORDINARY:
        petition = Petition(322, Area.parse("40110.36"), LegalMark(Fraction(1, 5), strict=False), "青岚社区居委会")
        matters = _matters(3)[1:2]
    elif kind is NoticeKind.DECISION:
        matters = _matters(3)[2:]
    return MeetingNotice(
        imprint=imprint(f"QL-2027-HJ-N5-{list(NoticeKind).index(kind) + 1}"),
        kind=kind,
        scope="全小区",
        matters=matters,
        totals=TOTALS,
        quorum=QUORUM,
        opens_at=OPENS,
        closes_at=CLOSES,
        channels=(
            Channel("手机投票", "扫本公告的二维码，用手机号登录，不用装软件。"),
            Channel("纸质选票", "到社区服务站领取，或打电话请工作人员上门；填好后投入本楼栋的投票箱。"),
        ),
        duplicate_rule="您投了两次，只算一次：手机上投过的，以手机上的为准。",
        proxy_rule="您可以书面委托一位成年人代您投票，一份委托书只用一次；委托书在社区服务站领取。",
        silence_rule="没交回的票不算参与，也不算任何意见。",
        supervisor="武汉市江夏区和邻社会工作服务中心",
        counting="6月6日（周日）9:00 在社区服务站二楼公开开箱计票，业主都可以到场看",
        informed="已于 4月30日书面告知青岚社区居民委员会",
        petition=petition,
        recall=recall,
        vacancy=vacancy,
    )


def household_letters(doors: int = 3, with_code: bool = True) -> HouseholdLetters:
    """Return N6 for some doors."""
    letters = []
    for index in range(doors):
        code = short_code(f"letter-{index}")
        one_time = f"{short_code(f'a-{index}')[:4]}-{short_code(f'b-{index}')[:4]}" if with_code else ""
        letters.append(
            DoorLetter(
                f"{1 + index % 12}栋{1 + index % 2}单元{201 + index}",
                Area(12_746 + index),
                "业主",
                ShortLink(f"https://yeyi.example/l/{code}", code),
                f"N6-{index + 1:04d}",
                one_time,
            )
        )
    return HouseholdLetters(
        imprint=imprint("QL-2027-HJ-N6-1", dated=date(2027, 5, 18)),
        doors=tuple(letters),
        vote_title="第三届业主委员会换届投票",
        matters=tuple(matter.title for matter in _matters(3)),
        opens_at=OPENS,
        closes_at=CLOSES,
        paper_how="想用纸质选票的，请打电话或者到社区服务站说一声，我们送到家。填好后投入本楼栋的投票箱。",
    )


def outcomes(small: bool = False) -> tuple[MatterOutcome, ...]:
    """Return the outcome of an election and of two decisions, one passed and one failed."""

    def half(value: int) -> Reading:
        return Reading(value, CAME_HEADS.value, HALF)

    def half_area(value: int) -> Reading:
        return Reading(value, CAME_AREA.value, HALF)

    elected = tuple(
        CandidateCount(name, building, half(heads), half_area(area), chosen, reason)
        for (name, building, _), (heads, area, chosen, reason) in zip(CANDIDATES, _SUPPORT, strict=True)
    )
    return (
        MatterOutcome(
            1,
            "选举青岚花园第三届业主委员会委员",
            "选出 5 位",
            True,
            "参与投票的有 1,112 人、136,004.12㎡，都达到三分之二。人数和面积都过半的有 6 位，应选 5 位，选出 5 位。",
            CAME_HEADS,
            CAME_AREA,
            candidates=elected,
            small=small,
            explanation=("参与表决人数 1,112，占 1,534 的 72.5%，达到三分之二（《民法典》第二百七十八条第二款）。",),
        ),
        MatterOutcome(
            2,
            "关于续聘江城安居物业服务有限公司的议题",
            "通过",
            True,
            "同意的有 682 人、84,120.55㎡，人数和面积都超过一半，通过。",
            CAME_HEADS,
            CAME_AREA,
            (
                OptionCount("同意", half(682), half_area(8_412_055)),
                OptionCount("反对", half(318), half_area(3_902_200)),
                OptionCount("弃权", half(112), half_area(1_286_157)),
            ),
            small=small,
        ),
        MatterOutcome(
            3,
            "关于将 6栋架空层改为自行车棚的议题",
            "未通过",
            False,
            "同意的有 798 人、98,700.10㎡，没有达到四分之三：还差 36 人、3,302.99㎡，未通过。",
            CAME_HEADS,
            CAME_AREA,
            (
                OptionCount("同意", Reading(798, 1_112, THREE_QUARTERS), Reading(9_870_010, 13_600_412, THREE_QUARTERS)),
                OptionCount("反对", half(214), half_area(2_540_000)),
                OptionCount("弃权", half(100), half_area(1_190_402)),
            ),
            small=small,
        ),
    )


def count_record() -> CountRecord:
    """Return N12."""
    return CountRecord(
        imprint=imprint("QL-2027-HJ-N12-1", dated=date(2027, 6, 6)),
        vote_title="第三届业主委员会换届投票",
        opened_at=OPENS,
        closed_at=CLOSES,
        counted_at=datetime(2027, 6, 6, 9, 0, tzinfo=CHINA),
        place="社区服务站二楼",
        seal="7QKM-4R2P-X9DT-HW3C",
        totals=TOTALS,
        ballots=Reconciliation(979, 215, 191, 21, 3, 133, 21, 37),
        invalid=(
            InvalidReason("一项也没有选", 9),
            InvalidReason("选的人数超过应选名额", 5),
            InvalidReason("存根没有签名", 4),
            InvalidReason("不是本次印发的选票", 3),
        ),
        matters=outcomes(),
        remarks=("9:40 第 2 号票箱封条号与记录一致，监督单位在场拆封。",),
        signers=(*SIGNERS, Signer("计票人"), Signer("唱票人")),
    )


def preliminary_result(small: bool = False) -> PreliminaryResult:
    """Return N13."""
    return PreliminaryResult(
        imprint=imprint("QL-2027-HJ-N13-1", dated=date(2027, 6, 9)),
        vote_title="第三届业主委员会换届投票",
        closed_at=CLOSES,
        matters=outcomes(small),
        totals=TOTALS,
        posted_on=date(2027, 6, 9),
        objections_until=date(2027, 6, 16),
        how_to_object=(
            "在手机上打开本公示，点【我有异议】，写明哪一项、为什么。",
            "或者到社区服务站填写异议单。",
            "每一件都有编号，5 个工作日内书面答复。",
        ),
        supervisor="武汉市江夏区和邻社会工作服务中心",
    )


def final_result() -> FinalResult:
    """Return N14."""
    elected = tuple(Member(name, "委员", building) for name, building, _ in CANDIDATES[:5])
    return FinalResult(
        imprint=imprint("QL-2027-HJ-N14-1", dated=date(2027, 6, 17)),
        vote_title="第三届业主委员会换届投票",
        closed_at=CLOSES,
        matters=outcomes(),
        totals=TOTALS,
        objections="公示期内收到异议 2 件，均已书面答复，不影响结果。",
        members=(*elected, Member("欧阳雪松", "候补委员", "10栋")),
        term="2027年7月1日至 2032年6月30日",
        next_steps=("新一届业主委员会在 6月24日前召开首次会议，推选主任、副主任。", "7月6日前向街道办事处备案。"),
    )


def supervision_report(opinion: Opinion = Opinion.UNRESERVED) -> SupervisionReport:
    """Return N15, complete or as the empty frame."""
    done = opinion is not Opinion.OPEN
    answer = Answer.CONFORMS if done else Answer.OPEN
    return SupervisionReport(
        imprint=imprint("QL-2027-HJ-N15-1", "武汉市江夏区和邻社会工作服务中心", date(2027, 6, 10)),
        vote_title="第三届业主委员会换届投票",
        supervisor="武汉市江夏区和邻社会工作服务中心",
        commission="由纸坊街道办事处委托，费用由街道支付。",
        independence=("本单位人员不是本小区业主。", "与候选人没有近亲属关系，与物业公司没有合同。"),
        stages=(
            Stage(
                "名册",
                (
                    Check("总人数、总面积与核对表一致吗？", answer, "核对表 QL-2027-HJ-N3-1" if done else ""),
                    Check("异议都有书面答复吗？", answer, "14 件，均已答复" if done else ""),
                ),
            ),
            Stage(
                "通知",
                (
                    Check(
                        "每个单元门有公告照片吗？", Answer.TO_MEND if done else answer, "3 处补贴，5月7日复查" if done else ""
                    ),
                    Check("距投票开始满 15 日吗？", answer, "5月6日张贴，5月22日开始" if done else ""),
                ),
            ),
            Stage("计票", (Check("印发＝收回＋未收回＋作废吗？", answer, "215＝191＋21＋3" if done else ""),)),
        ),
        findings=(Finding("一般", "3 个单元门没有张贴公告", "公告应当张贴在每个单元门", date(2027, 5, 8), "5月7日已补贴"),)
        if done
        else (),
        samples=(Sample("纸质选票的业主：是否本人投票", 30, 27, 27), Sample("未遇到的住户：是否收到通知", 20, 16, 15))
        if done
        else (),
        opinion=opinion,
        opinion_text="本次投票的通知、投票、计票按公告进行，未发现影响结果的问题。" if done else "",
        signers=(Signer("监督员"), Signer("监督员"), Signer("监督单位负责人")),
    )


def first_meeting() -> FirstMeeting:
    """Return the minutes of the first meeting."""
    members = tuple(Member(name, "委员", building) for name, building, _ in CANDIDATES[:5])
    return FirstMeeting(
        imprint=imprint("QL-2027-HJ-MINUTES-1", "青岚花园第三届业主委员会", date(2027, 6, 20)),
        committee_number=3,
        held_on=date(2027, 6, 20),
        time="19:30",
        place="社区服务站二楼会议室",
        host="周敏（青岚社区居委会）",
        keeper="刘晓梅",
        present=members[:4],
        absent=members[4:],
        guests=("何建国（纸坊街道办事处）",),
        offices=(Member("王芳", "主任", "3栋"), Member("李强", "副主任", "1栋"), *members[2:]),
        resolutions=(
            Resolution("推选主任", "推选王芳为第三届业主委员会主任。", 4, 0, 0),
            Resolution("推选副主任", "推选李强为副主任。", 3, 0, 1),
            Resolution("印章管理", "印章由陈立保管，每次使用登记，两人同时在场。", 4, 0, 0),
        ),
    )


def handover_list(signed: bool = False) -> HandoverList:
    """Return the list of the hand-over."""
    labels = (
        ("业主委员会印章", "1 枚，章面完好"), ("财务印章", "1 枚"), ("开户许可证、银行账户", "江城农商行，尾号 3317"),
        ("会计账簿、凭证", "2022年7月至 2027年6月，共 14 册"), ("业主大会、业主委员会会议记录", "31 份"),
        ("物业服务合同", "1 份，2024年8月1日签订"), ("公共收益合同", "3 份"), ("业主名册", "电子版，第 1 版"),
        ("办公用品", "打印机 1 台、文件柜 2 个"),
    )  # fmt: skip
    items = tuple(
        HandoverItem(label, note, date(2027, 7, 3), "孙国华", date(2027, 7, 3), "王芳") if signed else HandoverItem(label, note)
        for label, note in labels
    )
    return HandoverList(
        imprint=imprint("QL-2027-HJ-HANDOVER-1", "青岚花园第三届业主委员会", date(2027, 7, 3)),
        giver="第二届业主委员会",
        receiver="第三届业主委员会",
        due_on=date(2027, 7, 10),
        items=items,
        givers=(Signer("主任", "孙国华"), Signer("委员")),
        receivers=(Signer("主任", "王芳"), Signer("委员")),
        witnesses=(Signer("青岚社区居委会"), Signer("纸坊街道办事处")),
    )


def filing_contents() -> FilingContents:
    """Return N16 as the pack makes it."""
    titles = (
        "备案申请表",
        "业主大会会议公告",
        "业主名册核对表",
        "候选人公示",
        "计票记录表",
        "投票结果公告",
        "第三方监督报告",
        "管理规约",
        "议事规则",
    )
    lines, first = [], 2
    for index, title in enumerate(titles):
        if index in (0, 8):
            lines.append(ContentsLine(title, note="请补交后重新生成材料包"))
            continue
        lines.append(
            ContentsLine(title, f"{index + 1:02d} {title}.pdf", index + 1, first, short_code(title).lower() * 10 + "0123")
        )
        first += index + 1
    return FilingContents(
        imprint=imprint("QL-2027-HJ-N16-1", "青岚花园第三届业主委员会", date(2027, 6, 30)),
        subject="青岚花园第三届业主委员会备案",
        addressee="纸坊街道办事处",
        lines=tuple(lines),
    )


def every_paper() -> dict[str, Paper]:
    """Return each paper in each variant, by a name for files and tests; of the roll only three entrances."""
    roll = roll_notice()
    papers: dict[str, Paper] = {
        "n1": start_notice(), "group": group_notice(), "report": term_report(),
        "n2": replace(roll, entrances=roll.entrances[-3:]), "n3": roll_check(),
        "n4": candidate_notice(), "n6": household_letters(), "n12": count_record(), "n13": preliminary_result(),
        "n14": final_result(), "n15": supervision_report(), "n15_frame": supervision_report(Opinion.OPEN),
        "minutes": first_meeting(), "handover": handover_list(), "handover_signed": handover_list(signed=True),
        "n16": filing_contents(),
    }  # fmt: skip
    return papers | {f"n5_{kind}": meeting_notice(kind) for kind in NoticeKind}
