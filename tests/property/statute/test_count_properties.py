"""Hold what must be true of every count, whatever the units, ballots and policies."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.statute.case_file import read_case
from app.statute.count import Outcome, count_matter
from app.statute.explain import explain_all
from app.statute.output import outcome_json
from app.statute.policies import policy_registry
from app.statute.rule_pack import Matter, ThresholdClass, load_rule_pack
from app.statute.verdict import ElectionOutcome, VerdictKind, judge_election, judge_matter
from app.statute.weight import Measure, Weight
from app.values import Area

PACK = load_rule_pack()
OWNERS = ["dev", *"ABCDEFG"]
CANDIDATES = ["c1", "c2", "c3", "c4", "c5", "c6"]
COUNTED = {key: [value.value for value in policy.values] for key, policy in policy_registry().items() if policy.counted}

areas = st.integers(1, 20_000).map(lambda centi: str(Area(centi)))
policies = st.fixed_dictionaries({}, optional={key: st.sampled_from(values) for key, values in COUNTED.items()})


@st.composite
def unit_lists(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Draw units over few owners, so that sets repeat and overlap; the first always counts."""
    units = [{"unit": "0", "area": draw(areas), "owners": ["A"]}]
    for number in range(1, draw(st.integers(1, 10))):
        owners = draw(st.lists(st.sampled_from(OWNERS), min_size=1, max_size=3, unique=True))
        unit: dict[str, Any] = {"unit": str(number), "area": draw(areas), "owners": owners}
        unit["status"] = draw(st.sampled_from(["delivered"] * 6 + ["unsold", "undelivered"]))
        unit["use"] = draw(st.sampled_from(["exclusive"] * 4 + ["parking"]))
        unit["counted"] = draw(st.sampled_from([True] * 6 + [False]))
        unit["nominee"] = draw(st.sampled_from([None, *owners]))
        units.append(unit)
    return units


@st.composite
def cases(draw: st.DrawFn, elect: bool = False) -> dict[str, Any]:
    """Draw a whole case; ballots may share an instant, be invalid, name a unit, or come from anybody."""
    units = draw(unit_lists())
    chosen = draw(policies)
    homes = {owner: [unit["unit"] for unit in units if owner in unit["owners"]] for owner in OWNERS}
    known = [owner for owner in OWNERS if homes[owner]]
    options: list[Any] = ["agree", "against", "abstain", None]
    if chosen.get("P-CONG") == "yes":
        options.append("follow")
    lists = st.lists(st.sampled_from(CANDIDATES), max_size=5, unique=True)
    choices = st.one_of(st.none(), lists) if elect else st.sampled_from(options)
    ballots = []
    for _ in range(draw(st.integers(0, 14))):
        owner = draw(st.sampled_from(known))
        entry: dict[str, Any] = {"owner": owner, "channel": draw(st.sampled_from(["electronic", "paper"]))}
        entry["at"] = f"2027-05-22T09:{draw(st.integers(0, 30)):02d}:00+08:00"
        entry["choice"] = draw(choices)
        entry["valid"] = draw(st.sampled_from([True] * 5 + [False]))
        entry["unit"] = draw(st.sampled_from([None, None, *homes[owner]]))
        ballots.append(entry)
    case: dict[str, Any] = {"units": units, "ballots": ballots, "policies": chosen, "developer": "dev"}
    case["delivered"] = draw(st.lists(st.sampled_from(known), unique=True))
    case["matter"] = "ELECT" if elect else draw(st.sampled_from([m for m in Matter if m is not Matter.ELECT]))
    if elect:
        case |= {"seats": 5, "candidates": CANDIDATES, "election": draw(st.sampled_from(["committee", "by_election"]))}
    return case


def counted(case: dict[str, Any]) -> Outcome:
    """Read and count a drawn case."""
    return count_matter(read_case(case))


def numbers(outcome: Outcome) -> dict[str, object]:
    """Return what must not depend on the order of the file."""
    document = outcome_json(outcome)
    return {key: document[key] for key in ("totals", "participating", "quorum", "options", "attributed", "verdict")}


def check_consistent(case: dict[str, Any], outcome: Outcome) -> None:
    """Check what holds for every matter: parts within wholes, and every ballot accounted for."""
    verdict = outcome.verdict
    for measure in Measure:
        assert verdict.participating[measure] <= verdict.totals[measure]
        quorum = Fraction(verdict.participating[measure], verdict.totals[measure]) >= Fraction(2, 3)
        assert quorum == getattr(verdict.quorum, measure)
        for mark, added in verdict.attributed.items():
            assert verdict.options[mark][measure] + added[measure] <= verdict.participating[measure]
    assert (verdict.verdict is VerdictKind.NO_QUORUM) == (not verdict.quorum.met)
    assert len(outcome.ignored) <= len(case["ballots"])
    explained = explain_all(verdict.findings), explain_all(verdict.findings, "en")
    assert all(sentence for language in explained for sentence in language)


@settings(max_examples=300, deadline=None)
@given(cases())
def test_matter_is_consistent_and_agrees_with_fractions(case: dict[str, Any]) -> None:
    outcome = counted(case)
    check_consistent(case, outcome)
    verdict = outcome.verdict
    if verdict.quorum.met:
        agreeing = verdict.options["agree"] + verdict.attributed["agree"]
        shares = [Fraction(agreeing[measure], verdict.participating[measure]) for measure in Measure]
        if verdict.threshold is ThresholdClass.SPECIAL:
            passed = all(share >= Fraction(3, 4) for share in shares)
        else:
            passed = all(share > Fraction(1, 2) for share in shares)
        assert passed == (verdict.verdict is VerdictKind.PASSED)


@settings(max_examples=200, deadline=None)
@given(cases(elect=True))
def test_election_is_consistent_and_seats_only_who_passes(case: dict[str, Any]) -> None:
    outcome = counted(case)
    check_consistent(case, outcome)
    verdict = outcome.verdict
    assert isinstance(verdict, ElectionOutcome)
    lists = [*verdict.elected, *verdict.alternates, *verdict.tied]
    assert len(lists) == len(set(lists))
    for candidate in lists:
        support = verdict.options[candidate] + verdict.attributed[candidate]
        assert all(2 * support[measure] > verdict.participating[measure] for measure in Measure)
    assert len(verdict.elected) <= 5
    assert len(verdict.alternates) <= 2


@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_units_and_owners_does_not_matter(case: dict[str, Any], random: Any) -> None:
    before = numbers(counted(case))
    units = [unit | {"owners": random.sample(unit["owners"], len(unit["owners"]))} for unit in case["units"]]
    random.shuffle(units)
    delivered = random.sample(case["delivered"], len(case["delivered"]))
    assert numbers(counted(case | {"units": units, "delivered": delivered})) == before


@settings(max_examples=150, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_order_of_ballots_in_the_file_does_not_matter_when_instants_differ(case: dict[str, Any], random: Any) -> None:
    ballots = [entry | {"at": f"2027-05-22T09:{i:02d}:00+08:00"} for i, entry in enumerate(case["ballots"])]
    before = numbers(counted(case | {"ballots": ballots}))
    random.shuffle(ballots)
    assert numbers(counted(case | {"ballots": ballots})) == before


@settings(max_examples=150, deadline=None)
@given(cases(), st.data())
def test_splitting_a_unit_changes_no_number(case: dict[str, Any], data: st.DataObject) -> None:
    """Two units of one owner set are one head with the areas added, so a split unit counts as the whole one."""
    before = numbers(counted(case))
    index = data.draw(st.integers(0, len(case["units"]) - 1))
    unit = case["units"][index]
    centi = Area.parse(unit["area"]).centi
    if centi < 2:
        return
    part = data.draw(st.integers(1, centi - 1))
    halves = [unit | {"area": str(Area(centi - part))}, unit | {"unit": "split", "area": str(Area(part))}]
    units = [*case["units"][:index], *halves, *case["units"][index + 1 :]]
    assert numbers(counted(case | {"units": units})) == before


weights = st.tuples(st.integers(0, 50), st.integers(0, 50))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(list(Matter)), weights, weights, weights, weights, weights)
def test_turning_against_into_agree_never_loses(
    kind: Matter,
    agree: tuple[int, int],
    against: tuple[int, int],
    abstain: tuple[int, int],
    absent: tuple[int, int],
    turned: tuple[int, int],
) -> None:
    def judge(yes: Weight, no: Weight) -> VerdictKind:
        options = {"agree": yes, "against": no, "abstain": Weight.of(*abstain)}
        participating = Weight.total(options.values())
        return judge_matter(kind, participating + Weight.of(*absent) + Weight.of(1, 1), participating, options, {}).verdict

    yes, no = Weight.of(*agree), Weight.of(*against)
    move = Weight.of(min(turned[0], no[Measure.AREA]), min(turned[1], no[Measure.HEADS]))
    before, after = judge(yes, no), judge(yes + move, no - move)
    assert before is not VerdictKind.PASSED or after is VerdictKind.PASSED
    assert (before is VerdictKind.NO_QUORUM) == (after is VerdictKind.NO_QUORUM)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=6, max_size=6), st.data())
def test_more_support_never_costs_a_seat_among_enough(rows: list[tuple[int, int]], data: st.DataObject) -> None:
    """With at least as many passing as seats; a partial result may drop its last for being even."""
    everybody = Weight.of(100, 100)
    support = {name: Weight.of(*row) for name, row in zip(CANDIDATES, rows, strict=True)}
    rank = data.draw(st.sampled_from(COUNTED["P-RANK"]))
    before = judge_election(3, CANDIDATES, everybody, everybody, support, {"P-RANK": rank})
    if before.verdict is not VerdictKind.ELECTED:
        return
    name = data.draw(st.sampled_from(before.elected))
    room = everybody - support[name]
    extra = Weight.of(data.draw(st.integers(0, room[Measure.AREA])), data.draw(st.integers(0, room[Measure.HEADS])))
    after = judge_election(3, CANDIDATES, everybody, everybody, support | {name: support[name] + extra}, {"P-RANK": rank})
    assert name in after.elected


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(["quorum_area", "ordinary_area", "special_area"]), st.integers(1, 10**9), st.data())
def test_missing_is_exactly_the_least_that_helps(rule: str, whole: int, data: st.DataObject) -> None:
    threshold = PACK.threshold(rule)
    part = data.draw(st.integers(0, whole))
    missing = threshold.missing(part, whole)
    assert threshold.is_met(part, whole) == (missing == 0)
    assert threshold.is_met(part + missing, whole)
    if missing:
        assert not threshold.is_met(part + missing - 1, whole)
    share = Fraction(part, whole)
    exact = share > threshold.share if threshold.strict else share >= threshold.share
    assert threshold.is_met(part, whole) == exact


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10**6))
def test_boundaries_are_exact(unit: int) -> None:
    """Two thirds and three quarters pass at the boundary, one half does not; 0.01 m2 or one head less fails."""
    for rule, whole, at in [("quorum_area", 3 * unit, 2 * unit), ("special_heads", 4 * unit, 3 * unit)]:
        assert PACK.threshold(rule).is_met(at, whole)
        assert not PACK.threshold(rule).is_met(at - 1, whole)
    assert not PACK.threshold("ordinary_area").is_met(unit, 2 * unit)
    assert PACK.threshold("ordinary_area").is_met(unit + 1, 2 * unit)
