"""Own the sentences of the vote and what follows it: what blocks a step and the way out, and refusals."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.procedure.types import FilingState

#: Code of a blocker to its sentence with the way out; placeholders as in its values.
BLOCKER_SENTENCES: dict[str, LazyString] = {
    "vote_not_drafted": _l("还没有拟好这次投票。请先在下面选投票时间，其余内容系统会自动带入。"),
    "trustees_not_ready": _l("{waiting}还没有试开成功。请他们登录后完成钥匙和试开。"),
    "notice_not_posted": _l("还没有公告的张贴照片。请在公告栏和单元门口贴好，拍照上传。"),
    "box_not_closed": _l("投票还没有截止，不能公布结果。截止后系统自动封箱，再由两方开箱。"),
    "result_objections_open": _l("对结果的第 {numbers} 号异议还没有答复。请先答复。"),
    "result_objection_upheld": _l("对结果的第 {numbers} 号异议成立，要等街道作出更正的决定，才能确认结果。"),
    "lot_needed": _l("{names}得票相同，要从中抽 {number} 人。请当众抽签，再勾选抽中的人。"),
    "not_certified": _l("结果还没有确认。异议期过了、异议都答复了，就能确认。"),
    "papers_missing": _l("备案材料还缺：{papers}。"),
    "not_filed": _l("还没有拿到备案证明。凭备案证明才能刻章。"),
    "handover_list_missing": _l("还没有交接清单。请先生成清单。"),
    "handover_incomplete": _l("还有 {number} 项没有双方签字。"),
}

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "vote_drafted_already": _l("这次投票已经拟好了，不用再拟一次。要重新来，请先撤回原来的。"),
    "vote_not_drafted": _l("还没有拟好投票，或者已经公告过了。"),
    "vote_not_announced": _l("投票还没有公告，或者已经撤回，不能开放。请先发出会议公告。"),
    "residents_committee_not_told": _l("会议要同时告知居民委员会。告知以后，请勾选再公告。"),
    "notice_too_short": _l("从今天公告，最早 {earliest} 才能开始投票。请把开始日期改到这一天或以后；已经拟好的，到设置页改。"),
    "lot_unclear": _l("抽中的人数不对，要正好选 {number} 人。"),
    "lot_not_drawn": _l("{names}得票相同，要当众抽签选 {number} 人，再来确认结果。"),
    "no_new_committee": _l("这次投票没有选出新的业委会，没有第一次会议。"),
    "meeting_quorum_missed": _l("到会 {present} 人，不够。至少要 {needed} 名委员到会，会议才有效。"),
    "handover_item_not_found": _l("清单里没有这一项，可能刚被改过。请刷新后再看。"),
    "handover_signed": _l("「{label}」这一方已经签过字，不能再签。请取消勾选这一项，或者只填另一方的姓名。"),
    "handover_not_given": _l("「{label}」还没有移交。请先填移交人的姓名，再由新一届接收。"),
    "signer_missing": _l("还没有人签字。请填移交人或接收人的姓名，最好双方都填。"),
    "filing_paper_unknown": _l("清单里没有要上传的这份材料。"),
    "filing_number_missing": _l("请填备案证明的编号。"),
    "filing_not_handed_in": _l("还没有记录材料已收。请先记“已收”。"),
    "filed_already": _l("已经备案，不用再记。"),
}

FILING_STATE_NAMES: dict[FilingState, LazyString] = {
    FilingState.RECEIVED: _l("已收"),
    FilingState.INCOMPLETE: _l("要补正"),
    FilingState.FILED: _l("已备案"),
}

#: Verdict of a vote to what a person reads.
VERDICT_NAMES: dict[str, LazyString] = {
    "passed": _l("通过"),
    "failed": _l("未通过"),
    "no_quorum": _l("投票无效（参与不足）"),
    "elected": _l("全部选出"),
    "partial": _l("部分选出"),
    "tied": _l("有人得票相同，待抽签"),
}
