"""Own the sentences of procedures: refusals and what blocks any step; the owners of the steps add theirs."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.procedure import committee_sentences, paper_sentences, preparation_sentences, vote_sentences
from app.procedure.blocking import Blocker
from app.procedure.preparation_sentences import PAPER_NAMES

#: Code of a blocker of every step to its sentence.
_CORE_BLOCKERS: dict[str, LazyString] = {
    "procedure_stopped": _l("街道已责令停止。街道恢复办理以后才能继续。"),
}

#: Code of a refusal of any step to its sentence.
_CORE: dict[str, LazyString] = {
    "procedure_not_found": _l("没有找到这次换届或表决。"),
    "procedure_not_running": _l("这次换届或表决现在没有在办理（已停止、已终止或已办完），什么都没有改变。"),
    "procedure_runs": _l("「{title}」正在办理，不用再开始一次。"),
    "committee_exists": _l("小区已有在任的业委会，不用再成立业主大会。请办理换届。"),
    "no_vacancy": _l("业委会没有空缺，不用补选。有委员离任的，请先在业委会记录里写明。"),
    "member_not_serving": _l("请选一位在任的委员。"),
    "matter_missing": _l("请选要表决的事项。"),
    "seats_unlawful": _l("委员人数要是 {least} 至 {most} 之间的单数。"),
    "buildings_unknown": _l("名册上没有选中的楼栋。请刷新后再选。"),
    "date_in_vote": _l("投票已经设置或公告，日期以它为准。还没公告的，到投票的设置页改；已公告的，要撤回后重新公告。"),
    "term_unknown": _l("还没有业委会的任期记录。请先记录现任业委会的任期。"),
    "step_unknown": _l("这次换届或表决没有这一步。"),
    "step_automatic": _l("这一步由系统自动记录，不用手工记。"),
    "step_not_due": _l("还没轮到这一步：请先完成「{waiting}」。"),
    "step_done": _l("这一步已经记为完成。"),
    "step_blocked": _l("这一步还不能完成，原因见下面的清单。"),
    "date_in_future": _l("只能记录已经发生的事，日期不能晚于今天。"),
    "date_too_early": _l("按规定最早 {earliest} 才能做这一步。请核对日期。"),
    "date_refused": _l("这个日期不符合规定，没有保存。请按提示改。"),
    "date_fixed": _l("这一步的日期不用选：它由别的步骤决定，或已经发生。"),
    "fact_not_found": _l("这一步没有可以撤回的记录。"),
    "later_step_done": _l("后面的「{later}」已经完成，不能只撤回这一步。确实有错的，请街道责令更正。"),
    "order_not_possible": _l("现在不能下这个决定，什么都没有改变。请刷新后再看。"),
    "blocker_unknown": _l("这一项不能放行：法律没有留下余地，或它已经不再挡路。"),
    "order_incomplete": _l("请写明原因、负责人和作出决定的地点。"),
    "vote_runs": _l("投票已经公告或正在进行，不能直接终止。请先撤回投票。"),
}

#: Code of every refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    **_CORE,
    **preparation_sentences.SENTENCES,
    **vote_sentences.SENTENCES,
    **committee_sentences.SENTENCES,
    **paper_sentences.SENTENCES,
}

#: Code of every blocker to its sentence.
BLOCKER_SENTENCES: dict[str, LazyString] = {
    **_CORE_BLOCKERS,
    **preparation_sentences.BLOCKER_SENTENCES,
    **vote_sentences.BLOCKER_SENTENCES,
    **committee_sentences.BLOCKER_SENTENCES,
}


def say_blocker(blocker: Blocker) -> str:
    """Say what blocks a step and the way out."""
    values = dict(blocker.values)
    if "papers" in values:
        values["papers"] = "、".join(str(PAPER_NAMES[code]) for code in str(values["papers"]).split("、"))
    return str(BLOCKER_SENTENCES[blocker.code]).format_map(values)
