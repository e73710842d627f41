"""Own the making of a simulation's ballots on all cores, each with the commitments the server would keep at cast time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from app.crypto.ballots import create_ballot, parse_ballot, verify_ballot
from app.crypto.credentials import Credential
from app.crypto.election import Election
from app.crypto.hints import encode_commitments
from app.crypto.proofs import Secret
from app.verifier.box import Progress
from app.verifier.parallel import Workers
from app.verifier.simulated_keys import Randomness

_CHUNK = 8


@dataclass(frozen=True)
class BallotOrder:
    """Hold what one ballot is made from; ``place`` tells the ballots of one simulation apart."""

    place: int
    secret: int = field(repr=False)
    public: int = 0
    choices: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class _Job:
    """Hold what all ballots are made from: election.json, and the seed of predictable proofs if there is one."""

    election: bytes
    seed: str | None


@dataclass(frozen=True)
class _Batch:
    first: int
    orders: tuple[BallotOrder, ...]


def make_ballots(
    election: bytes, orders: Sequence[BallotOrder], seed: str | None, processes: int, progress: Progress | None
) -> list[tuple[bytes, bytes]]:
    """Return (ballot, hints) for every order, in order; with a seed, proofs are predictable and worthless."""
    batches = [_Batch(first, tuple(orders[first : first + _CHUNK])) for first in range(0, len(orders), _CHUNK)]
    made: dict[int, list[tuple[bytes, bytes]]] = {}
    done = 0
    with Workers(processes, _Job(election, seed)) as workers:
        for first, ballots in workers.begin(make_batch, batches)():
            made[first] = ballots
            done += len(ballots)
            if progress is not None:
                progress(done, len(orders))
    return [each for first in sorted(made) for each in made[first]]


def make_batch(job: _Job, batch: _Batch) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Make some ballots and verify each as the server does when it is cast."""
    election = _election(job.election)
    made = []
    for order in batch.orders:
        below = Randomness.of(None if job.seed is None else f"{job.seed}|ballot|{order.place}").below
        raw = create_ballot(election, Credential(Secret(order.secret), order.public), order.choices, below).encode()
        made.append((raw, encode_commitments(verify_ballot(election, parse_ballot(election, raw)), election.group)))
    return batch.first, made


@lru_cache(maxsize=2)
def _election(raw: bytes) -> Election:
    return Election.parse(raw)
