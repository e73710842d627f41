"""Own the sentences of the own rules: refusals and the words of the pages."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.rulebook.types import ChangeState
from app.statute.own_rules import Basis

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "rule_change_not_found": _l("没有找到这一条规定。"),
    "rule_change_refused": _l("议事规则不能这样规定，什么都没有保存。"),
    "rule_change_needs_second_person": _l("是您登记的，要由另一个人对照原文核对。"),
    "rule_change_settled": _l("这一条已经核对过或撤回了，请刷新页面。"),
    "rule_change_reason_missing": _l("请写明为什么撤回。"),
}

BASIS_NAMES: dict[Basis, LazyString] = {
    Basis.RULES: _l("本小区议事规则"),
    Basis.VOTING_RULES: _l("张贴的表决规则（首次业主大会）"),
}

STATE_NAMES: dict[ChangeState, LazyString] = {
    ChangeState.PROPOSED: _l("等第二个人核对"),
    ChangeState.CONFIRMED: _l("两人已核对"),
    ChangeState.WITHDRAWN: _l("已撤回"),
}
