"""Own what a verdict is given: the options on the ballot, and numbers that can be judged at all (app/statute/LAW.md 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.errors import Malformed
from app.statute.case import Option
from app.statute.policies import Policies
from app.statute.weight import Measure, Weight


def marked_options(options: Mapping[str, Weight], policies: Policies) -> dict[str, Weight]:
    """Return a weight for every option on the ballot; raises Malformed ``option_unknown`` for votes on any other."""
    offered = [Option.AGREE, Option.AGAINST, Option.ABSTAIN]
    if policies["P-CONG"] == "yes":
        offered.append(Option.FOLLOW)
    for option, weight in options.items():
        if option not in offered and weight != Weight.zero():
            raise Malformed("option_unknown", got=str(option))
    return {str(option): options.get(option, Weight.zero()) for option in offered}


def require_electable(seats: int, candidates: Sequence[str], support: Mapping[str, Weight]) -> None:
    """Refuse an election that cannot be held; raises Malformed ``seats_missing`` or ``candidates_unusable``."""
    if seats < 1:
        raise Malformed("seats_missing", got=seats)
    if not candidates or len(set(candidates)) != len(candidates) or not set(support) <= set(candidates):
        raise Malformed("candidates_unusable")


def require_plausible(
    totals: Weight, by_ballot: Weight, silent: Weight, marked: Mapping[str, Weight], *, exclusive: bool = True
) -> None:
    """Refuse totals of nothing, which are never a verdict, and parts larger than their whole.

    Raises Malformed ``totals_empty`` or ``totals_contradict``.
    """
    if not totals.area or not totals.heads:
        raise Malformed("totals_empty", area=str(totals.area), heads=totals.heads)
    parts = [Weight.total(marked.values())] if exclusive else list(marked.values())
    for measure in Measure:
        if by_ballot[measure] + silent[measure] > totals[measure]:
            raise Malformed("totals_contradict", measure=str(measure))
        if any(part[measure] > by_ballot[measure] for part in parts):
            raise Malformed("totals_contradict", measure=str(measure))
