"""Own what every package shares: areas, money, shares, intervals, the clock, the names of ids, Chinese numbers.

Areas are integers of 0.01 m2 and money integers of fen, because the law compares them exactly
(app/statute/LAW.md 1); nothing here is ever a float.
"""

from app.values.area import Area
from app.values.clock import CHINA, Clock, FixedClock, china_iso, require_aware
from app.values.ids import (
    AccountId,
    CommunityId,
    ComplexSlug,
    DistrictId,
    ElectionId,
    ElectionUuid,
    PersonId,
    Sha256Hex,
    SnapshotId,
    StreetId,
    TenantId,
    Tracker,
    TrusteeIndex,
    UnitCode,
    UnitId,
    VoterNumber,
)
from app.values.interval import Interval
from app.values.money import Money
from app.values.share import Share, percent_text, ratio_text, share_of

__all__ = [
    "CHINA",
    "AccountId",
    "Area",
    "Clock",
    "CommunityId",
    "ComplexSlug",
    "DistrictId",
    "ElectionId",
    "ElectionUuid",
    "FixedClock",
    "Interval",
    "Money",
    "PersonId",
    "Sha256Hex",
    "Share",
    "SnapshotId",
    "StreetId",
    "TenantId",
    "Tracker",
    "TrusteeIndex",
    "UnitCode",
    "UnitId",
    "VoterNumber",
    "china_iso",
    "percent_text",
    "ratio_text",
    "require_aware",
    "share_of",
]
