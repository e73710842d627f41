"""Own the table of changes that a complex's own rules of procedure make to the values of the rule packs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import TenantScoped, tenant_key, tenant_reference


class RuleChange(TenantScoped):
    """Be one value that the own rules change; its content never changes, a later confirmed one takes its place."""

    __tablename__ = "rule_changes"
    __table_args__ = (tenant_key(), tenant_reference("file_id", "stored_files"))

    #: Key of the policy or period, ``P-RANK`` or ``objection_days``.
    key: Mapped[str] = mapped_column(String(40), index=True)
    #: The value the rules fix.
    value: Mapped[str] = mapped_column(String(40))
    #: ``rules`` 议事规则 or ``voting_rules`` 张贴的表决规则 of a first assembly.
    basis: Mapped[str] = mapped_column(String(20))
    #: Page on which the sentence stands.
    page: Mapped[int] = mapped_column(Integer)
    #: The sentence, word by word.
    sentence: Mapped[str] = mapped_column(Text)
    #: The document it stands in; None where it is kept on paper only.
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Account of the first person, who proposed it.
    proposed_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was proposed.
    proposed_at: Mapped[datetime]
    #: Account of the second person, who compared it with the document; None until then.
    confirmed_by: Mapped[int | None] = mapped_column(BigInteger)
    #: When it was confirmed and came into force.
    confirmed_at: Mapped[datetime | None]
    #: Account that withdrew it; None otherwise.
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger)
    #: When it was withdrawn.
    withdrawn_at: Mapped[datetime | None]
    #: Why it was withdrawn; empty otherwise.
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")
