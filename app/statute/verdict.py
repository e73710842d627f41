"""Own the verdict on aggregated numbers: quorum, majority and election outcome.

Source: Civil Code 278; app/statute/LAW.md 1, 3.5, 3.6.
Shared by the count of single ballots, the result page and the verifier, so that all three apply the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.statute.attribution import Attribution, attribute_election, attribute_matter
from app.statute.case import ElectionKind, Option
from app.statute.findings import Condition, ConditionCode, Finding, Note, NoteCode
from app.statute.policies import Policies
from app.statute.ranking import Seating, fill_seats, rank_candidates
from app.statute.rule_pack import DEFAULT_RULE_PACK, Matter, RulePack, Threshold, ThresholdClass, load_rule_pack
from app.statute.verdict_input import marked_options, require_electable, require_plausible
from app.statute.verdict_notes import attribution_notes, counts_silence, result_note, seating_notes
from app.statute.weight import Measure, Weight


class VerdictKind(StrEnum):
    """Name what a vote came to."""

    PASSED = "passed"
    FAILED = "failed"
    NO_QUORUM = "no_quorum"
    ELECTED = "elected"
    PARTIAL = "partial"
    TIED = "tied"


@dataclass(frozen=True, slots=True)
class Quorum:
    """Say whether enough owners took part, by each measure and together."""

    area: bool
    heads: bool

    @property
    def met(self) -> bool:
        """Say whether both measures are satisfied."""
        return self.area and self.heads


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Hold the legal result of one matter with everything that explains it."""

    verdict: VerdictKind
    threshold: ThresholdClass
    quorum: Quorum
    totals: Weight
    #: Who takes part in the end, with silent voters where a policy counts them.
    participating: Weight
    #: What was marked on ballots that count.
    options: Mapping[str, Weight]
    #: What a policy adds to an option.
    attributed: Mapping[str, Weight]
    #: Conditions and notes in the order in which they are read out; the last is the conclusion.
    findings: tuple[Finding, ...]
    #: The result on returned ballots alone, where a policy may count those not returned; else None.
    without_silence: Verdict | None = None

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Return only the comparisons."""
        return tuple(finding for finding in self.findings if isinstance(finding, Condition))


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectionOutcome(Verdict):
    """Hold the legal result of an election; the lists are in order of rank, ``tied`` in order of the ballot."""

    seats: int
    elected: tuple[str, ...] = ()
    alternates: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()


def check_quorum(totals: Weight, participating: Weight, pack: RulePack) -> Quorum:
    """Compare participation with the quorum in both measures; a law without a quorum asks for nothing."""
    if not pack.has_quorum:
        return Quorum(True, True)
    met = {measure: pack.quorum(measure).is_met(participating[measure], totals[measure]) for measure in Measure}
    return Quorum(met[Measure.AREA], met[Measure.HEADS])


def judge_matter(
    kind: Matter,
    totals: Weight,
    participating: Weight,
    options: Mapping[str, Weight],
    policies: Mapping[str, str],
    *,
    silent: Weight | None = None,
    rule_pack: str = DEFAULT_RULE_PACK,
) -> Verdict:
    """Judge a matter with the options agree, against and abstain (and follow under P-CONG).

    ``participating`` is what takes part by ballot; ``silent`` are the voters served who returned nothing. A recall is
    judged as ``Matter.ELECT``. Raises Malformed ``totals_empty``, ``option_unknown``, or ``totals_contradict`` for
    impossible numbers.
    """
    pack, chosen, silent = load_rule_pack(rule_pack), Policies(policies), silent or Weight.zero()
    marked = marked_options(options, chosen)
    require_plausible(totals, participating, silent, marked)
    threshold = pack.matters[kind].threshold
    enough = check_quorum(totals, participating, pack).met
    added = attribute_matter(participating, marked, silent, enough, threshold, chosen, pack)

    quorum = check_quorum(totals, added.participating, pack)
    majority = [_majority(totals, marked, added, threshold, measure, pack) for measure in Measure]
    if not quorum.met:
        verdict = VerdictKind.NO_QUORUM
    else:
        verdict = VerdictKind.PASSED if all(condition.holds for condition in majority) else VerdictKind.FAILED
    findings: list[Finding] = attribution_notes(added, silent, threshold, chosen)
    findings += _quorum_conditions(totals, added.participating, pack)
    findings += majority if quorum.met else []
    without = None
    if counts_silence(silent, threshold, chosen):
        without = judge_matter(kind, totals, participating, options, policies, rule_pack=rule_pack)
        agreeing = marked[Option.AGREE] + added.attributed[Option.AGREE]
        findings.append(_result_without_silence(without))
        findings.append(result_note(NoteCode.WITH_SILENCE, verdict, added.participating, agreeing=agreeing))
    findings.append(Note(NoteCode.CONCLUSION, verdict=verdict))
    return Verdict(
        verdict=verdict,
        threshold=threshold,
        quorum=quorum,
        totals=totals,
        participating=added.participating,
        options=marked,
        attributed=added.attributed,
        findings=tuple(findings),
        without_silence=without,
    )


def judge_election(
    seats: int,
    candidates: Sequence[str],
    totals: Weight,
    participating: Weight,
    support: Mapping[str, Weight],
    policies: Mapping[str, str],
    *,
    silent: Weight | None = None,
    election: ElectionKind = ElectionKind.COMMITTEE,
    rule_pack: str = DEFAULT_RULE_PACK,
) -> ElectionOutcome:
    """Judge the election of a committee or a by-election; candidates are labels in the order of the ballot.

    Raises Malformed as ``judge_matter``, and ``seats_missing`` or ``candidates_unusable``.
    """
    pack, chosen, silent = load_rule_pack(rule_pack), Policies(policies), silent or Weight.zero()
    require_electable(seats, candidates, support)
    marked = {candidate: support.get(candidate, Weight.zero()) for candidate in candidates}
    require_plausible(totals, participating, silent, marked, exclusive=False)
    enough = check_quorum(totals, participating, pack).met
    added = attribute_election(participating, marked, silent, enough, chosen, pack)

    quorum = check_quorum(totals, added.participating, pack)
    conditions = [condition for candidate in candidates for condition in _support(candidate, totals, marked, added, pack)]
    passing = [name for name in candidates if all(c.holds for c in conditions if c.subject == name)]
    final = {candidate: marked[candidate] + added.attributed[candidate] for candidate in candidates}
    seating = Seating()
    if quorum.met:
        needed = pack.majority(pack.matters[Matter.ELECT].threshold, Measure.AREA)
        ranked = rank_candidates(passing, final, _base(needed, totals, added.participating), chosen)
        seating = fill_seats(ranked, final, seats, election, candidates, chosen, pack)
    verdict = _election_verdict(quorum, seating, seats)
    findings: list[Finding] = attribution_notes(added, silent, ThresholdClass.ORDINARY, chosen)
    findings += _quorum_conditions(totals, added.participating, pack)
    findings += [*conditions, *seating_notes(seating, len(passing), seats)] if quorum.met else []
    without = None
    if counts_silence(silent, ThresholdClass.ORDINARY, chosen):
        without = judge_election(
            seats, candidates, totals, participating, support, policies, election=election, rule_pack=rule_pack
        )
        findings.append(_result_without_silence(without))
        findings.append(result_note(NoteCode.WITH_SILENCE, verdict, added.participating, elected=seating.elected))
    findings.append(Note(NoteCode.CONCLUSION, verdict=verdict, numbers={"seats": seats, "passing": len(passing)}))
    return ElectionOutcome(
        verdict=verdict,
        threshold=pack.matters[Matter.ELECT].threshold,
        quorum=quorum,
        totals=totals,
        participating=added.participating,
        options=marked,
        attributed=added.attributed,
        findings=tuple(findings),
        without_silence=without,
        seats=seats,
        elected=seating.elected,
        alternates=seating.alternates,
        tied=seating.tied,
    )


def _result_without_silence(without: Verdict) -> Note:
    if isinstance(without, ElectionOutcome):
        return result_note(NoteCode.WITHOUT_SILENCE, without.verdict, without.participating, elected=without.elected)
    agreeing = without.options[Option.AGREE] + without.attributed[Option.AGREE]
    return result_note(NoteCode.WITHOUT_SILENCE, without.verdict, without.participating, agreeing=agreeing)


def _base(threshold: Threshold, totals: Weight, participating: Weight) -> Weight:
    """Return what a majority is a share of: all owners, or those who take part."""
    return totals if threshold.of == "totals" else participating


def _quorum_conditions(totals: Weight, participating: Weight, pack: RulePack) -> list[Condition]:
    if not pack.has_quorum:
        return []
    return [
        Condition(ConditionCode.QUORUM, measure, participating[measure], totals[measure], pack.quorum(measure))
        for measure in Measure
    ]


def _majority(
    totals: Weight,
    marked: Mapping[str, Weight],
    added: Attribution,
    threshold: ThresholdClass,
    measure: Measure,
    pack: RulePack,
) -> Condition:
    extra = added.attributed[Option.AGREE][measure]
    needed = pack.majority(threshold, measure)
    return Condition(
        ConditionCode.MAJORITY,
        measure,
        marked[Option.AGREE][measure] + extra,
        _base(needed, totals, added.participating)[measure],
        needed,
        attributed=extra,
    )


def _support(
    candidate: str, totals: Weight, marked: Mapping[str, Weight], added: Attribution, pack: RulePack
) -> list[Condition]:
    needed = {measure: pack.majority(pack.matters[Matter.ELECT].threshold, measure) for measure in Measure}
    return [
        Condition(
            ConditionCode.SUPPORT,
            measure,
            marked[candidate][measure] + added.attributed[candidate][measure],
            _base(needed[measure], totals, added.participating)[measure],
            needed[measure],
            attributed=added.attributed[candidate][measure],
            subject=candidate,
        )
        for measure in Measure
    ]


def _election_verdict(quorum: Quorum, seating: Seating, seats: int) -> VerdictKind:
    if not quorum.met:
        return VerdictKind.NO_QUORUM
    if seating.seat_tied:
        return VerdictKind.TIED
    if not seating.elected:
        return VerdictKind.FAILED
    return VerdictKind.ELECTED if len(seating.elected) == seats else VerdictKind.PARTIAL
