"""Own the tables of the statutory procedures.

Facts, orders, postings, papers and filings are append-only: a mistake is answered by a later row, never by a change.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKeyConstraint, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import GlobalRow, TenantScoped, tenant_key, tenant_reference


class Procedure(TenantScoped):
    """Be one formation, renewal, by-election, recall or decision from its cause to its last duty."""

    __tablename__ = "procedures"
    __table_args__ = (
        tenant_key(),
        tenant_reference("term_id", "committee_terms"),
        tenant_reference("member_id", "committee_members"),
        UniqueConstraint("tenant_id", "code"),
    )

    #: Eight base58 characters; the public id, also in URLs.
    code: Mapped[str] = mapped_column(String(16))
    #: See app.procedure.types.ProcedureKind.
    kind: Mapped[str] = mapped_column(String(20))
    #: Title, 「第三届业主委员会换届」.
    title: Mapped[str] = mapped_column(String(80))
    #: ``running``, ``stopped`` by the street, ``finished`` or ``abandoned``.
    state: Mapped[str] = mapped_column(String(20), index=True)
    #: Committee term it is about; None for a first election and for decisions.
    term_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Last day of that term when the procedure began.
    term_ends_on: Mapped[date | None]
    #: Seats to fill; None where nobody is elected.
    seats: Mapped[int | None] = mapped_column(Integer)
    #: Member whose recall is asked; None otherwise.
    member_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Matter of Civil Code 278 of a decision; empty where people are elected.
    matter: Mapped[str] = mapped_column(String(20), default="")
    #: Buildings that decide, as on the roll; empty for the whole complex.
    scope: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Rule pack its dates are computed with.
    rule_pack: Mapped[str] = mapped_column(String(40))
    #: Public id of its vote; empty before one is drafted.
    election_uuid: Mapped[str] = mapped_column(String(32), default="")
    #: Account that began it.
    started_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was begun.
    started_at: Mapped[datetime]
    #: When it was finished or abandoned; None while it runs.
    ended_at: Mapped[datetime | None]
    #: Why it was abandoned; empty otherwise.
    end_reason: Mapped[str] = mapped_column(Text, default="")


class PlannedDate(TenantScoped):
    """Be the date chosen for a step; without one the plan's own date holds."""

    __tablename__ = "planned_dates"
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        UniqueConstraint("tenant_id", "procedure_id", "step"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Key of the step, or ``voting_days`` and ``objection_days`` with ``days``.
    step: Mapped[str] = mapped_column(String(30))
    #: The date; None where ``days`` is given.
    on: Mapped[date | None] = mapped_column("planned_on")
    #: A number of days; None where a date is given.
    days: Mapped[int | None] = mapped_column(Integer)


class StepFact(TenantScoped):
    """Be the fact that a step was done on a day, with its proof; or that such a fact was recorded in error."""

    __tablename__ = "step_facts"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        tenant_reference("file_id", "stored_files"),
        tenant_reference("undoes_id", "step_facts"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Key of the step.
    step: Mapped[str] = mapped_column(String(30))
    #: Day on which it was done.
    done_on: Mapped[date]
    #: What was said of it.
    note: Mapped[str] = mapped_column(Text, default="")
    #: Paper that proves it.
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Values of this kind of step, such as who was told; never personal data.
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    #: The fact this row takes back; None for a fact itself.
    undoes_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Account that recorded it; None where the system did.
    recorded_by: Mapped[int | None] = mapped_column(BigInteger)
    #: When it was recorded.
    recorded_at: Mapped[datetime]


class StreetOrder(TenantScoped):
    """Be an order of the street: stop, go on, correct, or let a step pass in spite of what blocks it."""

    __tablename__ = "street_orders"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        tenant_reference("file_id", "stored_files"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: ``stop``, ``resume``, ``correct`` or ``override``.
    order: Mapped[str] = mapped_column("order_kind", String(20))
    #: Key of the step it is about; empty for the whole procedure.
    step: Mapped[str] = mapped_column(String(30), default="")
    #: Code of what blocked, for an override; empty otherwise.
    blocker: Mapped[str] = mapped_column(String(60), default="")
    #: The reason, shown to everybody.
    reason: Mapped[str] = mapped_column(Text)
    #: Name and organisation of the person who answers for it.
    signed_by: Mapped[str] = mapped_column(String(80))
    #: Where it was given: the office, a meeting.
    place: Mapped[str] = mapped_column(String(80))
    #: The written order.
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Account that recorded it.
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was recorded.
    recorded_at: Mapped[datetime]


class GroupMember(TenantScoped):
    """Be a member of the preparatory or renewal group 筹备组、换届小组; its list is posted by law."""

    __tablename__ = "group_members"
    __table_args__ = (tenant_key(), tenant_reference("procedure_id", "procedures"))

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Name as it is posted.
    name: Mapped[str] = mapped_column(String(40))
    #: ``owner``, ``street``, ``residents_committee``, ``developer`` or ``other``.
    side: Mapped[str] = mapped_column(String(20))
    #: Door of an owner, ``3-1-1202``, or the organisation of the others.
    belongs_to: Mapped[str] = mapped_column(String(80), default="")
    #: Whether this member chairs the group.
    is_head: Mapped[bool] = mapped_column(Boolean, default=False)
    #: Place in the list.
    position: Mapped[int] = mapped_column(Integer)


class Nomination(TenantScoped):
    """Be a proposal of a candidate, with what was found of the person's eligibility."""

    __tablename__ = "nominations"
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        tenant_reference("photo_id", "stored_files"),
        tenant_reference("evidence_id", "stored_files"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Name as it will be published.
    name: Mapped[str] = mapped_column(String(40))
    #: Door on the roll, ``3-1-1202``.
    unit_code: Mapped[str] = mapped_column(String(40))
    #: Owner on the roll the name was found as; None where it was not found.
    person_id: Mapped[int | None] = mapped_column(BigInteger)
    #: ``self``, ``owners`` or ``community``.
    proposed_by: Mapped[str] = mapped_column(String(20))
    #: At most 50 characters.
    introduction: Mapped[str] = mapped_column(String(200), default="")
    #: The photo; None until given.
    photo_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Requirement of 指导规则 31 to ``met``, ``unmet`` or ``unclear``; empty before the check.
    checks: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: What the person declared: arrears, illegal building, relatives in the company; code to yes, no or words.
    declaration: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    #: Paper behind the check; None where none was needed.
    evidence_id: Mapped[int | None] = mapped_column(BigInteger)
    #: ``proposed``, ``eligible``, ``refused`` or ``withdrawn``.
    state: Mapped[str] = mapped_column(String(20), default="proposed")
    #: Why it was refused or withdrawn; empty otherwise.
    reason: Mapped[str] = mapped_column(Text, default="")
    #: Owner's account that proposed it, or staff.
    created_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was proposed.
    created_at: Mapped[datetime]
    #: Account that decided.
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    #: When it was decided.
    decided_at: Mapped[datetime | None]


class Objection(TenantScoped):
    """Be an objection 异议 to what was posted, with its answer."""

    __tablename__ = "objections"
    __table_args__ = (tenant_key(), tenant_reference("procedure_id", "procedures"), UniqueConstraint("tenant_id", "number"))

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Number in the complex, from 1; what an owner quotes.
    number: Mapped[int] = mapped_column(Integer)
    #: ``group``, ``candidates``, ``notice``, ``result`` or ``recall``.
    about: Mapped[str] = mapped_column(String(20))
    #: Nomination or member it is about, as shown; empty where it is about the whole.
    subject: Mapped[str] = mapped_column(String(80), default="")
    #: What is objected, sealed: it may name persons.
    text_sealed: Mapped[str] = mapped_column(Text)
    #: Account of the owner who objected; None where staff wrote it down.
    account_id: Mapped[int | None] = mapped_column(BigInteger)
    #: When it came in.
    received_at: Mapped[datetime]
    #: The answer, shown to everybody without names; empty before.
    answer: Mapped[str] = mapped_column(Text, default="")
    #: Whether it was found right; None before the answer.
    upheld: Mapped[bool | None] = mapped_column(Boolean)
    #: Account that answered.
    answered_by: Mapped[int | None] = mapped_column(BigInteger)
    #: When it was answered.
    answered_at: Mapped[datetime | None]


class Posting(TenantScoped):
    """Be the proof that a paper hung at a place: a photo taken before the board."""

    __tablename__ = "postings"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        tenant_reference("photo_id", "stored_files"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Code of the paper, ``N5``.
    paper: Mapped[str] = mapped_column(String(10))
    #: Board or door, 「3栋1单元门口」.
    place: Mapped[str] = mapped_column(String(80))
    #: The photo.
    photo_id: Mapped[int] = mapped_column(BigInteger)
    #: Account that took it.
    posted_by: Mapped[int] = mapped_column(BigInteger)
    #: When the server received it.
    posted_at: Mapped[datetime]


class KeptPaper(TenantScoped):
    """Be a paper as it was printed for the record; a newer one of the same code stands beside it."""

    __tablename__ = "kept_papers"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        tenant_reference("file_id", "stored_files"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Code of the paper, ``N5``, or of an uploaded paper of the filing checklist.
    code: Mapped[str] = mapped_column(String(30))
    #: The file.
    file_id: Mapped[int] = mapped_column(BigInteger)
    #: Pages, counted when it was kept; None for a picture.
    pages: Mapped[int | None] = mapped_column(Integer)
    #: Account that made or uploaded it; None where the system did.
    kept_by: Mapped[int | None] = mapped_column(BigInteger)
    #: When it was kept.
    kept_at: Mapped[datetime]


class Filing(TenantScoped):
    """Be one state of the filing 备案: handed in, to be completed, filed."""

    __tablename__ = "filings"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        tenant_reference("file_id", "stored_files"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: ``received``, ``incomplete`` or ``filed``.
    state: Mapped[str] = mapped_column(String(20))
    #: Day of it.
    on: Mapped[date] = mapped_column("filed_on")
    #: What is missing, or what was said.
    note: Mapped[str] = mapped_column(Text, default="")
    #: Number of the certificate; empty before.
    number: Mapped[str] = mapped_column(String(60), default="")
    #: The certificate.
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Account that recorded it.
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was recorded.
    recorded_at: Mapped[datetime]


class HandoverItem(TenantScoped):
    """Be one thing the old committee hands to the new one: records, a seal, an account, property."""

    __tablename__ = "handover_items"
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        UniqueConstraint("tenant_id", "procedure_id", "position"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Place in the list.
    position: Mapped[int] = mapped_column(Integer)
    #: What it is.
    label: Mapped[str] = mapped_column(String(80))
    #: How many, which numbers, or what is missing; empty where nothing is to say.
    note: Mapped[str] = mapped_column(String(200), default="")
    #: Who of the old committee gave it; empty before.
    given_by: Mapped[str] = mapped_column(String(40), default="")
    #: When it was given.
    given_at: Mapped[datetime | None]
    #: Who of the new committee took it; empty before.
    received_by: Mapped[str] = mapped_column(String(40), default="")
    #: When it was taken.
    received_at: Mapped[datetime | None]
    #: Account that wrote it down, as the witness.
    witnessed_by: Mapped[int | None] = mapped_column(BigInteger)


class PetitionSignature(TenantScoped):
    """Be one voter's signature under a petition, checked against the roll."""

    __tablename__ = "petition_signatures"
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        UniqueConstraint("tenant_id", "procedure_id", "unit_code"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: Door as it was written, normalised.
    unit_code: Mapped[str] = mapped_column(String(40))
    #: ``counted``, ``unknown_door``, ``not_an_owner`` or ``withdrawn``.
    state: Mapped[str] = mapped_column(String(20))
    #: Account that wrote it down.
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was written down.
    recorded_at: Mapped[datetime]


class Statement(TenantScoped):
    """Be what a person concerned says for the record: the reasons of a petition, the reply of the member."""

    __tablename__ = "statements"
    __append_only__ = True
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        tenant_reference("file_id", "stored_files"),
    )

    #: The procedure.
    procedure_id: Mapped[int] = mapped_column(BigInteger, index=True)
    #: ``reasons`` or ``reply``.
    kind: Mapped[str] = mapped_column(String(20))
    #: The text, published with the announcement.
    text: Mapped[str] = mapped_column(Text)
    #: The signed paper.
    file_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Account that recorded it.
    recorded_by: Mapped[int] = mapped_column(BigInteger)
    #: When it was recorded.
    recorded_at: Mapped[datetime]


class Reminder(TenantScoped):
    """Be one reminder of a date, claimed once by whichever worker comes first."""

    __tablename__ = "reminders"
    __table_args__ = (
        tenant_key(),
        tenant_reference("procedure_id", "procedures"),
        tenant_reference("term_id", "committee_terms"),
        UniqueConstraint("tenant_id", "key"),
    )

    #: What it is, unique in the complex: ``term:<id>:six_months``, ``procedure:<id>:filing:overdue``.
    key: Mapped[str] = mapped_column(String(80))
    #: The procedure; None where it is about a term.
    procedure_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    #: The term; None where it is about a procedure.
    term_id: Mapped[int | None] = mapped_column(BigInteger)
    #: Step it is about; empty for a term.
    step: Mapped[str] = mapped_column(String(30), default="")
    #: First day on which it is due.
    due_on: Mapped[date] = mapped_column(index=True)
    #: Role that is told.
    role: Mapped[str] = mapped_column(String(30))
    #: When a worker took it up and it appeared; None while waiting.
    claimed_at: Mapped[datetime | None]
    #: When somebody said it was seen, or the step was done; None while it is shown.
    settled_at: Mapped[datetime | None]


class ShortLink(GlobalRow):
    """Be the short name by which the codes printed on a procedure's papers find it; it holds no personal data.

    It belongs to no tenant, because whoever types a code has not said which complex is meant.
    """

    __tablename__ = "short_links"
    __append_only__ = True
    __table_args__ = (
        ForeignKeyConstraint(["complex_id"], ["complexes.id"]),
        UniqueConstraint("name"),
        UniqueConstraint("complex_id", "procedure_code"),
    )

    #: The first five characters of every code printed for the procedure.
    name: Mapped[str] = mapped_column(String(5))
    #: The complex.
    complex_id: Mapped[int] = mapped_column(BigInteger)
    #: Public code of the procedure.
    procedure_code: Mapped[str] = mapped_column(String(16))
