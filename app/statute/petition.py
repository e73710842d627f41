"""Own when a petition of owners stands: a fifth of the area and of the heads.

Source: 指导规则 21 (rule pack ``petition_area``, ``petition_heads``); P-20 ``heads_only`` reads 物业管理条例 13, which asks for
owners alone. Who signed, and for which units, the caller knows.
"""

from __future__ import annotations

from app.statute.findings import Condition, ConditionCode
from app.statute.policies import Policies
from app.statute.rule_pack import RulePack
from app.statute.weight import Measure, Weight


def petition_conditions(signed: Weight, totals: Weight, policies: Policies, pack: RulePack) -> tuple[Condition, ...]:
    """Return what the petition must reach, with the exact numbers; ``explain`` turns each into a sentence."""
    measures = (Measure.HEADS,) if policies["P-20"] == "heads_only" else tuple(Measure)
    return tuple(
        Condition(ConditionCode.PETITION, measure, signed[measure], totals[measure], pack.threshold(f"petition_{measure}"))
        for measure in measures
    )


def petition_stands(signed: Weight, totals: Weight, policies: Policies, pack: RulePack) -> bool:
    """Say whether every condition of a petition is met."""
    return all(condition.holds for condition in petition_conditions(signed, totals, policies, pack))
