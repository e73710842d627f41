"""Own the words for roles and permissions, for the roles page and the desk."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.access.permissions import Permission as P
from app.access.roles import Role, Scope

ROLE_NAMES: dict[Role, LazyString] = {
    Role.PLATFORM_ADMIN: _l("平台管理员"),
    Role.DISTRICT_OFFICER: _l("区级工作人员"),
    Role.STREET_OPERATOR: _l("街道操作人员"),
    Role.COMMUNITY_OPERATOR: _l("社区操作人员"),
    Role.SUPERVISOR: _l("第三方监督机构"),
    Role.TRUSTEE: _l("开箱钥匙保管人"),
    Role.OWNER: _l("业主"),
    Role.COMMITTEE_MEMBER: _l("业委会成员"),
    Role.PROPERTY_COMPANY: _l("物业公司"),
    Role.PUBLIC: _l("任何人"),
}

PERMISSION_NAMES: dict[P, LazyString] = {
    P.PUBLIC_READ: _l("看公开的页面"),
    P.ACCOUNT_SIGN_IN: _l("登录"),
    P.ACCOUNT_MANAGE: _l("管理自己的登录设备"),
    P.ENTITLEMENT_CLAIM: _l("登记自己是哪一户的业主"),
    P.BALLOT_CAST: _l("投票"),
    P.BALLOT_READ_OWN: _l("查自己的票到了哪一步"),
    P.COMPLEX_READ: _l("看小区的工作页面"),
    P.ROLL_READ: _l("看名册（隐去姓名）"),
    P.ROLL_MANAGE: _l("导入和确认名册"),
    P.ELECTION_READ: _l("看投票的准备情况"),
    P.ELECTION_PREPARE: _l("设置一次投票"),
    P.ELECTION_ANNOUNCE: _l("发布公告"),
    P.ELECTION_OPEN: _l("开放投票"),
    P.ELECTION_PUBLISH: _l("公布结果"),
    P.TURNOUT_READ: _l("看各楼栋参与情况"),
    P.COMMITTEE_MANAGE: _l("登记业委会的任期、委员和离任"),
    P.RULES_MANAGE: _l("登记和核对本小区的议事规则"),
    P.PROCEDURE_READ: _l("看换届和表决的进度"),
    P.PROCEDURE_MANAGE: _l("办理换届和表决的各个步骤"),
    P.PROCEDURE_ORDER: _l("责令停止、更正，或写明原因放行"),
    P.NOMINATE: _l("推荐候选人、自荐"),
    P.OBJECT: _l("对公示提异议"),
    P.TRUSTEE_ACT: _l("掌管开箱钥匙"),
    P.DISTRICT_READ: _l("看全区情况"),
    P.PLATFORM_MANAGE: _l("管理账号"),
    P.DEMO_USE: _l("用演示工具（仅演示时）"),
}

SCOPE_NAMES: dict[Scope, LazyString] = {
    Scope.PLATFORM: _l("全平台"),
    Scope.DISTRICT: _l("区"),
    Scope.STREET: _l("街道"),
    Scope.COMMUNITY: _l("社区"),
    Scope.COMPLEX: _l("小区"),
}
