"""Own the frozen rows of the own rules: a change with the persons behind it, and a value as it holds here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.statute.own_rules import Basis, Change
from app.statute.rule_list import ListedValue


class ChangeState(StrEnum):
    """Name where a change stands; what was confirmed is taken back only as a whole, with a reason."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Hold a person who answers for a change, as he is named to the owners."""

    account_id: int
    name: str
    organisation: str

    @property
    def label(self) -> str:
        """Return name and organisation, ``周敏（青岚社区居委会）``."""
        return f"{self.name}（{self.organisation}）" if self.name and self.organisation else self.name or self.organisation


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """Hold the stored document a sentence was copied from."""

    file_id: int
    name: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Hold one change with everything recorded of it."""

    id: int
    key: str
    value: str
    basis: Basis
    page: int
    sentence: str
    #: None where the document is kept on paper only.
    document: DocumentRow | None
    proposed_by: PersonRow
    proposed_at: datetime
    confirmed_by: PersonRow | None
    confirmed_at: datetime | None
    withdrawn_by: PersonRow | None
    withdrawn_at: datetime | None
    #: Empty where it was not withdrawn.
    withdrawal_reason: str

    @property
    def state(self) -> ChangeState:
        """Say where it stands."""
        if self.withdrawn_at is not None:
            return ChangeState.WITHDRAWN
        return ChangeState.PROPOSED if self.confirmed_at is None else ChangeState.CONFIRMED

    @property
    def change(self) -> Change:
        """Return it as the statute reads it, with those who confirmed it so far."""
        people = (self.proposed_by, self.confirmed_by)
        labels = [person.label for person in people if person is not None]
        if len(labels) > 1 and labels[0] == labels[1]:
            labels[1] += " 2"
        return Change(self.key, self.value, self.basis, self.page, self.sentence, tuple(labels))


@dataclass(frozen=True, slots=True)
class ValueHere:
    """Hold one value as it holds in the complex; ``clause`` where its own rules fix it."""

    listed: ListedValue
    clause: ChangeRow | None
