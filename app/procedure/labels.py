"""Own the words by which procedures are named on pages, here and in other slices."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.procedure.plan import PlanStep
from app.procedure.spine import UNDATED_TITLES
from app.procedure.types import OrderKind, ProcedureKind, ProcedureState
from app.statute.languages import Bilingual
from app.statute.rule_pack import load_rule_pack
from app.statute.rule_words import unchecked_words
from app.statute.timeline_steps import StepKey, TimelineKind, step_title
from app.web.filters import current_lang

KIND_NAMES: dict[ProcedureKind, LazyString] = {
    ProcedureKind.FIRST_ELECTION: _l("成立业主大会"),
    ProcedureKind.RENEWAL: _l("换届"),
    ProcedureKind.BY_ELECTION: _l("补选"),
    ProcedureKind.RECALL: _l("罢免"),
    ProcedureKind.DECISION: _l("表决"),
    ProcedureKind.EXTRAORDINARY: _l("业主提议的临时会议"),
}

#: What each kind is for.
KIND_TEXTS: dict[ProcedureKind, LazyString] = {
    ProcedureKind.RENEWAL: _l("业委会任期快到了，选出新一届。任期、席位从记录里取，不用再填。"),
    ProcedureKind.BY_ELECTION: _l("有委员离任、候补也不够，补上空缺的席位。"),
    ProcedureKind.RECALL: _l("业主联名或委员提议，罢免一位委员；当事委员可以答复。"),
    ProcedureKind.DECISION: _l("业委会提出一件要业主共同决定的事。维修资金可以只由一栋楼表决。"),
    ProcedureKind.EXTRAORDINARY: _l("人数和面积达到规定比例的业主联名，要求就一件事表决。"),
    ProcedureKind.FIRST_ELECTION: _l("小区还没有业主大会：成立业主大会，通过规则，选出第一届业委会。"),
}

STATE_NAMES: dict[ProcedureState, LazyString] = {
    ProcedureState.RUNNING: _l("进行中"),
    ProcedureState.STOPPED: _l("街道责令停止"),
    ProcedureState.FINISHED: _l("已办完"),
    ProcedureState.ABANDONED: _l("已终止"),
}

#: What is asked of the steps the law does not date.
_UNDATED_RULES: dict[str, LazyString] = {
    "roll": _l("核实业主身份，建立名册，把名册贴出来让业主核对；名册决定总人数和总面积。"),
    "drafts": _l("草拟或修改议事规则、管理规约；不修改的，写明不修改。"),
    "candidates": _l("业主推荐或自荐，小组审查资格，名单公示，异议都要答复。"),
    "trustees": _l("开箱钥匙分给三方保管，投票开始前一起试开一次；试开不成功，不能开始投票。"),
    "seals": _l("凭备案证明刻制业主大会和业主委员会的印章。"),
    "petition_check": _l("街道对照名册核对联名：人数和面积都要达到规定的比例。"),
    "reply": _l("当事委员有权在表决前书面答复，答复与罢免理由一起公布。"),
    "proposal": _l("写明要表决的事项、方案和材料；全体业主都能看到。"),
}

_ACTOR_NAMES: dict[str, LazyString] = {
    "owners": _l("业主"),
    "system": _l("系统"),
    "committee": _l("业委会"),
    "street": _l("街道"),
    "operator": _l("社区工作人员"),
    "member": _l("离任委员"),
    "new_committee": _l("新一届业委会"),
    "both": _l("新老两届业委会"),
}

_GROUP_NAMES: dict[ProcedureKind, LazyString] = {
    ProcedureKind.FIRST_ELECTION: _l("筹备组"),
    ProcedureKind.RENEWAL: _l("换届小组"),
}

ORDER_NAMES: dict[OrderKind, LazyString] = {
    OrderKind.STOP: _l("责令停止"),
    OrderKind.RESUME: _l("恢复办理"),
    OrderKind.CORRECT: _l("责令更正"),
    OrderKind.OVERRIDE: _l("写明原因放行"),
}


URGENCY_NAMES: dict[str, LazyString] = {
    "late": _l("已过期"),
    "today": _l("今天"),
    "week": _l("这一周"),
    "later": _l("以后"),
}

#: Heads of the squares in the overview, two characters each.
STAGE_NAMES: dict[str, LazyString] = {
    "report": _l("报告"),
    "group": _l("小组"),
    "roll": _l("名册"),
    "candidates": _l("候选"),
    "notice": _l("公告"),
    "voting": _l("投票"),
    "count": _l("计票"),
    "result": _l("公布"),
    "filing": _l("备案"),
    "handover": _l("移交"),
}

#: Words of the public strip; the first stage is called by what begins the kind.
_PUBLIC_STAGES: dict[str, LazyString] = {
    "group": _l("小组"),
    "roll": _l("名册"),
    "candidates": _l("候选"),
    "notice": _l("投票"),
    "count": _l("计票"),
    "result": _l("公布"),
}

_BEGINNINGS: dict[ProcedureKind, LazyString] = {
    ProcedureKind.FIRST_ELECTION: _l("申请"),
    ProcedureKind.RENEWAL: _l("报告"),
    ProcedureKind.BY_ELECTION: _l("空缺"),
    ProcedureKind.RECALL: _l("提议"),
    ProcedureKind.DECISION: _l("方案"),
    ProcedureKind.EXTRAORDINARY: _l("提议"),
}

GROUP_NAMES: dict[str, LazyString] = {
    "late": _l("逾期"),
    "voting": _l("投票与计票"),
    "result": _l("公布与备案"),
    "preparing": _l("筹备"),
    "ending": _l("任期快到，还没开始换届"),
    "resting": _l("任期中"),
}

REMINDER_TEXTS: dict[str, LazyString] = {
    "alarm": _l("业委会任期还剩不到 {months} 个月，请准备换届。"),
    "report": _l("业委会任期还剩不到 {months} 个月，请向街道书面报告换届。"),
    "week": _l("「{step}」还剩 {days} 天。"),
    "day": _l("「{step}」还剩 {days} 天。"),
    "overdue": _l("「{step}」已经过期 {days} 天。"),
}

#: What each order does.
ORDER_TEXTS: dict[OrderKind, LazyString] = {
    OrderKind.STOP: _l("停止以后，任何一步都不能再办，直到街道恢复办理。"),
    OrderKind.RESUME: _l("恢复以后，从停下来的地方接着办。"),
    OrderKind.CORRECT: _l("这一步的记录撤回，改好以后重新办。"),
    OrderKind.OVERRIDE: _l("这一项不再挡住这一步。原因、负责人和地点写进公开记录，所有人都能看到。"),
}


def step_words(key: str, kind: ProcedureKind) -> Bilingual:
    """Return the title of a step in both languages; the public record holds the Chinese one."""
    own = UNDATED_TITLES.get(key)
    return own if own is not None else step_title(StepKey(key), TimelineKind(kind.timeline))


def title_of(key: str, kind: ProcedureKind) -> str:
    """Return the title of a step in the language of the page."""
    return step_words(key, kind).say(current_lang())


def stage_of(key: str, kind: ProcedureKind) -> str:
    """Return the word of a stage in the public strip."""
    return str(_PUBLIC_STAGES[key] if key in _PUBLIC_STAGES else _BEGINNINGS[kind])


def rule_of(step: PlanStep, rule_pack: str) -> tuple[str, str]:
    """Return what is asked of a step and the article it comes from, with the mark 待核 where nobody compared its text.

    The article is empty for a step the law does not date.
    """
    if step.law is None:
        return str(_UNDATED_RULES.get(step.key, "")), ""
    pack, lang = load_rule_pack(rule_pack), current_lang()
    article = ""
    if step.law.step.rules:
        provision = step.law.step.rules[0].provision
        article, mark = provision.article_en if lang == "en" else provision.article_zh, unchecked_words(provision, lang)
        if mark:
            article += f" ({mark})" if lang == "en" else f"（{mark}）"
    return step.law.step.law(pack).say(lang), article


def actor_of(step: PlanStep, kind: ProcedureKind) -> str:
    """Return who does a step, in the language of the page."""
    if step.spine.actor == "group":
        return str(_GROUP_NAMES.get(kind, _ACTOR_NAMES["committee"]))
    return str(_ACTOR_NAMES[step.spine.actor])
