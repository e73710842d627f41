"""Own the sentences of the committee's changes and of the owners' proposals: what blocks a step and the way out, refusals."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.procedure.types import SignatureState

#: Code of a blocker to its sentence with the way out; placeholders as in its values.
BLOCKER_SENTENCES: dict[str, LazyString] = {
    "no_seat_free": _l("现在没有空缺的名额，不用补选。有委员离任的，先在业委会记录里登记。"),
    "alternates_first": _l("还有候补委员 {names}，应先按得票顺序递补。请到业委会记录里登记递补；候补都不能递补时再补选。"),
    "re_election_due": _l("在任委员 {serving} 人，不到名额 {seats} 人的一半，不能补选，应重新选举整个业委会。请办理换届。"),
    "vacancies_changed": _l("空缺从 {then} 个变成了 {now} 个。请撤回「职务终止」这一步，再按现在的空缺重新记录。"),
    "leavers_wait": _l("{names} 还没有移交。请催办，移交后在这里登记。"),
    "reasons_missing": _l("还没有写明理由。理由会和公告一起公布，请在下面填写。"),
    "petition_heads_short": _l(
        "联名的人数 {signed}/{total}，没有达到 {share}，还差 {missing} 人。请继续收集签名，在下面补录。"
    ),
    "petition_area_short": _l(
        "联名的面积 {signed}/{total} ㎡，没有达到 {share}，还差 {missing} ㎡。请继续收集签名，在下面补录。"
    ),
    "reply_time_runs": _l("当事委员可以在 {until} 前书面答复。收到答复就在下面登记；到期没有答复，再记为没有答复。"),
    "committee_expired": _l("业委会任期已在 {ends_on} 届满，不能再召集表决。先换届；或由街道写明原因放行，交居委会代为召集。"),
    "committee_too_few": _l(
        "业委会只剩 {serving} 位委员，不到名额 {seats} 人的一半，不能再召集表决。先重新选举；或由街道放行，交居委会代为召集。"
    ),
    "matter_withheld": _l("业委会正在换届，这类重大事项要留给新一届。等换届完成再办；确实等不得，由街道写明原因放行。"),
}

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "proposers_too_few": _l("提议的委员太少：在任委员 {members} 人，至少要 {needed} 人提议。"),
    "owners_must_petition": _l("召开临时业主大会要由业主联名提议，委员提议请走普通表决。"),
    "statement_missing": _l("请写明内容，大家都能看到。"),
    "lines_missing": _l("没有看到门牌。每行写一户，例如：3-1-1202 王芳。"),
    "petition_checked": _l("联名已经核对完，不能再改。核对有误的，先撤回这一步。"),
    "signature_not_found": _l("名单里没有这一户，可能刚被改过。请刷新后再看。"),
    "matter_for_everybody": _l("这类事项要由全小区业主表决，不能只由几栋楼表决。请不选楼栋。"),
    "not_a_leaver": _l("这位委员不在等待移交的名单里。请刷新后再看。"),
}

SIGNATURE_STATES: dict[SignatureState, LazyString] = {
    SignatureState.COUNTED: _l("计入"),
    SignatureState.UNKNOWN_DOOR: _l("名册里没有这一户"),
    SignatureState.NOT_AN_OWNER: _l("签名人不是这一户的业主"),
    SignatureState.WITHDRAWN: _l("已撤回"),
}
