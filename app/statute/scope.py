"""Own which matters the owners of some buildings may decide among themselves.

Where only some owners bear the cost or use the part in question, they decide, and quorum and majority are counted among
them alone: 住宅专项维修资金管理办法 22-25 for the use of the fund, by analogy for raising it, rebuilding and common parts. What
binds everybody - rules, covenant, committee, company - is decided by the whole complex (Civil Code 278).
"""

from __future__ import annotations

from app.statute.rule_pack import Matter

#: Matters of Civil Code 278 that a part of the complex may decide.
PART_MATTERS = frozenset({Matter.FUND_USE, Matter.FUND_RAISE, Matter.REBUILD, Matter.COMMON_USE, Matter.OTHER})
