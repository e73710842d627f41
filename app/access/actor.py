"""Own the actor: who acts, in which place, with which roles. Policies take it; they never see the request."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.access.permissions import Permission
from app.access.roles import SIGNED_IN_PERMISSIONS, Role, permissions_of


@dataclass(frozen=True, slots=True)
class Actor:
    """Hold who acts in one request.

    ``roles`` are those that count in the complex (or, outside a complex, anywhere).
    """

    #: None for a visitor.
    account_id: int | None = None
    #: Name shown in the page header.
    display_name: str = field(default="", repr=False)
    #: Staff sign in with a password and a second factor; owners with a phone code.
    is_staff: bool = False
    #: Roles that count here.
    roles: frozenset[Role] = frozenset({Role.PUBLIC})

    @property
    def is_signed_in(self) -> bool:
        """Say whether an account stands behind the request."""
        return self.account_id is not None

    @property
    def permissions(self) -> frozenset[Permission]:
        """Return all permissions held here."""
        held = permissions_of(self.roles)
        return held | SIGNED_IN_PERMISSIONS if self.is_signed_in else held

    def may(self, permission: Permission) -> bool:
        """Say whether the actor holds a permission here."""
        return permission in self.permissions

    def has_place_here(self) -> bool:
        """Say whether the actor holds any role here beyond that of the public."""
        return bool(self.roles - {Role.PUBLIC})


VISITOR = Actor()
