"""Own the examination of a ballot box: every ballot's and enrolment's proofs, on all cores, with or without hints.

Source: app/crypto/PROTOCOL.md 5 (batch over hints, direct verification as the fallback that names the bad ballot). The
work is cut into chunks; each chunk is parsed once, verified, and folded into the encrypted tallies of both weight maps.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from app.crypto.ballots import Ballot, Commitments, parse_ballot, verify_ballot
from app.crypto.batch import batch_holds
from app.crypto.election import Election
from app.crypto.hints import decode_commitments
from app.errors import DomainError, Malformed
from app.verifier.aggregate import Aggregate, aggregate, multiply_aggregates
from app.verifier.parallel import Workers, cores
from app.verifier.possession import Claim, ReadClaims, read_claims, verify_claims

#: Tell how many ballots are done and how many there are.
Progress = Callable[[int, int], None]

_CREDENTIAL = re.compile(rb',"credential":"([0-9]{1,700})"')
_CIPHERTEXT = re.compile(rb'\{"alpha":"[0-9]+","beta":"[0-9]+"\}')
#: More ballots in one batch share more work; beyond this the gain is small and the memory is not.
_CHUNK = 544


@dataclass(frozen=True)
class BoxOptions:
    """Say how to examine: whether kept commitments are used, how many processes, whom to tell about progress."""

    use_hints: bool = True
    jobs: int = 0
    progress: Progress | None = None

    def processes(self) -> int:
        """Return the number of processes; zero means one per core."""
        return self.jobs or cores()


@dataclass(frozen=True)
class BoxContent:
    """Hold one box: election.json, every ballot's bytes and its hints (empty where none were kept), every enrolment."""

    election: bytes
    ballots: Sequence[bytes]
    hints: Sequence[bytes | memoryview]
    claims: Sequence[Claim] = ()


@dataclass(frozen=True)
class Chunk:
    """Hold the places of some neighbouring ballots with both weights (area in 0.01 m2, heads) of each.

    A weight is zero for a ballot that does not count: its credential is replaced, or it was changed later. ``claims``
    are the places of the enrolments to be examined with them.
    """

    first: int
    weights: tuple[tuple[int, int], ...]
    claims: tuple[int, ...] = ()


@dataclass(frozen=True)
class ChunkOutcome:
    """Hold what became of a chunk: codes of what is bad, ciphertext digests, aggregates, how many held in a batch."""

    first: int
    bad: tuple[tuple[int, str], ...]
    bad_enrolments: dict[int, str]
    digests: tuple[tuple[bytes, ...], ...]
    area: Aggregate
    heads: Aggregate
    batched: int
    batched_enrolments: int


@dataclass(frozen=True)
class BoxOutcome:
    """Hold what became of the whole box, in the order of the box."""

    bad: dict[int, str] = field(default_factory=dict)
    #: What is wrong with an enrolment, by voter number.
    bad_enrolments: dict[int, str] = field(default_factory=dict)
    #: For each ballot, one digest per ciphertext.
    digests: dict[int, tuple[bytes, ...]] = field(default_factory=dict)
    area: Aggregate = ()
    heads: Aggregate = ()
    batched: int = 0
    batched_enrolments: int = 0
    total: int = 0


def credential_of(raw: bytes) -> str:
    """Return the credential of a ballot without parsing it, or an empty text where there is none to see.

    Quotation marks inside JSON strings are escaped, so the first match is the field itself; the examination of the
    ballot confirms it.
    """
    found = _CREDENTIAL.search(raw)
    return found.group(1).decode() if found else ""


def examine_box(content: BoxContent, weights: Sequence[tuple[int, int]], options: BoxOptions) -> BoxOutcome:
    """Verify every ballot and aggregate those that count."""
    with Workers(options.processes(), content) as workers:
        return begin_box(content, weights, options, workers)()


def begin_box(
    content: BoxContent, weights: Sequence[tuple[int, int]], options: BoxOptions, workers: Workers[BoxContent]
) -> Callable[[], BoxOutcome]:
    """Begin what ``examine_box`` does, with workers that share this content; the returned call waits for it."""
    collect = workers.begin(examine_chunk, list(_cut(content, weights, options.processes())))

    def finish() -> BoxOutcome:
        outcomes: list[ChunkOutcome] = []
        for outcome in collect():
            outcomes.append(outcome)
            if options.progress is not None:
                options.progress(sum(len(each.digests) for each in outcomes), len(weights))
        outcomes.sort(key=lambda each: each.first)
        return _join(Election.parse(content.election), outcomes, len(weights))

    return finish


def _cut(content: BoxContent, weights: Sequence[tuple[int, int]], processes: int) -> Iterator[Chunk]:
    # Every process gets the same number of chunks, so that none waits long for another.
    rounds = max(1, -(-max(len(weights), len(content.claims)) // (processes * _CHUNK)))
    size = max(1, -(-len(weights) // (processes * rounds)))
    starts = range(0, len(weights), size) if weights else range(1)
    # An enrolment goes with a ballot of its credential: in one batch both share the work on the credential.
    place = {credential_of(raw): at for at, raw in enumerate(content.ballots)}
    claims: list[list[int]] = [[] for _ in starts]
    for at, claim in enumerate(content.claims):
        claims[place.get(claim.public, at % len(starts) * size) // size].append(at)
    for first, own in zip(starts, claims, strict=True):
        yield Chunk(first, tuple(weights[first : first + size]), tuple(own))


def examine_chunk(content: BoxContent, chunk: Chunk) -> ChunkOutcome:
    """Parse, verify and aggregate one chunk."""
    election = _election(content.election)
    bad: dict[int, str] = {}
    parsed: dict[int, Ballot] = {}
    for place in range(chunk.first, chunk.first + len(chunk.weights)):
        try:
            parsed[place] = _parse(election, content.ballots[place])
        except Malformed as error:
            bad[place] = error.code
    claims = read_claims((content.claims[at] for at in chunk.claims), election.group)
    batched, proved = _verify_together(election, content.hints, parsed, claims)
    unproved = verify_claims([*claims.bare, *([] if proved else [claim for claim, _ in claims.kept])], election.group)
    for place in parsed.keys() - batched:
        code = _verify_alone(election, parsed[place])
        if code:
            bad[place] = code
    weighted = [(ballot, chunk.weights[place - chunk.first]) for place, ballot in parsed.items()]
    by_area, by_heads = aggregate(election, [(ballot, weight) for ballot, weight in weighted if any(weight)])
    return ChunkOutcome(
        chunk.first,
        tuple(sorted(bad.items())),
        {**claims.bad, **unproved},
        tuple(_digests(ballot) for ballot in content.ballots[chunk.first : chunk.first + len(chunk.weights)]),
        by_area,
        by_heads,
        len(batched),
        len(claims.kept) if proved else 0,
    )


@lru_cache(maxsize=4)
def _election(raw: bytes) -> Election:
    return Election.parse(raw)


def _parse(election: Election, raw: bytes) -> Ballot:
    ballot = parse_ballot(election, raw)
    if str(ballot.credential) != credential_of(raw):
        raise Malformed("wrong_shape")
    return ballot


def _verify_together(
    election: Election, hints: Sequence[bytes | memoryview], parsed: dict[int, Ballot], claims: ReadClaims
) -> tuple[set[int], bool]:
    """Return the places of ballots that hold together with their hints, none as soon as anything is wrong.

    The enrolments that have hints are in the same batch; the second value tells whether it held with them. When it did
    not, the ballots are tried alone, so that one wrong enrolment does not cost the direct verification of all ballots.
    """
    batch: dict[int, tuple[Ballot, Commitments]] = {}
    for place, ballot in parsed.items():
        if place < len(hints) and hints[place]:
            try:
                batch[place] = (ballot, decode_commitments(election, hints[place]))
            except Malformed:
                continue
    box = list(batch.values())
    if batch_holds(election, box, secrets.randbits, enrolments=claims.kept):
        return set(batch), True
    alone = bool(box and claims.kept) and batch_holds(election, box, secrets.randbits)
    return set(batch) if alone else set(), False


def _verify_alone(election: Election, ballot: Ballot) -> str:
    """Return the code of what is wrong with a ballot, or an empty text."""
    try:
        verify_ballot(election, ballot)
    except DomainError as error:
        return error.code
    return ""


def _digests(ballot: bytes) -> tuple[bytes, ...]:
    """Return one digest per ciphertext, of its own text: canonical numbers have one spelling each."""
    return tuple(sha256(found).digest() for found in _CIPHERTEXT.findall(ballot))


def _join(election: Election, outcomes: Sequence[ChunkOutcome], total: int) -> BoxOutcome:
    bad = {place: code for outcome in outcomes for place, code in outcome.bad}
    digests = {outcome.first + at: digest for outcome in outcomes for at, digest in enumerate(outcome.digests) if digest}
    return BoxOutcome(
        bad,
        {voter: code for outcome in outcomes for voter, code in outcome.bad_enrolments.items()},
        digests,
        multiply_aggregates(election, [outcome.area for outcome in outcomes]),
        multiply_aggregates(election, [outcome.heads for outcome in outcomes]),
        sum(outcome.batched for outcome in outcomes),
        sum(outcome.batched_enrolments for outcome in outcomes),
        total,
    )
