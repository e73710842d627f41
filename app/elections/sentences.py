"""Own the sentences of elections: refusals, what keeps a draft from being announced, names of kinds and states."""

from __future__ import annotations

from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.elections.progress import Doing, Step, StepState
from app.elections.readiness import Problem
from app.elections.types import ElectionKind, ElectionState, Party
from app.statute.policies import policy_registry
from app.web.filters import current_lang, stamp

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "election_not_found": _l("没有找到这次投票。它可能还没有公告。"),
    "election_part_not_found": _l("这一项已经不在了，可能刚被删掉。请刷新后再看。"),
    "election_frozen": _l("这次投票已经公告，内容不能再改。要改，请先撤回，再重新公告。"),
    "election_incomplete": _l("还不能公告：有几处没有填好。请回到设置页，按上面的清单改。"),
    "election_not_open": _l("投票还没有开始，这张票没有投出去。请在开始时间之后再来。"),
    "election_closed": _l("投票已经截止，这张票没有投出去。截止前投的票照样算。"),
    "window_not_over": _l("投票还没有截止，不能封箱。"),
    "election_withdrawn": _l("这次投票已经撤回，没有投出任何票。"),
    "election_state_wrong": _l("这次投票现在不在这一步，什么都没有改变。请刷新后再看。"),
    "withdrawal_too_late": _l("投票已经开放，不能再撤回。"),
    "opening_blocked": _l("还不能开放投票：{waiting}还没有试开成功。三方都试开成功后才能开放。"),
    "window_over": _l("投票时间已经过了，不能再开放。请撤回后重新公告。"),
    "trustees_refused": _l(
        "这三方不能一起掌管钥匙。请选三个不同的单位：居委会或街道、监督机构、筹备组或换届小组，不能是物业公司。"
    ),
    "not_a_trustee": _l("您不是这次投票的钥匙持有人。"),
    "ceremony_not_begun": _l("公告之后才能做钥匙。"),
    "round_not_due": _l("还没轮到这一步，请等其他钥匙持有人。什么都没有改变。"),
    "round_already_given": _l("三方都已经往下走了，这一步不能再换。什么都没有改变。"),
    "rehearsal_failed": _l("试开没有成功：第{pair}方的钥匙合起来打不开。请先停下，联系街道。"),
    "text_too_long": _l("文字太长，最多 {limit} 个字。"),
    "reason_missing": _l("请写明原因，业主都能看到。"),
    "extension_not_allowed": _l("本次投票公告的规则不允许延长投票。"),
    "already_extended": _l("投票已经延长过一次，不能再延长，还是 {closes} 截止。请多提醒没投的业主。"),
    "extension_too_late": _l(
        "投票期间（{opens} 至 {closes}）才能延长，现在不在这段时间里。参与人数不够的，公布结果以后可以再发起一次。"
    ),
    "extension_too_long": _l("延长的天数不对：最少 1 天，最多 {days} 天。"),
    "window_too_long": _l("加上延长的天数，投票时间超过了 {days} 天的上限。请少延长几天。"),
    "objections_still_open": _l("异议期到 {until} 为止，过了这一天才能确认结果。"),
    "already_certified": _l("结果已经确认过了。"),
}

#: Code of a problem of a draft to its sentence; placeholders as in its values.
PROBLEMS: dict[str, LazyString] = {
    "window_begins_in_past": _l("开始时间已经过了"),
    "window_reversed": _l("截止时间早于开始时间"),
    "window_too_short": _l("投票时间太短，至少 {days} 天"),
    "window_too_long": _l("投票时间太长，最多 {days} 天"),
    "notice_short": _l("从今天公告到开始投票不满 {days} 日（公告当天不算）"),
    "matters_missing": _l("还没有表决事项"),
    "matters_too_many": _l("事项太多，一张票最多 {limit} 项"),
    "matter_unfinished": _l("第 {number} 项还有【】没有填"),
    "matter_twice": _l("第 {number} 项和别的事项题目一样"),
    "material_missing": _l("第 {number} 项没有附材料"),
    "election_matter_missing": _l("没有选举或更换委员的事项"),
    "seats_unlawful": _l("第 {number} 项：委员应是 {least} 至 {most} 人的单数，现在是 {seats} 人"),
    "seats_contradict_kind": _l("第 {number} 项与投票种类不符：罢免不选人，选举要有名额。请删去这一项，再重新添加"),
    "candidates_too_few": _l("第 {number} 项：选 {seats} 人，候选人只有 {candidates} 位"),
    "candidates_equal_seats": _l("第 {number} 项：候选人和名额一样多，不是差额选举"),
    "candidates_too_many": _l("第 {number} 项：候选人太多，最多 {limit} 位"),
    "candidate_twice": _l("第 {number} 项：有两位候选人的姓名和楼栋一样"),
    "policy_not_implemented": _l("规则“{policy}”选了电子投票还不支持的做法"),
    "policy_needs_notice": _l("首次业主大会还没有议事规则：“{policy}”不用默认做法，须在张贴的表决规则里写明"),
    "policy_against_own_rules": _l("“{policy}”和本小区议事规则第 {page} 页的规定不同"),
    "policy_without_clause": _l("“{policy}”不用默认做法，但还没有登记议事规则里的依据"),
    "committee_expired": _l("业委会任期已在 {ends_on} 届满，不能再召集业主表决。先换届；或由街道写明原因，交居委会代为召集"),
    "committee_too_few": _l(
        "业委会只剩 {serving} 位委员，不到 {seats} 个名额的一半，不能再召集。先重新选举；或由街道写明原因，交居委会代为召集"
    ),
    "matter_withheld": _l(
        "第 {number} 项：业委会正在换届，这类重大事项要留给新一届。请删去这一项，或等换届完成；确实等不得，由街道写明原因放行"
    ),
    "matter_needs_everybody": _l("第 {number} 项要由全小区业主表决，不能只由 {buildings} 表决。请改成全小区，或删去这一项"),
    "trustees_missing": _l("还没有选齐 {number} 方钥匙持有人"),
}

KIND_NAMES: dict[ElectionKind, LazyString] = {
    ElectionKind.RENEWAL: _l("业委会换届"),
    ElectionKind.FIRST_ELECTION: _l("首次业主大会、选举业委会"),
    ElectionKind.BY_ELECTION: _l("补选委员"),
    ElectionKind.RECALL: _l("罢免委员"),
    ElectionKind.DECISION: _l("业主共同决定事项"),
}

STATE_NAMES: dict[ElectionState, LazyString] = {
    ElectionState.DRAFT: _l("草稿"),
    ElectionState.ANNOUNCED: _l("已公告"),
    ElectionState.OPEN: _l("投票中"),
    ElectionState.CLOSED: _l("已截止"),
    ElectionState.PUBLISHED: _l("已公布结果"),
    ElectionState.WITHDRAWN: _l("已撤回"),
}

PARTY_NAMES: dict[Party, LazyString] = {
    Party.OPERATOR: _l("居委会或街道"),
    Party.SUPERVISOR: _l("监督机构"),
    Party.GROUP: _l("筹备组或换届小组"),
}


def say_problem(problem: Problem) -> str:
    """Return the sentence of a problem in the language of the request."""
    values: dict[str, Any] = dict(problem.values)
    if "policy" in values:
        values["policy"] = policy_registry()[values["policy"]].title.say(current_lang())
    return str(PROBLEMS[problem.code]).format_map(values)


STEP_NAMES: dict[Step, LazyString] = {
    Step.DRAFT: _l("填写草稿"),
    Step.ANNOUNCEMENT: _l("公告"),
    Step.KEYS: _l("三方做钥匙"),
    Step.REHEARSAL: _l("三方试开"),
    Step.OPENING: _l("开放投票"),
    Step.VOTING: _l("业主投票"),
    Step.DECRYPTION: _l("开箱计票"),
    Step.RESULT: _l("公布结果"),
}

#: What is to be done: what it is, why, and the word on its button.
DOING_WORDS: dict[Doing, tuple[LazyString, LazyString, LazyString]] = {
    Doing.FINISH_DRAFT: (_l("填好草稿，然后公告"), _l("公告之后三方才能做钥匙。"), _l("继续填写")),
    Doing.AWAIT_KEYS: (_l("等三方做钥匙"), _l("钥匙分给三方，任意两方到场才能开箱。"), _l("看进度")),
    Doing.AWAIT_REHEARSAL: (_l("等三方试开"), _l("三方都试开成功后，才能开放投票。"), _l("看进度")),
    Doing.OPEN: (_l("开放投票"), _l("三方都试开成功了，现在可以开放。"), _l("去开放")),
    Doing.AWAIT_START: (_l("已开放，等开始时间"), _l("到开始时间，业主就能投票，不用再按什么。"), _l("看这次投票")),
    Doing.WATCH: (_l("业主正在投票"), _l("截止前只看得到多少人投了，看不到投了什么。"), _l("看参与情况")),
    Doing.AWAIT_DECRYPTION: (_l("开箱计票"), _l("三方中任意两方到场，用各自的钥匙开箱。"), _l("看进度")),
    Doing.GIVE_KEY: (_l("做您这一方的钥匙"), _l("钥匙在您的电脑里做，只有您有。"), _l("去做钥匙")),
    Doing.GIVE_REHEARSAL: (_l("试开一次"), _l("用您的钥匙试开一个测试密文，证明截止后打得开。"), _l("去试开")),
    Doing.DECRYPT: (_l("开箱：用您的钥匙"), _l("投票已截止。两方到场就能开箱，只打开总数。"), _l("去开箱")),
}


def step_rows(steps: list[StepState]) -> list[tuple[str, str, list[str]]]:
    """Return the steps as the page's list shows them: state, word, and the time where there is one."""
    lang = current_lang()
    return [(step.state, str(STEP_NAMES[step.step]), [] if step.at is None else [stamp(step.at, lang)]) for step in steps]
