"""Rules of the ballot box: changes, channels, receipt codes, repeated ciphertexts; and who may speak for a voter."""

from __future__ import annotations

import pytest

from app.ballots.errors import CoownerSpeaks, EntitlementHeld, NoChangesLeft, NotNominee, OtherChannelFirst, TooManyCredentials
from app.ballots.policies import require_may_vote
from app.ballots.rules import (
    CODE_ALPHABET,
    MAX_ENROLMENTS,
    UNLIMITED,
    changes_left,
    ciphertext_digests,
    normalise_code,
    receipt_code,
    require_change_allowed,
    require_channel,
    require_replacement_allowed,
)
from app.ballots.turnout import quorum_mark
from app.ballots.types import Standing
from app.crypto.encoding import b64_sha
from app.crypto.errors import RepeatedCiphertext
from app.crypto.proofs import Ciphertext
from app.roll.types import Entitlement
from app.statute.policies import Policies
from app.statute.weight import Measure
from app.values.area import Area
from app.web.charts import Reading


def entitlement(*, person: int = 1, nominee: bool = False, persons: int = 1, holds: str | None = None) -> Entitlement:
    return Entitlement(7, Area(8932), 1, ("1-1-0101",), person, nominee, persons, holds)


@pytest.mark.parametrize(
    ("policy", "accepted", "left"),
    [("once", 0, 1), ("once", 1, 1), ("once", 2, 0), ("none", 0, 0), ("none", 1, 0), ("unlimited", 5, UNLIMITED)],
)
def test_counts_the_changes_that_are_left(policy: str, accepted: int, left: int) -> None:
    assert changes_left(Policies({"P-CHANGE": policy}), accepted) == left


@pytest.mark.parametrize(("policy", "allowed"), [("none", 1), ("once", 2)])
def test_refuses_the_ballot_after_the_last_change(policy: str, allowed: int) -> None:
    policies = Policies({"P-CHANGE": policy})
    require_change_allowed(policies, Standing(1, ballots_accepted=allowed - 1))
    with pytest.raises(NoChangesLeft):
        require_change_allowed(policies, Standing(1, ballots_accepted=allowed))


def test_never_refuses_a_change_without_limit() -> None:
    require_change_allowed(Policies({"P-CHANGE": "unlimited"}), Standing(1, ballots_accepted=500))


@pytest.mark.parametrize("policy", ["first", "paper_final"])
def test_refuses_an_electronic_ballot_after_paper_where_paper_stays(policy: str) -> None:
    with pytest.raises(OtherChannelFirst):
        require_channel(Policies({"P-CHANNEL": policy}), Standing(1, channel="paper"))


@pytest.mark.parametrize("policy", ["electronic_final", "last"])
def test_accepts_an_electronic_ballot_after_paper_where_it_replaces_it(policy: str) -> None:
    require_channel(Policies({"P-CHANNEL": policy}), Standing(1, channel="paper"))


def test_limits_the_credentials_of_one_voter() -> None:
    require_replacement_allowed(Policies(), Standing(1, enrolments=MAX_ENROLMENTS - 1))
    with pytest.raises(TooManyCredentials):
        require_replacement_allowed(Policies(), Standing(1, enrolments=MAX_ENROLMENTS))


def test_receipt_codes_are_eight_letters_nobody_confuses() -> None:
    codes = {receipt_code(b64_sha(str(number))) for number in range(2000)}
    assert len(codes) == 2000
    assert {len(code) for code in codes} == {8}
    letters = set("".join(codes))
    assert letters == set(CODE_ALPHABET)
    assert not letters & set("01OI")


@pytest.mark.parametrize("typed", ["K7QM4R2P", "k7qm-4r2p", " K7QM 4R2P ", "Ｋ７ＱＭ－４Ｒ２Ｐ", "k7qm—4r2p"])
def test_reads_a_receipt_code_however_it_is_typed(typed: str) -> None:
    assert normalise_code(typed) == "K7QM4R2P"


def test_leaves_a_tracker_as_it_is() -> None:
    tracker = b64_sha("a ballot")
    assert normalise_code(f" {tracker}\n") == tracker


def test_refuses_an_alpha_that_occurs_twice() -> None:
    assert len(ciphertext_digests([Ciphertext(5, 7), Ciphertext(6, 7)])) == 2
    with pytest.raises(RepeatedCiphertext):
        ciphertext_digests([Ciphertext(5, 7), Ciphertext(5, 8)])


def test_lets_the_only_owner_vote_under_every_coowner_policy() -> None:
    for policy in ("nominee_only", "first_ballot", "void"):
        require_may_vote(entitlement(), Policies({"P-COOWNER": policy}), None)


def test_lets_only_the_nominee_of_coowners_vote() -> None:
    policies = Policies({"P-COOWNER": "nominee_only"})
    require_may_vote(entitlement(persons=2, nominee=True), policies, None)
    with pytest.raises(NotNominee):
        require_may_vote(entitlement(persons=2), policies, None)


@pytest.mark.parametrize("policy", ["first_ballot", "void"])
def test_lets_the_first_coowner_speak_alone(policy: str) -> None:
    policies = Policies({"P-COOWNER": policy})
    require_may_vote(entitlement(person=1, persons=2), policies, None)
    require_may_vote(entitlement(person=1, persons=2), policies, 1)
    with pytest.raises(CoownerSpeaks):
        require_may_vote(entitlement(person=2, persons=2), policies, 1)


def test_holds_a_claim_that_waits_for_a_check() -> None:
    with pytest.raises(EntitlementHeld):
        require_may_vote(entitlement(holds="binding_pending"), Policies(), None)


def test_takes_the_quorum_mark_from_the_rule_pack() -> None:
    mark = quorum_mark("civil_code_2021", Measure.HEADS)
    assert (mark.label, mark.inclusive) == ("2/3", True)


def test_two_thirds_itself_is_enough_for_the_quorum() -> None:
    mark = quorum_mark("civil_code_2021", Measure.AREA)
    assert Reading(2, 3, mark).reached is True
    assert Reading(19_999, 30_000, mark).reached is False
