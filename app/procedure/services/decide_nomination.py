"""Decide on a proposed candidate: check the requirements with evidence, or take the person off the list with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.audit.services.record_event import record_event
from app.db.session import current_tenant_id, db
from app.documents.services.store_file import store_material
from app.elections.services.texts import checked_text
from app.procedure.eligibility import judge
from app.procedure.models import Nomination
from app.procedure.preparation_errors import NominationDecided, NotOwnNomination, RefusalReasonMissing
from app.procedure.queries import get_dossier
from app.procedure.services.nominate_candidate import check_not_frozen, nomination_of
from app.procedure.services.running_procedure import running_procedure
from app.procedure.types import NominationState
from app.roll.owner_queries import owners_among

REASON_LIMIT = 200


def check_nomination(
    code: str,
    nomination_id: int,
    checks: Mapping[str, str],
    declaration: Mapping[str, str],
    *,
    reason: str,
    evidence: bytes | None,
    at: datetime,
    account: int,
) -> NominationState:
    """Keep what was found of a person and what follows from it; return the state.

    A refusal needs a reason; who has sold the flat or does not meet a requirement is refused, anything unclear waits.
    Raises: ProcedureNotFound, ListFrozen, NominationNotFound, NominationDecided, RefusalReasonMissing, TextTooLong,
    FileTooLarge, NotAMaterial.
    """
    procedure = running_procedure(code)
    dossier = get_dossier(code)
    check_not_frozen(dossier)
    row = nomination_of(procedure, nomination_id)
    if row.state not in (NominationState.PROPOSED, NominationState.ELIGIBLE):
        raise NominationDecided(state=row.state)
    row.checks = dict(checks)
    row.declaration = {**row.declaration, **declaration}
    is_owner = row.person_id is not None and bool(owners_among([row.person_id]))
    judged = judge(row.checks, row.declaration, is_owner=is_owner, policies=dossier.policies)
    reason = checked_text(reason, REASON_LIMIT)
    if judged.state is NominationState.REFUSED and not reason:
        raise RefusalReasonMissing()
    if evidence is not None:
        row.evidence_id = store_material(evidence, name="资格审查材料", at=at, account=account, public=False).id
    _decide(row, judged.state, reason if judged.state is NominationState.REFUSED else "", at, account)
    return judged.state


def take_off_list(code: str, nomination_id: int, reason: str, *, at: datetime, account: int) -> None:
    """Take somebody off the list who withdraws, has sold, or against whom an objection was upheld.

    Raises: ProcedureNotFound, ListFrozen, NominationNotFound, NominationDecided, RefusalReasonMissing, TextTooLong.
    """
    row = _standing(code, nomination_id)
    reason = checked_text(reason, REASON_LIMIT)
    if not reason:
        raise RefusalReasonMissing()
    _decide(row, NominationState.WITHDRAWN, reason, at, account)


def withdraw_own_nomination(code: str, nomination_id: int, reason: str, *, at: datetime, account: int) -> None:
    """Let an owner take back what he proposed.

    Raises: as ``take_off_list``, and NotOwnNomination.
    """
    row = _standing(code, nomination_id)
    if row.created_by != account:
        raise NotOwnNomination()
    _decide(row, NominationState.WITHDRAWN, reason, at, account)


def _standing(code: str, nomination_id: int) -> Nomination:
    procedure = running_procedure(code)
    check_not_frozen(get_dossier(code))
    row = nomination_of(procedure, nomination_id)
    if row.state not in (NominationState.PROPOSED, NominationState.ELIGIBLE):
        raise NominationDecided(state=row.state)
    return row


def _decide(row: Nomination, state: NominationState, reason: str, at: datetime, account: int) -> None:
    row.state, row.reason = state.value, reason
    row.decided_by, row.decided_at = account, at
    db.session.flush()
    record_event(
        "procedure:nomination:decided", at=at, account=account, tenant=current_tenant_id(), nomination=row.id, state=state.value
    )
