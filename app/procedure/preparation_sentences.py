"""Own the sentences of the preparation: what blocks it and the way out, refusals, and the names on its pages."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.procedure.eligibility import Declared, Finding, Requirement
from app.procedure.types import NominationState, Side

#: Code of a blocker to its sentence with the way out; placeholders as in its values.
BLOCKER_SENTENCES: dict[str, LazyString] = {
    "group_empty": _l("小组还没有名单。请在下面写上或粘贴名单。"),
    "group_even": _l("小组现在是 {members} 人，是双数。人数要是单数：请加一位或减一位。"),
    "group_size": _l("小组现在是 {members} 人，应是 {least} 至 {most} 人。请增减；确有原因的，由街道写明原因放行。"),
    "group_owners_too_few": _l(
        "业主 {owners} 人，不到 {members} 人的 {share}。请把其他方的 {missing} 人换成业主，或者加业主（总数仍要单数）。"
    ),
    "group_owners_below_advised": _l(
        "业主 {owners} 人，不到 {members} 人的 {share}。有的地方和小区要求达到这个比例，请再请几位业主参加。"
    ),
    "group_head_missing": _l("还没有定组长。请在名单里选一位。"),
    "group_heads_several": _l("组长只能有一位。请在名单里只留一位。"),
    "group_head_not_street": _l("筹备组的组长由街道（乡镇）的代表担任。请把组长改成街道的代表。"),
    "group_without_street": _l("名单里没有街道的代表。请街道派人参加。"),
    "group_without_residents_committee": _l("名单里没有居委会的代表。请居委会派人参加。"),
    "group_without_developer": _l("名单里没有建设单位的代表。请通知建设单位派人；不派的，由街道记录。"),
    "group_not_posted": _l("名单还没有张贴的凭据。请打印名单贴出去，再在这里拍一张照片。"),
    "objections_open_group": _l("对小组名单有 {count} 件异议没有答复。请先答复。"),
    "objections_open_candidates": _l("对候选人有 {count} 件异议没有答复。请先在下面答复。"),
    "roll_missing": _l("还没有业主名册，算不出总人数和总面积。请先导入名册。"),
    "roll_not_posted": _l("名册公示表还没有张贴的凭据。请打印名册公示表贴出去，再在这里拍一张照片。"),
    "missing_rules_draft": _l("首次业主大会要表决议事规则，还没有草案。请在下面上传。"),
    "missing_covenant_draft": _l("首次业主大会要表决管理规约，还没有草案。请在下面上传。"),
    "candidates_fewer_than_seats": _l(
        "要选 {seats} 位，合格的候选人只有 {candidates} 位，还差 {missing} 位。请延长推荐时间，再请业主推荐或自荐。"
    ),
    "candidates_equal_seats": _l("要选 {seats} 位，候选人正好 {candidates} 位，不是差额选举。最好再推荐 {missing} 位。"),
    "candidates_too_few": _l("按本小区的规则要有 {needed} 位候选人，现在 {candidates} 位，还差 {missing} 位。请再推荐。"),
    "nominations_undecided": _l("还有 {count} 位被推荐的人没有审查完。请在下面逐个审查。"),
    "candidate_without_photo": _l("{name}还没有照片。请在下面补上。"),
    "candidate_without_introduction": _l("{name}还没有简介。请在下面补上，最多 50 个字。"),
    "candidate_sold": _l(
        "{name}（{door}）在今天的名册上已经没有房子，不能再当候选人。请把他移出名单；人数不够的，再推荐，重新公示。"
    ),
    "candidate_sold_after_notice": _l(
        "{name}（{door}）在今天的名册上已经没有房子，不能再当候选人。公告过的名单不能改：请撤回公告，把他移出名单，补足人数，再重新公告，天数重新算。"
    ),
    "candidates_not_posted": _l("候选人名单还没有张贴的凭据。请打印候选人公示贴出去，再在这里拍一张照片。"),
    "candidates_posting_stale": _l("名单在张贴以后变过。请重新打印、重新张贴，再拍一张照片。"),
    "candidates_period_runs": _l("候选人的异议期还有 {days} 天。"),
    "upheld_against_candidate": _l("第 {number} 号异议已采纳，{name}却还在名单里。请移出名单，或由街道写明原因放行。"),
}

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "group_member_not_found": _l("名单上没有这位成员，可能刚被删掉。请刷新后再看。"),
    "group_list_unread": _l("第 {lines} 行没有读懂，什么都没有保存。一行一位：姓名，门牌或单位。"),
    "group_member_not_owner": _l("名册上这个门牌没有这位业主：{names}。请核对姓名和门牌；刚过户的，先更新名册。"),
    "group_list_posted": _l("名单已经张贴，不能直接改。要改，先由街道责令更正并写明原因，改好后重新张贴。"),
    "paper_unknown": _l("没有这种文书，照片没有保存。"),
    "posting_place_unknown": _l("请从列表里选张贴的地方。"),
    "posting_not_found": _l("没有找到这张张贴照片。"),
    "nominations_undecided": _l("还有被推荐的人没有审查完，名单还不能张贴。请先逐个审查。"),
    "nothing_to_post": _l("名单还是空的，没有东西可以张贴。"),
    "nomination_not_found": _l("没有找到这条推荐，可能刚被撤回。请刷新后再看。"),
    "nominations_closed": _l("现在不在推荐候选人的时间，没有保存。"),
    "nominee_not_owner": _l("名册上这个门牌没有叫这个名字的业主，没有保存。请核对姓名和门牌；刚过户的，请先到社区更新名册。"),
    "nominated_already": _l("这位业主已经有人推荐了，不用再推荐。"),
    "too_many_nominations": _l("一位业主最多推荐 {limit} 位，您已经推荐满了。"),
    "refusal_reason_missing": _l("请写明原因，本人和推荐人都能看到。"),
    "nomination_decided": _l("这条推荐已经有结论，不能这样改。请刷新后再看。"),
    "not_own_nomination": _l("只能撤回自己提交的推荐。"),
    "list_frozen": _l("投票已经公告，候选人不能再改。要改，请先撤回投票公告，改好后重新公告，公告的天数重新起算。"),
    "no_own_door": _l("您还没有登记房子，不能推荐或提异议。请先登记您的房子。"),
    "objection_not_found": _l("没有找到这件异议。"),
    "objection_not_due": _l("现在不在对这件事提异议的时间，没有保存。可以先拨打社区电话说明。"),
    "objection_answered": _l("这件异议已经答复过了，答复不能再改。"),
    "answer_missing": _l("请写明答复的理由，业主都能看到。"),
    "draft_missing": _l("选了“有草案”，还要上传草案。"),
}

SIDE_NAMES: dict[Side, LazyString] = {
    Side.OWNER: _l("业主"),
    Side.STREET: _l("街道（乡镇）"),
    Side.RESIDENTS_COMMITTEE: _l("居委会"),
    Side.DEVELOPER: _l("建设单位"),
    Side.OTHER: _l("其他"),
}

REQUIREMENT_NAMES: dict[Requirement, LazyString] = {
    Requirement.CONSENT: _l("本人同意参选，同意公示姓名、照片和简介"),
    Requirement.CAPACITY: _l("具有完全民事行为能力"),
    Requirement.LAW_ABIDING: _l("遵守法律、法规"),
    Requirement.KEEPS_RULES: _l("遵守议事规则和管理规约，模范履行业主义务"),
    Requirement.PUBLIC_SPIRITED: _l("热心公益，责任心强，公正廉洁"),
    Requirement.ABLE: _l("有一定的组织能力"),
    Requirement.HAS_TIME: _l("有必要的工作时间"),
}

FINDING_NAMES: dict[Finding, LazyString] = {
    Finding.MET: _l("符合"),
    Finding.UNMET: _l("不符合"),
    Finding.UNCLEAR: _l("还不清楚"),
}

DECLARED_NAMES: dict[Declared, LazyString] = {
    Declared.ARREARS: _l("拖欠物业费"),
    Declared.ILLEGAL_BUILDING: _l("有违法搭建"),
    Declared.COMPANY_TIES: _l("本人或近亲属在物业公司任职"),
}

NOMINATION_STATES: dict[NominationState, LazyString] = {
    NominationState.PROPOSED: _l("待审查"),
    NominationState.ELIGIBLE: _l("候选人"),
    NominationState.REFUSED: _l("不符合条件"),
    NominationState.WITHDRAWN: _l("已退出"),
}

PROPOSED_BY_NAMES: dict[str, LazyString] = {
    "self": _l("自荐"),
    "owners": _l("业主推荐"),
    "community": _l("社区推荐"),
}

ABOUT_NAMES: dict[str, LazyString] = {
    "group": _l("小组名单"),
    "candidates": _l("候选人"),
    "notice": _l("投票公告"),
    "result": _l("投票结果"),
    "recall": _l("罢免提议"),
}

PAPER_NAMES: dict[str, LazyString] = {
    "GROUP": _l("小组名单公告"),
    "N1": _l("启动公告"),
    "N2": _l("名册公示表"),
    "N3": _l("名册核对表"),
    "N4": _l("候选人公示"),
    "N5": _l("会议（投票）公告"),
    "N6": _l("每户告知信"),
    "N12": _l("计票记录表"),
    "N13": _l("初步结果公示"),
    "N14": _l("结果公告"),
    "N15": _l("监督报告"),
    "N16": _l("备案材料目录"),
    "REPORT": _l("换届报告"),
    "MINUTES": _l("首次会议记录"),
    "HANDOVER": _l("交接清单"),
    "FORM": _l("街道要求的表格"),
    "RULES_DRAFT": _l("议事规则草案"),
    "COVENANT_DRAFT": _l("管理规约草案"),
}
