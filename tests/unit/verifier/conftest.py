"""Own one small good record per test session, simulated with real keys, ballots and proofs."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.verifier.simulate import Simulation, simulate_election
from app.verifier.simulated_people import Plan
from tests.unit.verifier.forge import Forge


@pytest.fixture(scope="session")
def simulation() -> Simulation:
    """Simulate 16 units, a matter and an election of two among three, two of three trustees."""
    return simulate_election(Plan(16, Fraction(9, 10), 1, 3, 2, 3, 2, "small"), jobs=1)


@pytest.fixture(scope="session")
def workshop(simulation: Simulation) -> Forge:
    """Take the record apart once."""
    return Forge(simulation)


@pytest.fixture
def forge(workshop: Forge) -> Forge:
    """Give a test its own twin to damage."""
    return workshop.copy()
