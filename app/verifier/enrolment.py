"""Own who may sign ballots with what weight, derived from the roll and the leaves ``enrolled`` and ``replaced``.

Source: app/crypto/PROTOCOL.md 6 (Two weight maps): a replaced credential stays in the list with weight zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.statute.weight import Weight
from app.verifier.errors import Inconsistent
from app.verifier.leaves import Enrolled, Leaf, LogProof, Replaced
from app.verifier.roll import Roll


@dataclass(frozen=True)
class Enrolment:
    """Hold every credential ever enrolled (decimal text) with its voter and proof, and which are replaced."""

    voters: Mapping[str, int] = field(default_factory=dict)
    proofs: Mapping[str, LogProof] = field(default_factory=dict)
    replaced: frozenset[str] = frozenset()

    def current(self) -> dict[int, str]:
        """Return the one effective credential of each enrolled voter."""
        return {voter: public for public, voter in self.voters.items() if public not in self.replaced}

    def weights(self, roll: Roll) -> dict[str, Weight]:
        """Return the weight of every credential in both measures; zero for replaced ones.

        :raises Inconsistent: a credential belongs to no voter of the roll
        """
        weights = {each.voter: each.weight for each in roll.voters}
        result: dict[str, Weight] = {}
        for public, voter in self.voters.items():
            if voter not in weights:
                raise Inconsistent(f"清册里没有{voter}号投票人。", f"The roll has no voter {voter}.", len(result) + 1)
            result[public] = Weight.zero() if public in self.replaced else weights[voter]
        return result


def derive_enrolment(leaves: Iterable[Leaf]) -> Enrolment:
    """Follow the leaves in order.

    :raises Inconsistent: a credential or a voter enrolled twice, or a replacement of what is not effective
    """
    voters: dict[str, int] = {}
    proofs: dict[str, LogProof] = {}
    replaced: set[str] = set()
    effective: dict[int, str] = {}
    for leaf in leaves:
        if isinstance(leaf, Enrolled):
            _require_new(leaf.credential, voters)
            if leaf.voter in effective:
                zh, en = f"{leaf.voter}号投票人登记了两次。", f"Voter {leaf.voter} is enrolled twice."
                raise Inconsistent(zh, en, len(voters) + 1)
            voters[leaf.credential], proofs[leaf.credential] = leaf.voter, leaf.proof
            effective[leaf.voter] = leaf.credential
        elif isinstance(leaf, Replaced):
            _require_new(leaf.new, voters)
            if effective.get(leaf.voter) != leaf.old:
                zh = f"{leaf.voter}号投票人更换的不是其当前凭证。"
                raise Inconsistent(zh, f"Voter {leaf.voter} replaces what is not the current credential.", len(voters) + 1)
            replaced.add(leaf.old)
            voters[leaf.new], effective[leaf.voter] = leaf.voter, leaf.new
            proofs[leaf.new] = leaf.proof
    return Enrolment(voters, proofs, frozenset(replaced))


def _require_new(public: str, voters: Mapping[str, int]) -> None:
    if public in voters:
        raise Inconsistent("同一凭证登记了两次。", "The same credential is enrolled twice.", len(voters) + 1)
