"""Own a whole simulated election: real keys, ballots, proofs, record and result, without the web application.

Source: app/README.md "Commands" (``yeyi simulate``). The clear totals it knows are counted from the choices themselves,
apart from the decryption, so that both can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from app.crypto.credentials import Credential, prove_possession, serialise_public_credentials
from app.crypto.election import Election, serialise_election
from app.crypto.encoding import b64_sha, random_uuid, sha256_hex
from app.crypto.tally import combine, result_json, tally_json
from app.statute.policies import Policies
from app.statute.rule_pack import DEFAULT_RULE_PACK
from app.statute.weight import Measure, Weight
from app.tlog.checkpoints import Checkpoint, sign_checkpoint
from app.tlog.merkle import frontier_of, leaf_hash
from app.tlog.notes import SigningKey
from app.values import CHINA
from app.verifier import leaves as board
from app.verifier.archives import ClosedElection, MeasureParts, archive_bytes
from app.verifier.box import BoxContent, BoxOptions, BoxOutcome, Progress, examine_box
from app.verifier.ceremony import trustee_round_sha256
from app.verifier.definition import Definition
from app.verifier.enrolment import derive_enrolment
from app.verifier.package import RecordParts
from app.verifier.parallel import cores
from app.verifier.possession import enrolment_hints
from app.verifier.result import result_json as legal_result_json
from app.verifier.roll import Roll
from app.verifier.simulated_ballots import BallotOrder, make_ballots
from app.verifier.simulated_keys import KeyCeremony, Randomness, choose_trustees, hold_ceremony, log_proof, rehearse
from app.verifier.simulated_people import COMPLEX, Act, Plan, Step, make_questions, make_roll, make_steps

_FROZEN_AT = datetime(2027, 5, 5, 9, tzinfo=CHINA)
_OPENS_AT = datetime(2027, 5, 22, 9, tzinfo=CHINA)
_CLOSES_AT = datetime(2027, 6, 5, 18, tzinfo=CHINA)
_ANNOUNCEMENT = "模拟花园业主大会会议公告（模拟）"


@dataclass(frozen=True)
class SimulationSecrets:
    """Hold every secret of a simulation, so that damaged twins of its record can be made and signed consistently."""

    ceremony: KeyCeremony
    log: SigningKey
    #: By public key, decimal text.
    credentials: Mapping[str, Credential]


@dataclass(frozen=True)
class Simulation:
    """Hold what came out: the parts of the record package, the totals known from the clear choices, the secrets."""

    parts: RecordParts
    known: dict[str, Any]
    secrets: SimulationSecrets = field(repr=False)


class _Journal:
    """Write leaves one after another, a second apart unless a time is given."""

    def __init__(self) -> None:
        self.leaves: list[board.Leaf] = []
        self.at = _FROZEN_AT

    def write(self, leaf: board.Leaf) -> None:
        self.leaves.append(leaf)
        self.at += timedelta(seconds=1)


def simulate_election(plan: Plan, *, jobs: int = 0, progress: Progress | None = None) -> Simulation:
    """Hold the election of a plan; ``progress`` is told of ballots made."""
    seed = f"{plan.seed}|keys" if plan.insecure else None
    randomness = Randomness.of(seed)
    roll = make_roll(plan)
    uuid = random_uuid(randomness.below)
    held = hold_ceremony(uuid, plan.trustees, plan.threshold, randomness)
    definition, election = _define(plan, roll, uuid, held)
    journal = _Journal()
    _prepare(journal, roll, election, definition, held, randomness)
    steps = make_steps(plan, len(roll.voters), make_questions(plan))
    made, credentials = _vote(plan, journal, election, steps, randomness, jobs, progress)
    closed, totals = _count(plan, journal, roll, election, held, made, randomness, jobs)
    participating = Weight.of(*(closed.measures[measure].total_weight for measure in Measure))
    result = legal_result_json(election, definition, roll.totals, participating, totals)
    journal.write(board.ResultPublished(at=journal.at, election=uuid, sha256=sha256(result).hexdigest()))
    raw_leaves = [leaf.to_bytes() for leaf in journal.leaves]
    key = SigningKey(f"yeyi.simulated/{COMPLEX}", randomness.bytes(32))
    checkpoint = Checkpoint.of(key.name, frontier_of(map(leaf_hash, raw_leaves)))
    parts = RecordParts(
        uuid=uuid,
        complex=COMPLEX,
        area=archive_bytes(closed, Measure.AREA),
        heads=archive_bytes(closed, Measure.HEADS),
        roll=roll.to_bytes(),
        leaves=raw_leaves,
        checkpoint=sign_checkpoint(checkpoint, key),
        key=str(key.verifier),
        result=result,
        hints=[hints for _, hints in made],
        enrolment_hints=enrolment_hints(uuid, journal.leaves),
    )
    known = _known(plan, roll, election, steps, len(made))
    return Simulation(parts, known, SimulationSecrets(held, key, credentials))


def _define(plan: Plan, roll: Roll, uuid: str, held: KeyCeremony) -> tuple[Definition, Election]:
    questions = make_questions(plan)
    definition = Definition(
        announcement=sha256_hex(_ANNOUNCEMENT),
        complex=COMPLEX,
        kinds=tuple(kind for kind, _, _ in questions),
        opens_at=_OPENS_AT,
        closes_at=_CLOSES_AT,
        policies=dict(Policies()),
        roll=roll.digest(),
        rule_pack=DEFAULT_RULE_PACK,
        seats=tuple(seats for _, seats, _ in questions),
        threshold_policy=f"{plan.threshold}/{plan.trustees}",
        election=plan.election,
        insecure_test_randomness=plan.insecure,
    )
    raw = serialise_election(
        uuid=uuid,
        name="模拟花园业主共同决定",
        description=definition.to_text(),
        public_key=held.trustees.public_key,
        questions=[question for _, _, question in questions],
    )
    return definition, Election.parse(raw)


def _prepare(
    journal: _Journal,
    roll: Roll,
    election: Election,
    definition: Definition,
    held: KeyCeremony,
    randomness: Randomness,
) -> None:
    """Write everything that stands before opening."""
    uuid, totals = election.uuid, roll.totals
    journal.write(
        board.RollFrozen(at=journal.at, roll=roll.digest(), units=roll.total_units, heads=totals.heads, area=str(totals.area))
    )
    journal.write(board.ElectionAnnounced(at=journal.at, election=uuid, announcement=definition.announcement))
    for number in (1, 2, 3):
        for index in range(1, held.trustees.size + 1):
            digest = trustee_round_sha256(held.trustees, number, index)
            journal.write(board.TrusteeRound(at=journal.at, election=uuid, index=index, round=number, sha256=digest))
    defined = board.ElectionDefined(at=journal.at, election=uuid, fingerprint=election.fingerprint, sha256=election.sha256)
    journal.write(defined)
    alpha, beta, value, partials = rehearse(held, randomness)
    journal.write(board.Rehearsal(at=journal.at, election=uuid, alpha=alpha, beta=beta, value=value, partials=partials))
    journal.at = _OPENS_AT
    journal.write(board.Opened(at=journal.at, election=uuid, fingerprint=election.fingerprint))


def _vote(
    plan: Plan,
    journal: _Journal,
    election: Election,
    steps: Sequence[Step],
    randomness: Randomness,
    jobs: int,
    progress: Progress | None,
) -> tuple[list[tuple[bytes, bytes]], dict[str, Credential]]:
    """Carry out all steps; return (ballot, hints) in the order of the box, and every credential by its public key."""
    current: dict[int, Credential] = {}
    acts: list[tuple[Step, Credential, Credential | None]] = []
    for step in steps:
        before = current.get(step.voter)
        if step.act is not Act.VOTE:
            current[step.voter] = Credential.generate(randomness.below)
        acts.append((step, current[step.voter], before))
    orders = [
        BallotOrder(place, credential.secret.value, int(credential.public), step.choices)
        for place, (step, credential, _) in enumerate(acts)
        if step.act is Act.VOTE
    ]
    made = make_ballots(election.raw, orders, plan.seed if plan.insecure else None, jobs or cores(), progress)
    number = 0
    pause = (_CLOSES_AT - _OPENS_AT) / (len(acts) + 2)
    for place, (step, credential, before) in enumerate(acts):
        journal.at = _OPENS_AT + pause * (place + 1)
        if step.act is Act.VOTE:
            number += 1
            tracker = b64_sha(made[number - 1][0])
            leaf: board.Leaf = board.BallotCast(
                at=journal.at, election=election.uuid, tracker=tracker, credential=str(credential.public), n=number
            )
        else:
            leaf = _enrolment_leaf(journal, election, step, credential, before, randomness)
        journal.write(leaf)
    return made, {str(credential.public): credential for _, credential, _ in acts}


def _enrolment_leaf(
    journal: _Journal,
    election: Election,
    step: Step,
    credential: Credential,
    before: Credential | None,
    randomness: Randomness,
) -> board.Leaf:
    proof = log_proof(prove_possession(election.uuid, step.voter, credential, randomness.below))
    new, uuid = str(credential.public), election.uuid
    if before is None:
        return board.Enrolled(at=journal.at, election=uuid, voter=step.voter, credential=new, proof=proof)
    return board.Replaced(at=journal.at, election=uuid, voter=step.voter, old=str(before.public), new=new, proof=proof)


def _count(
    plan: Plan,
    journal: _Journal,
    roll: Roll,
    election: Election,
    held: KeyCeremony,
    made: Sequence[tuple[bytes, bytes]],
    randomness: Randomness,
    jobs: int,
) -> tuple[ClosedElection, dict[Measure, list[list[int]]]]:
    """Close the box, add up under encryption, decrypt with the chosen trustees."""
    uuid = election.uuid
    cast = [leaf for leaf in journal.leaves if isinstance(leaf, board.BallotCast)]
    enrolment = derive_enrolment(journal.leaves)
    weights = enrolment.weights(roll)
    last = {leaf.credential: leaf.n for leaf in cast}
    counted = {public: weights[public] for public in last}
    effective = sum(1 for public in last if public not in enrolment.replaced)
    journal.at = _CLOSES_AT
    journal.write(board.Closed(at=journal.at, election=uuid, ballots=len(cast), effective=effective))
    by_place = [
        (counted[leaf.credential].area.centi, counted[leaf.credential].heads) if last[leaf.credential] == leaf.n else (0, 0)
        for leaf in cast
    ]
    ballots = [raw for raw, _ in made]
    content = BoxContent(election.raw, ballots, [hints for _, hints in made])
    box = examine_box(content, by_place, BoxOptions(jobs=jobs))
    total = Weight.total(counted.values())
    chosen = choose_trustees(held, plan.seed)
    parts: dict[Measure, MeasureParts] = {}
    totals: dict[Measure, list[list[int]]] = {}
    for measure in Measure:
        listed = serialise_public_credentials({int(public): weight[measure] for public, weight in weights.items()})
        parts[measure], totals[measure] = _decrypt(
            election, held, box, measure, listed, len(last), total[measure], chosen, randomness
        )
    _write_decryptions(journal, uuid, parts)
    timestamp = int(_CLOSES_AT.timestamp())
    return ClosedElection(timestamp, election.raw, held.raw, ballots, parts), totals


def _decrypt(
    election: Election,
    held: KeyCeremony,
    box: BoxOutcome,
    measure: Measure,
    credentials: bytes,
    num_tallied: int,
    total_weight: int,
    chosen: Sequence[int],
    randomness: Randomness,
) -> tuple[MeasureParts, list[list[int]]]:
    tally = box.area if measure is Measure.AREA else box.heads
    partials = {
        index: held.keys[index - 1].decrypt(election, tally, held.shares[index - 1], randomness.below) for index in chosen
    }
    totals = combine(election, held.trustees.threshold, tally, partials, total_weight)
    payloads = [(index, partial.to_json()) for index, partial in partials.items()]
    return MeasureParts(credentials, tally_json(tally), num_tallied, total_weight, payloads, result_json(totals)), totals


def _write_decryptions(journal: _Journal, uuid: str, parts: dict[Measure, MeasureParts]) -> None:
    area, heads = parts[Measure.AREA], parts[Measure.HEADS]
    tallies = sha256_hex(area.encrypted_tally), sha256_hex(heads.encrypted_tally)
    journal.write(board.Tally(at=journal.at, election=uuid, area=tallies[0], heads=tallies[1]))
    for (index, of_area), (_, of_heads) in zip(area.partial_decryptions, heads.partial_decryptions, strict=True):
        journal.write(
            board.PartialDecryption(
                at=journal.at, election=uuid, index=index, area=sha256_hex(of_area), heads=sha256_hex(of_heads)
            )
        )


def _known(plan: Plan, roll: Roll, election: Election, steps: Sequence[Step], ballots: int) -> dict[str, Any]:
    """Count in the clear: the last vote of each voter, unless the phone was replaced after it."""
    weights = {each.voter: each.weight for each in roll.voters}
    standing: dict[int, tuple[tuple[int, ...], ...]] = {}
    for step in steps:
        if step.act is Act.VOTE:
            standing[step.voter] = step.choices
        elif step.act is Act.REPLACE:
            standing.pop(step.voter, None)
    matters = []
    for at, question in enumerate(election.questions):
        options = {
            label: Weight.total(weights[voter] for voter, marks in standing.items() if marks[at][column])
            for column, label in enumerate(question.answers)
        }
        shown = {label: _weight_json(weight) for label, weight in options.items()}
        matters.append({"question": question.question, "options": shown})
    participating = Weight.total(weights[voter] for voter in standing)
    return {
        "election": election.uuid,
        "units": roll.total_units,
        "totals": _weight_json(roll.totals),
        "participating": _weight_json(participating),
        "ballots": ballots,
        "replaced": sum(1 for step in steps if step.act is Act.REPLACE),
        "insecure_test_randomness": plan.insecure,
        "matters": matters,
    }


def _weight_json(weight: Weight) -> dict[str, Any]:
    return {"area": str(weight.area), "heads": weight.heads}
