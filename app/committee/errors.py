"""Own what can be wrong with the record of the owners' committee."""

from __future__ import annotations

from app.errors import Malformed, NotFound, RuleBroken


class TermNotFound(NotFound):
    """Say that the complex has no such term of its committee."""

    code = "term_not_found"


class MemberNotFound(NotFound):
    """Say that the complex's committee has no such member or alternate."""

    code = "member_not_found"


class TermExists(RuleBroken):
    """Say that a term of this number is recorded already; values: number."""

    code = "term_exists"


class TermReversed(Malformed):
    """Say that a term ends before it begins."""

    code = "term_reversed"


class TermsOverlap(RuleBroken):
    """Say that two terms would run at the same time; values: number (of the other one)."""

    code = "terms_overlap"


class MembersTooMany(Malformed):
    """Say that there are more members than seats; values: members, seats."""

    code = "members_too_many"


class MembersMissing(Malformed):
    """Say that a term needs at least one member in office."""

    code = "members_missing"


class MemberTwice(Malformed):
    """Say that the same person stands twice in the list; values: name."""

    code = "member_twice"


class MemberLineUnclear(Malformed):
    """Say that a line of the list is not a name with a building and an office; values: number, line."""

    code = "member_line_unclear"


class OfficesUnclear(Malformed):
    """Say that the offices are not one chair and at most one vice-chair for each other member, all in office."""

    code = "offices_unclear"


class MembershipOver(RuleBroken):
    """Say that the membership ended already."""

    code = "membership_over"


class MembershipLasts(RuleBroken):
    """Say that who still serves has nothing to hand over as a leaver."""

    code = "membership_lasts"


class DayOutsideTerm(Malformed):
    """Say that a day lies outside the term or in the future; values: starts_on, until."""

    code = "day_outside_term"


class NoVacancy(RuleBroken):
    """Say that no seat is free."""

    code = "committee_complete"


class NoAlternate(RuleBroken):
    """Say that no alternate is left who could move up."""

    code = "no_alternate"
