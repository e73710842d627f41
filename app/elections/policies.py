"""Own who may do what with an election: pure functions of the actor and the election.

Three trustees of three organisations, never the property company: no side opens the box alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from app.access.actor import Actor
from app.access.permissions import Permission
from app.access.roles import Role
from app.elections.errors import ElectionNotFound, NotATrustee, TrusteesRefused
from app.elections.types import ElectionRow, Party, TrusteeChoice, TrusteeRow


def may_see(actor: Actor, election: ElectionRow) -> bool:
    """Say whether the election exists for the actor: a draft only for those who prepare it."""
    return election.is_public or actor.may(Permission.ELECTION_PREPARE)


def require_visible(actor: Actor, election: ElectionRow) -> ElectionRow:
    """Return the election if it exists for the actor.

    Raises: ElectionNotFound.
    """
    if not may_see(actor, election):
        raise ElectionNotFound(uuid=election.uuid)
    return election


def party_of(roles: Iterable[Role]) -> Party:
    """Return the side an account stands for as a trustee, from the roles that count in the complex.

    Raises: TrusteesRefused when it does not hold the trustee role there (beside the property company's it is void).
    """
    held = frozenset(roles)
    if Role.TRUSTEE not in held:
        raise TrusteesRefused(reason="role_missing")
    if held & {Role.COMMUNITY_OPERATOR, Role.STREET_OPERATOR}:
        return Party.OPERATOR
    return Party.SUPERVISOR if Role.SUPERVISOR in held else Party.GROUP


def require_three_sides(trustees: Iterable[TrusteeChoice], barred_organisations: frozenset[str]) -> None:
    """Check that the trustees are three different organisations, one of each side, and none serves the complex as its company.

    Raises: TrusteesRefused; values: reason.
    """
    chosen = list(trustees)
    if {trustee.party for trustee in chosen} != set(Party) or len(chosen) != len(Party):
        raise TrusteesRefused(reason="sides")
    organisations = [_plain(trustee.organisation) for trustee in chosen]
    if "" in organisations or len(set(organisations)) != len(organisations):
        raise TrusteesRefused(reason="same_organisation")
    if set(organisations) & {_plain(name) for name in barred_organisations}:
        raise TrusteesRefused(reason="property_company")


def trustee_of(account_id: int | None, election: ElectionRow) -> TrusteeRow:
    """Return the trustee the account acts as.

    Raises: NotATrustee.
    """
    for trustee in election.trustees:
        if trustee.account_id == account_id:
            return trustee
    raise NotATrustee(uuid=election.uuid)


def _plain(organisation: str) -> str:
    return "".join(organisation.split())
