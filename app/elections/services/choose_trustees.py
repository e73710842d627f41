"""Choose the three organisations that hold the parts of the opening key."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete

from app.db.session import db
from app.elections.errors import TrusteesRefused
from app.elections.models import ElectionTrustee
from app.elections.policies import require_three_sides
from app.elections.queries import company_organisations, trustee_choices
from app.elections.services.load_election import locked_draft
from app.elections.types import Party, TrusteeChoice
from app.tenancy.types import ComplexRow


def choose_trustees(uuid: str, place: ComplexRow, account_ids: Sequence[int]) -> None:
    """Set the trustees of a draft, numbered in the fixed order of their sides.

    Raises: ElectionNotFound, ElectionFrozen, TrusteesRefused.
    """
    election = locked_draft(uuid)
    chosen = chosen_trustees(place, account_ids)
    db.session.execute(delete(ElectionTrustee).where(ElectionTrustee.election_id == election.id))
    for index, trustee in enumerate(chosen, start=1):
        db.session.add(
            ElectionTrustee(
                election_id=election.id,
                position=index,
                organisation=trustee.organisation,
                party=trustee.party.value,
                account_id=trustee.account_id,
            )
        )
    db.session.flush()


def chosen_trustees(place: ComplexRow, account_ids: Sequence[int]) -> list[TrusteeChoice]:
    """Return the accounts as trustees, in the order of their sides.

    Raises: TrusteesRefused when one may not be a trustee here or the three are not of three sides and organisations.
    """
    possible = {choice.account_id: choice for choice in trustee_choices(place)}
    if not set(account_ids) <= set(possible):
        raise TrusteesRefused(reason="role_missing")
    chosen = [possible[account_id] for account_id in account_ids]
    require_three_sides(chosen, company_organisations(place))
    return sorted(chosen, key=lambda trustee: list(Party).index(trustee.party))
