"""Own who takes the seats: rank, ties, partial results and alternates 候补 (P-RANK, P-PARTIAL, P-ALT).

Source: app/statute/LAW.md 3.6.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.statute.case import ElectionKind
from app.statute.policies import Policies
from app.statute.rule_pack import RulePack
from app.statute.weight import Measure, Weight


@dataclass(frozen=True, slots=True)
class Seating:
    """Say who sits, who waits and who is tied; the lists hold candidates."""

    elected: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()
    #: True when the tie keeps a seat open until a public lot; false when it only concerns an alternate's place.
    seat_tied: bool = False
    #: The candidate left out so that the committee is odd.
    dropped: str | None = None


def rank_candidates(passing: Sequence[str], support: Mapping[str, Weight], base: Weight, policies: Policies) -> list[str]:
    """Sort candidates by P-RANK, best first; those equal in both measures stay in the order given.

    ``base`` is what the majority is a share of: who takes part, or all owners. Equal ratio sums are decided by area,
    equal heads by area, equal areas by heads, so that only candidates equal in both measures are left without an order.
    """
    keys: dict[str, Callable[[Weight], tuple[int, int]]] = {
        # a/A + h/H and a*H + h*A give the same order, because A and H are positive.
        "ratio_sum": lambda w: (
            w[Measure.AREA] * base[Measure.HEADS] + w[Measure.HEADS] * base[Measure.AREA],
            w[Measure.AREA],
        ),
        "heads": lambda w: (w[Measure.HEADS], w[Measure.AREA]),
        "area": lambda w: (w[Measure.AREA], w[Measure.HEADS]),
    }
    key = keys[policies["P-RANK"]]
    return sorted(passing, key=lambda candidate: key(support[candidate]), reverse=True)


def ratio_sum(weight: Weight, participating: Weight) -> Fraction:
    """Return area over participating area plus heads over participating heads, exactly."""
    return Fraction(weight[Measure.AREA], participating[Measure.AREA]) + Fraction(
        weight[Measure.HEADS], participating[Measure.HEADS]
    )


def fill_seats(
    ranked: Sequence[str],
    support: Mapping[str, Weight],
    seats: int,
    kind: ElectionKind,
    order: Sequence[str],
    policies: Policies,
    pack: RulePack,
) -> Seating:
    """Seat the ranked candidates who passed; an empty seating means that nobody is elected.

    ``order`` is the order of candidates in which a tie is listed.
    """
    places = _places(len(ranked), seats, kind, policies, pack)
    if not places:
        return Seating()
    tie = _tie_across(ranked, places, support)
    if tie:
        above = [candidate for candidate in ranked[:places] if candidate not in tie]
        return Seating(tuple(above), (), _listed(tie, order), seat_tied=True)
    rest = list(ranked[places:])
    dropped = rest[0] if len(ranked) < seats and rest else None
    if policies["P-ALT"] == "none":
        return Seating(tuple(ranked[:places]), dropped=dropped)
    share = pack.share("alternates_share")
    limit = seats * share.numerator // share.denominator
    tie = _tie_across(rest, limit, support)
    waiting = [candidate for candidate in rest[:limit] if candidate not in tie]
    return Seating(tuple(ranked[:places]), tuple(waiting), _listed(tie, order), dropped=dropped)


def _places(passing: int, seats: int, kind: ElectionKind, policies: Policies, pack: RulePack) -> int:
    """Return how many of the passing candidates may sit; zero when the result is not accepted."""
    if passing >= seats:
        return seats
    if kind is ElectionKind.BY_ELECTION:
        return passing
    policy = policies["P-PARTIAL"]
    if policy == "fail":
        return 0
    step = pack.number("committee_step")
    places = passing - 1 if policy == "accept_odd" and passing and passing % step == 0 else passing
    enough = places >= pack.number("committee_min") and pack.threshold("partial_share").is_met(places, seats)
    return places if enough else 0


def _tie_across(ranked: Sequence[str], places: int, support: Mapping[str, Weight]) -> set[str]:
    """Return all candidates equal in both measures around the last of the places; empty when the border is clear."""
    if places <= 0 or places >= len(ranked) or support[ranked[places - 1]] != support[ranked[places]]:
        return set()
    return {candidate for candidate in ranked if support[candidate] == support[ranked[places]]}


def _listed(tie: set[str], order: Sequence[str]) -> tuple[str, ...]:
    return tuple(candidate for candidate in order if candidate in tie)
