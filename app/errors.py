"""Own the families of errors that a use case, a rule or a verifier may raise.

Each concrete error lives in its slice and belongs to one family; ``app.web.errors`` maps a family to an HTTP status
and a page in one table. Errors carry values, never secrets.
"""

from __future__ import annotations


class DomainError(Exception):
    """Say that the domain refused something, by a stable code and the values that explain it."""

    #: Stable reason, shown in JSON answers and used to find the sentence for a person.
    code: str = "domain_error"

    def __init__(self, code: str | None = None, **values: object) -> None:
        if code is not None:
            self.code = code
        self.values = values
        super().__init__(self.code)

    def __str__(self) -> str:
        details = ", ".join(f"{key}={value!r}" for key, value in self.values.items())
        return f"{self.code} ({details})" if details else self.code


class NotFound(DomainError):
    """Say that the object does not exist for this actor; a foreign object is the same as none."""

    code = "not_found"


class PermissionRefused(DomainError):
    """Say that the actor is known but may not do this."""

    code = "permission_refused"


class RuleBroken(DomainError):
    """Say that a rule of law or of the procedure forbids the act now."""

    code = "rule_broken"


class Malformed(DomainError):
    """Say that bytes from outside do not have the required form; every low-level parse error ends here."""

    code = "malformed"


class VerificationFailed(DomainError):
    """Say that a well-formed proof, signature or record is not true."""

    code = "verification_failed"
