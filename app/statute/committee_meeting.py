"""Own how many members a meeting of the committee needs: to be asked for, to be held and to decide.

Source: 指导规则 37, 38; P-CMTMAJ says whether exactly half of all members decide. Members have no proxies.
"""

from __future__ import annotations

from app.statute.policies import Policies
from app.statute.rule_pack import RulePack


def members_to_meet(members: int, pack: RulePack) -> int:
    """Return how many of the serving members must attend: more than half."""
    return pack.threshold("committee_quorum_share").missing(0, members)


def members_to_decide(members: int, policies: Policies, pack: RulePack) -> int:
    """Return how many of all serving members must agree: more than half, or half under P-CMTMAJ ``at_least_half``."""
    needed = members_to_meet(members, pack)
    if policies["P-CMTMAJ"] == "at_least_half":
        half = pack.share("committee_quorum_share") * members
        return -(-half.numerator // half.denominator)
    return needed


def members_to_ask(members: int, pack: RulePack) -> int:
    """Return how many members can demand a meeting: a third."""
    return pack.threshold("committee_demand_share").missing(0, members)
