"""Own what a committee hands over, and when a hand-over is complete.

Pure. What is handed over: 指导规则 48 with the archive of 40 and the seals of 41; a complex adds lines of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.procedure.types import HandoverRow

#: The lines a list begins with; Chinese, because they are printed and signed.
STANDING_ITEMS = (
    "业主大会、业主委员会会议记录和决定",
    "管理规约、议事规则、物业服务合同",
    "选举和备案材料",
    "维修资金账目",
    "公共收益账目、合同和凭证",
    "业主名册和业主代表名册",
    "业主的书面意见和建议",
    "业主大会印章",
    "业主委员会印章",
    "银行账户和密钥",
    "办公用品和其他财物",
)


def is_complete(items: Sequence[HandoverRow]) -> bool:
    """Say whether there is a list and both sides have signed every line of it."""
    return bool(items) and all(item.is_done for item in items)
