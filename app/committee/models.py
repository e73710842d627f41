"""Own the tables of the committee record: terms 届 and members, alternates included.

The names of committee members are published by law (指导规则 33, 36) and are therefore not sealed.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Boolean, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import TenantScoped, tenant_key, tenant_reference


class CommitteeTerm(TenantScoped):
    """Be one term 届 of the owners' committee."""

    __tablename__ = "committee_terms"
    __table_args__ = (tenant_key(), UniqueConstraint("tenant_id", "number"))

    #: Which committee it is, from 1: 第二届.
    number: Mapped[int] = mapped_column(Integer)
    #: First day of the term.
    starts_on: Mapped[date]
    #: Last day of the term.
    ends_on: Mapped[date]
    #: Seats the rules of procedure or the election fixed.
    seats: Mapped[int] = mapped_column(Integer)
    #: Public id of the vote that elected it; empty where the term was recorded from papers.
    election_uuid: Mapped[str] = mapped_column(String(32), default="")
    #: Since when the committee may only keep things going, because its renewal runs; None otherwise.
    caretaker_since_on: Mapped[date | None]
    #: When the committee was filed with the street and the housing department; None before.
    filed_on: Mapped[date | None]
    #: Number of the filing certificate; empty before.
    filing_number: Mapped[str] = mapped_column(String(60), default="")
    #: Account that recorded it.
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was recorded.
    recorded_at: Mapped[datetime]


class CommitteeMember(TenantScoped):
    """Be a member or an alternate 候补 of one term."""

    __tablename__ = "committee_members"
    __table_args__ = (
        tenant_key(),
        tenant_reference("term_id", "committee_terms"),
        tenant_reference("end_file_id", "stored_files"),
    )

    #: The term.
    term_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Name as it is published.
    name: Mapped[str] = mapped_column(String(40))
    #: Building, 「3栋」; empty where it is not said.
    building: Mapped[str] = mapped_column(String(40), default="")
    #: ``chair``, ``vice_chair``, ``member`` or ``alternate``.
    office: Mapped[str] = mapped_column(String(20), default="member")
    #: Rank in the election from 1; orders the alternates.
    rank: Mapped[int] = mapped_column(Integer)
    #: First day as a member or an alternate.
    since_on: Mapped[date]
    #: Last day; None while it lasts.
    ended_on: Mapped[date | None]
    #: Why it ended, see app.committee.types.Ending; empty while it lasts.
    end_reason: Mapped[str] = mapped_column(String(30), default="")
    #: What was said of it, for the record.
    end_note: Mapped[str] = mapped_column(Text, default="")
    #: Letter or paper that proves the ending.
    end_file_id: Mapped[int | None] = mapped_column(BigInteger)
    #: When papers, seals and property of the leaver were handed over; None before.
    handed_over_on: Mapped[date | None]
    #: Whether a vacancy left by this member has been filled.
    is_replaced: Mapped[bool] = mapped_column(Boolean, default=False)
    #: Account that recorded the latest change.
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was recorded.
    recorded_at: Mapped[datetime]
