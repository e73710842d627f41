"""Own the one list of permissions, named ``<scope>:<resource>:<action>``."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """Name what an endpoint may ask for; every endpoint declares exactly one."""

    PUBLIC_READ = "public:page:read"
    ACCOUNT_SIGN_IN = "account:session:create"
    ACCOUNT_MANAGE = "account:self:manage"
    ENTITLEMENT_CLAIM = "owner:entitlement:claim"
    BALLOT_CAST = "owner:ballot:cast"
    BALLOT_READ_OWN = "owner:ballot:read"
    COMPLEX_READ = "complex:overview:read"
    ROLL_READ = "complex:roll:read"
    ROLL_MANAGE = "complex:roll:manage"
    ELECTION_READ = "complex:election:read"
    ELECTION_PREPARE = "complex:election:prepare"
    ELECTION_ANNOUNCE = "complex:election:announce"
    ELECTION_OPEN = "complex:election:open"
    ELECTION_PUBLISH = "complex:election:publish"
    TURNOUT_READ = "complex:turnout:read"
    COMMITTEE_MANAGE = "complex:committee:manage"
    RULES_MANAGE = "complex:rules:manage"
    PROCEDURE_READ = "complex:procedure:read"
    PROCEDURE_MANAGE = "complex:procedure:manage"
    PROCEDURE_ORDER = "complex:procedure:order"
    NOMINATE = "owner:nomination:create"
    OBJECT = "owner:objection:create"
    TRUSTEE_ACT = "complex:trustee:act"
    DISTRICT_READ = "district:overview:read"
    PLATFORM_MANAGE = "platform:accounts:manage"
    DEMO_USE = "demo:tools:use"
