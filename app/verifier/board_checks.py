"""Own the checks of the public record: the tree under the checkpoint, the log's signature, the order of leaves.

VF08 to VF10 of app/verifier/README.md. The order of the log decides; the times in the leaves are only for people.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from app.crypto.encoding import b64_sha
from app.errors import DomainError
from app.tlog.checkpoints import Checkpoint, open_checkpoint
from app.tlog.merkle import leaf_hash, root_hash
from app.values import china_iso
from app.verifier.errors import Inconsistent
from app.verifier.leaves import (
    BallotCast,
    Closed,
    ElectionAnnounced,
    ElectionDefined,
    Enrolled,
    Leaf,
    LotDrawn,
    NoticeGiven,
    Opened,
    OtherLeaf,
    PartialDecryption,
    Rehearsal,
    Replaced,
    ResultCertified,
    ResultPublished,
    RollFrozen,
    Tally,
    TrusteeRound,
    VotingExtended,
)
from app.verifier.package import RESULT
from app.verifier.record import Record
from app.verifier.report import Seen
from app.verifier.setup_checks import not_in_a_bare_archive

#: Kinds of which an election has exactly one leaf.
_SINGLE = (ElectionAnnounced, ElectionDefined, Opened, Closed, Tally, ResultPublished)


def look_at_tree(record: Record) -> Seen:
    """VF08: the leaves are exactly those the checkpoint states, in size and root."""
    if record.is_bare:
        return not_in_a_bare_archive()
    checkpoint = Checkpoint.parse(record.checkpoint_note.text)
    hashes = [leaf_hash(raw) for raw in record.leaf_bytes]
    if checkpoint.size != len(hashes):
        zh = f"检查点写的是{checkpoint.size}条，公开记录有{len(hashes)}条。"
        raise Inconsistent(zh, f"The checkpoint states {checkpoint.size} leaves, there are {len(hashes)}.", len(hashes))
    root = root_hash(hashes)
    if checkpoint.root != root:
        zh = f"公开记录的根应为{checkpoint.root.hex()}，实为{root.hex()}。"
        raise Inconsistent(zh, f"The root should be {checkpoint.root.hex()}, it is {root.hex()}.", len(hashes))
    return Seen(len(hashes), f"{len(hashes)}条公开记录与检查点一致。", f"{len(hashes)} leaves fit the checkpoint.")


def look_at_log_signature(record: Record) -> Seen:
    """VF09: the checkpoint is signed by the log's key; witnesses are named when there are any."""
    if record.is_bare:
        return not_in_a_bare_archive()
    try:
        open_checkpoint(record.file("board/checkpoint.txt"), record.log_key)
    except DomainError as error:
        raise Inconsistent(f"检查点的签名不成立：{error}。", f"The checkpoint's signature does not hold: {error}.") from error
    others = len(record.checkpoint_note.signatures) - 1
    zh = f"记录的签名成立（{record.log_key.name}）。见证人签名{others}个，尚未核对。"
    return Seen(1, zh, f"The log's signature holds ({record.log_key.name}). {others} other signatures were not checked.")


def look_at_order(record: Record) -> Seen:
    """VF10: the leaves tell one election in the right order, and name the ballots and the result of this record."""
    if record.is_bare:
        return not_in_a_bare_archive()
    leaves = [leaf for leaf in record.leaves if _concerns(leaf, record)]
    for kind in _SINGLE:
        record.only(kind)
    before = _Before(record.trustees.size, record.trustees.threshold)
    for at, leaf in enumerate(leaves):
        _require_place(leaf, before, at)
        before.add(leaf)
    _check_ballot_leaves(record)
    _check_closing(record)
    _check_extension(record)
    digest, stated = record.digest(RESULT), record.only(ResultPublished).sha256
    if digest != stated:
        raise Inconsistent(
            f"结果的校验值应为{stated}，实为{digest}。", f"The result's digest should be {stated}, it is {digest}."
        )
    if any(leaf.result != digest for leaf in record.of(ResultCertified)):
        raise Inconsistent("确认的结果不是这份结果。", "The certified result is not the result of this record.")
    return Seen(
        len(leaves),
        f"{len(leaves)}条记录的先后合规，选票与票箱逐张对应。",
        f"{len(leaves)} leaves in order; each ballot is in the box.",
    )


def _concerns(leaf: Leaf, record: Record) -> bool:
    if isinstance(leaf, RollFrozen):
        return leaf.roll == record.definition.roll
    return getattr(leaf, "election", None) == record.uuid


@dataclass
class _Before:
    """Hold what the leaves before the present one amount to."""

    trustees: int
    threshold: int
    kinds: set[type[Leaf]] = field(default_factory=set)
    #: (round, trustee) of every message of the key ceremony.
    rounds: set[tuple[int, int]] = field(default_factory=set)
    decrypted: set[int] = field(default_factory=set)

    def add(self, leaf: Leaf) -> None:
        """Take the present leaf into account for the next one."""
        self.kinds.add(type(leaf))
        if isinstance(leaf, TrusteeRound):
            self.rounds.add((leaf.round, leaf.index))
        elif isinstance(leaf, PartialDecryption):
            self.decrypted.add(leaf.index)


def _require_place(leaf: Leaf, before: _Before, at: int) -> None:
    """Refuse a leaf that stands before what it depends on, or after what ends its time."""
    if isinstance(leaf, OtherLeaf):
        raise Inconsistent(f"不认识的记录种类{leaf.kind}。", f"Unknown kind of leaf {leaf.kind}.", at + 1)
    needs, ended_by = _RULES[type(leaf)]
    missing = [kind.TYPE for kind in needs if kind not in before.kinds]
    late = [kind.TYPE for kind in ended_by if kind in before.kinds]
    if missing or late:
        zh = f"第{at + 1}条{leaf.TYPE}的位置不对：缺{missing}，迟于{late}。"
        raise Inconsistent(zh, f"Leaf {at + 1} ({leaf.TYPE}) is out of place: missing {missing}, late after {late}.", at + 1)
    if isinstance(leaf, TrusteeRound):
        _require_round(leaf, before, at)
    if isinstance(leaf, ElectionDefined | Rehearsal) and len(before.rounds) != 3 * before.trustees:
        raise Inconsistent("密钥仪式还没有完成。", "The key ceremony was not finished.", at + 1)
    if isinstance(leaf, ResultPublished) and len(before.decrypted) < before.threshold:
        raise Inconsistent("公布结果前解密人数不够。", "The result came before enough trustees had decrypted.", at + 1)


#: For each kind: the kinds that must stand before it, and the kinds after which it comes too late.
_RULES: dict[type[Leaf], tuple[tuple[type[Leaf], ...], tuple[type[Leaf], ...]]] = {
    RollFrozen: ((), (ElectionDefined,)),
    ElectionAnnounced: ((), (Opened,)),
    TrusteeRound: ((), (ElectionDefined,)),
    ElectionDefined: ((RollFrozen,), (Opened,)),
    Rehearsal: ((), (Opened,)),
    Opened: ((ElectionAnnounced, ElectionDefined, Rehearsal), (Closed,)),
    Enrolled: ((ElectionDefined,), (Closed,)),
    Replaced: ((ElectionDefined,), (Closed,)),
    BallotCast: ((Opened,), (Closed,)),
    Closed: ((Opened,), (Tally,)),
    Tally: ((Closed,), (PartialDecryption,)),
    PartialDecryption: ((Tally,), (ResultPublished,)),
    ResultPublished: ((PartialDecryption,), ()),
    # Each of these at most once.
    NoticeGiven: ((ElectionAnnounced,), (NoticeGiven, Opened)),
    VotingExtended: ((Opened,), (VotingExtended, Closed)),
    ResultCertified: ((ResultPublished,), (ResultCertified,)),
    LotDrawn: ((ResultCertified,), (LotDrawn,)),
}


def _require_round(leaf: TrusteeRound, before: _Before, at: int) -> None:
    """No second message before all first ones: otherwise the last trustee could steer the joint key."""
    done = sum(1 for number, _ in before.rounds if number == leaf.round - 1)
    early = leaf.round > 1 and done != before.trustees
    again = (leaf.round, leaf.index) in before.rounds
    if leaf.round not in (1, 2, 3) or not 1 <= leaf.index <= before.trustees or again or early:
        zh = f"第{at + 1}条：{leaf.index}号受托人第{leaf.round}轮的次序不对。"
        raise Inconsistent(zh, f"Leaf {at + 1}: trustee {leaf.index}, round {leaf.round} is out of order.", at + 1)


def _check_ballot_leaves(record: Record) -> None:
    """Compare the ballot leaves one by one with the box: number, tracker, credential; and enrolment before ballot."""
    leaves, ballots = record.of(BallotCast), record.main.ballots
    for at, (leaf, raw) in enumerate(zip(leaves, ballots, strict=False)):
        if (leaf.n, leaf.tracker, leaf.credential) != (at + 1, b64_sha(raw), record.signers[at]):
            zh = f"公开记录里的第{at + 1}张选票不是票箱里的第{at + 1}张。"
            raise Inconsistent(zh, f"Ballot {at + 1} on the record is not ballot {at + 1} in the box.", at + 1)
    if len(leaves) != len(ballots):
        zh = f"公开记录有{len(leaves)}张选票，票箱里有{len(ballots)}张。"
        raise Inconsistent(zh, f"The record names {len(leaves)} ballots, the box holds {len(ballots)}.", len(leaves))


def _check_extension(record: Record) -> None:
    """An extension moves the announced end, and to a later one."""
    for leaf in record.of(VotingExtended):
        announced = china_iso(record.definition.closes_at)
        if leaf.extended_from != announced or leaf.closes_at <= announced:
            raise Inconsistent(
                f"公告的截止时间是{announced}，不能从{leaf.extended_from}延长到{leaf.closes_at}。",
                f"Voting was to close at {announced}; it cannot be extended from {leaf.extended_from} to {leaf.closes_at}.",
            )


def _check_closing(record: Record) -> None:
    closed = record.only(Closed)
    effective = sum(
        1
        for signer, counts in zip(record.signers, record.counted, strict=True)
        if counts and signer not in record.enrolment.replaced
    )
    if (closed.ballots, closed.effective) != (len(record.signers), effective):
        due, stated = (len(record.signers), effective), (closed.ballots, closed.effective)
        zh = f"关箱时应为{due[0]}张、{due[1]}张有效，写的是{stated[0]}、{stated[1]}。"
        en = f"At closing there were {due[0]} ballots, {due[1]} counting; stated: {stated[0]}, {stated[1]}."
        raise Inconsistent(zh, en, len(record.signers))
