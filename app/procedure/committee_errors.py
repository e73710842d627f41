"""Own what can be wrong with petitions, replies, proposals and the leaving of members."""

from __future__ import annotations

from app.errors import Malformed, NotFound, RuleBroken


class ProposersTooFew(Malformed):
    """Say that too few members of the committee ask; values: needed, members."""

    code = "proposers_too_few"


class OwnersMustPetition(Malformed):
    """Say that an extraordinary meeting is asked for by owners and not by members."""

    code = "owners_must_petition"


class StatementMissing(Malformed):
    """Say that the words are missing that everybody is to read."""

    code = "statement_missing"


class LinesMissing(Malformed):
    """Say that the pasted list holds no line that could be a door."""

    code = "lines_missing"


class PetitionChecked(RuleBroken):
    """Say that the petition was checked, so that its list stands."""

    code = "petition_checked"


class SignatureNotFound(NotFound):
    """Say that the petition has no such line."""

    code = "signature_not_found"


class NotALeaver(NotFound):
    """Say that the person is not one who has still to hand over in this procedure."""

    code = "not_a_leaver"


class MatterNeedsEverybody(Malformed):
    """Say that a matter binds the whole complex, so that no part of it can decide."""

    code = "matter_for_everybody"
