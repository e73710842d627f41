"""Own the clear result of a closed box: the totals that the trustees' parts open to, judged by the statute.

Shared by the preview, the publication and the result page, so that all three say the same. Source: Civil Code 278,
``app.verifier.result`` (the form of result.json).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.ballots.errors import NotEnoughParts, ResultContradicts
from app.ballots.types import Contest
from app.ballots.weights import frozen_roll
from app.crypto.election import Election as Definition
from app.crypto.tally import combine, parse_partial_decryption, parse_tally
from app.crypto.trustees import parse_trustees
from app.elections.queries import encrypted_tallies, partial_decryptions
from app.elections.types import TallyRow, parse_definition
from app.errors import DomainError
from app.statute.verdict import Verdict
from app.statute.weight import Measure, Weight
from app.verifier.definition import Definition as Description
from app.verifier.result import judge, result_json

Totals = Mapping[Measure, list[list[int]]]


@dataclass(frozen=True)
class Outcome:
    """Hold the totals per measure, question and answer, who took part, and the verdict of every question."""

    totals: Totals
    participating: Weight
    verdicts: tuple[Verdict, ...]
    #: Exact bytes of result.json.
    result_json: bytes


def parts_given(contest: Contest) -> list[int]:
    """Return the indexes of the trustees who have opened."""
    return sorted({partial.index for partial in partial_decryptions(contest.row.id)})


def parts_needed(contest: Contest) -> int:
    """Return how many trustees must open."""
    return parse_trustees(contest.row.trustees_body or b"", contest.definition.group).threshold


def open_result(contest: Contest) -> Outcome:
    """Combine the trustees' parts into the clear totals and judge them.

    Raises: NotEnoughParts, ResultContradicts.
    """
    tallies = encrypted_tallies(contest.row.id)
    parts = partial_decryptions(contest.row.id)
    needed = parts_needed(contest)
    if not tallies or len({part.index for part in parts}) < needed:
        raise NotEnoughParts(given=len({part.index for part in parts}), needed=needed)
    totals = {
        measure: _clear_totals(
            contest.definition.raw,
            needed,
            tallies[measure.value].body,
            tuple((part.index, part.body) for part in parts if part.weight == measure.value),
            tallies[measure.value].total_weight,
        )
        for measure in Measure
    }
    return judge_totals(contest, tallies, totals)


def judge_totals(contest: Contest, tallies: Mapping[str, TallyRow], totals: Totals) -> Outcome:
    """Judge clear totals by the definition's rule pack and policies.

    Raises: ResultContradicts when they cannot be a count of this box.
    """
    participating = Weight.of(tallies["area"].total_weight, tallies["heads"].total_weight)
    description = Description.parse(contest.definition.description)
    whole = frozen_roll(contest.row).totals
    try:
        verdicts = judge(contest.definition, description, whole, participating, totals)
        body = result_json(contest.definition, description, whole, participating, totals)
    except DomainError as problem:
        raise ResultContradicts(reason=problem.code) from problem
    return Outcome(totals, participating, tuple(verdicts), body)


@lru_cache(maxsize=16)
def _clear_totals(
    definition: bytes, threshold: int, tally: bytes, parts: tuple[tuple[int, bytes], ...], bound: int
) -> list[list[int]]:
    """Combine once per set of parts: the discrete logarithms take up to a second for a large complex."""
    election: Definition = parse_definition(definition)
    partials = {index: parse_partial_decryption(election, body) for index, body in parts}
    return combine(election, threshold, parse_tally(election, tally), partials, bound)
