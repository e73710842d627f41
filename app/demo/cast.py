"""Own the parts of the demonstration: its places, the people who work in them and what they may do."""

from __future__ import annotations

from dataclasses import dataclass

from app.access.roles import Role, Scope

#: One password for every demonstration account of staff; the second factor's digits are shown on its page.
PASSWORD = "yeyi-demo-2027"  # noqa: S105
#: One passphrase for every demonstration key file.
PASSPHRASE = "yeyi demo key 2027"  # noqa: S105
DISTRICT = "江夏区（演示）"


@dataclass(frozen=True, slots=True)
class DemoComplex:
    """Say where a complex of the demonstration lies."""

    slug: str
    name: str
    street: str
    community: str
    help_phone: str
    address: str


QINGLAN = DemoComplex("qinglan", "青岚花园（演示）", "湖畔街道", "青岚社区", "027-8700-1203", "青岚路 66 号")
LOFTS = DemoComplex("yunshang", "云尚公馆（演示）", "湖畔街道", "青岚社区", "027-8700-1203", "云尚路 9 号")
DORMITORY = DemoComplex("jixiechang", "机械厂宿舍（演示）", "铁箕街道", "机械厂社区", "027-8700-2207", "前进里 7 号")
SLAB = DemoComplex("xiaoshiqiao", "小石桥3号楼（演示）", "石桥街道", "小石桥社区", "027-8700-3311", "小石桥巷 3 号")
COMPLEXES = (QINGLAN, LOFTS, DORMITORY, SLAB)


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """Say who works in the demonstration, for whom, and with which roles where (place by name; a complex by its slug)."""

    login_name: str
    name: str
    organisation: str
    title: str
    roles: tuple[tuple[Role, Scope, str], ...]


def _trustee_everywhere() -> tuple[tuple[Role, Scope, str], ...]:
    return tuple((Role.TRUSTEE, Scope.COMPLEX, place.slug) for place in COMPLEXES)


OPERATOR = DemoStaff(
    "zhoumin",
    "周敏",
    "社区居委会（演示）",
    "社区操作人员，也是第 1 位钥匙保管人",
    (
        (Role.COMMUNITY_OPERATOR, Scope.COMMUNITY, QINGLAN.community),
        (Role.COMMUNITY_OPERATOR, Scope.COMMUNITY, DORMITORY.community),
        (Role.COMMUNITY_OPERATOR, Scope.COMMUNITY, SLAB.community),
        *_trustee_everywhere(),
    ),
)
SUPERVISOR = DemoStaff(
    "linfang",
    "林芳",
    "江城社工服务中心（演示）",
    "第三方监督机构，也是第 2 位钥匙保管人",
    ((Role.SUPERVISOR, Scope.DISTRICT, DISTRICT), *_trustee_everywhere()),
)
GROUP = DemoStaff("zhengweidong", "郑卫东", "换届小组（演示）", "换届小组，第 3 位钥匙保管人", _trustee_everywhere())
STAFF = (
    OPERATOR,
    SUPERVISOR,
    GROUP,
    DemoStaff(
        "wutao", "吴涛", "湖畔街道办事处（演示）", "街道操作人员", ((Role.STREET_OPERATOR, Scope.STREET, QINGLAN.street),)
    ),
    DemoStaff(
        "heli", "何丽", "区住房和城市更新局（演示）", "区级工作人员", ((Role.DISTRICT_OFFICER, Scope.DISTRICT, DISTRICT),)
    ),
    DemoStaff(
        "songping", "宋平", "青岚花园业委会（演示）", "业委会成员", ((Role.COMMITTEE_MEMBER, Scope.COMPLEX, QINGLAN.slug),)
    ),
    DemoStaff("maqiang", "马强", "江南物业公司（演示）", "物业公司", ((Role.PROPERTY_COMPANY, Scope.COMPLEX, QINGLAN.slug),)),
    DemoStaff("admin", "平台管理员", "业议平台（演示）", "平台管理员", ((Role.PLATFORM_ADMIN, Scope.PLATFORM, ""),)),
)
TRUSTEES = (OPERATOR, SUPERVISOR, GROUP)
