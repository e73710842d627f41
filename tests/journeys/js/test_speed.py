"""Ballot creation in Chromium: a ballot of twelve candidates, choose up to seven, in under 40 ms after set-up.

Repeat the figure with ``python -m pytest tests/journeys/js/test_speed.py -s``.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from app.crypto.ballots import parse_ballot, verify_ballot
from app.crypto.election import Election, Question, serialise_election
from app.crypto.group import BELENIOS_2048

from .modules import run
from .voting import KEY, UUID

pytestmark = pytest.mark.browser

LIMIT_MS = 40


def test_ballot_of_twelve_candidates_takes_under_40_ms(blank: Page) -> None:
    question = Question(answers=tuple(f"候选人{n}" for n in range(12)), minimum=0, maximum=7, question="选举")
    public_key = BELENIOS_2048.pow(BELENIOS_2048.g, KEY)
    raw = serialise_election(uuid=UUID, name="选举", description="{}", public_key=public_key, questions=(question,))
    choices = [[1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]]
    made = run(
        blank,
        """const election = await elections.parseElection(given.raw);
        const credential = credentials.generateCredential();
        const start = performance.now();
        const tables = {g: new group.FixedBase(group.G), y: new group.FixedBase(election.publicKey)};
        const setUp = performance.now() - start;
        const times = [];
        let text;
        for (let n = 0; n < 25; n += 1) {
          const before = performance.now();
          text = await ballots.createBallot(election, credential, given.choices, tables);
          times.push(performance.now() - before);
        }
        return {setUp, times, text}""",
        {"raw": raw.decode(), "choices": choices},
    )
    election = Election.parse(raw)
    verify_ballot(election, parse_ballot(election, made["text"].encode()))
    times = sorted(made["times"])
    print(f"\nset-up {made['setUp']:.0f} ms, ballot: best {times[0]:.1f}, median {times[12]:.1f} ms, {len(made['text'])} bytes")
    # The best of 25 is the figure of the machine; the others are what else runs on it.
    assert times[0] < LIMIT_MS
