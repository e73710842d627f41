"""Own the checks of the box: signatures, binding to the election, elements, proofs, duplicates, changes of vote.

VF11 to VF17 of app/verifier/README.md. The proofs themselves are examined once, in ``box``; each check reads its part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from app.statute.weight import Measure
from app.verifier.errors import Inconsistent
from app.verifier.leaves import BallotCast, Enrolled, Replaced
from app.verifier.record import Record
from app.verifier.report import Seen

#: What a code of ``app.crypto`` says against a ballot, by check.
SIGNATURE_CODES = frozenset({"bad_hash", "bad_signature"})
BINDING_CODES = frozenset({"wrong_election", "wrong_fingerprint", "wrong_shape"})
ELEMENT_CODES = frozenset({"element_not_in_group", "identity_element", "scalar_out_of_range"})
CHOICE_CODES = frozenset({"bad_individual_proof"})
LIMIT_CODES = frozenset({"bad_overall_proof", "bad_blank_proof"})
#: How many ballots one credential may cast under P-CHANGE; None is any number.
_CASTS = {"none": 1, "once": 2, "unlimited": None}


def look_at_signatures(record: Record) -> Seen:
    """VF11: each ballot is signed by a credential that is listed and was not replaced before."""
    for at, signer in enumerate(record.signers):
        for measure in record.measures:
            if signer not in record.credentials[measure]:
                zh, en = f"第{at + 1}张选票的凭证不在名单里。", f"The credential of ballot {at + 1} is not listed."
                raise Inconsistent(zh, en, at + 1)
    if not record.is_bare:
        _require_current_signers(record)
    return _none_of(record, SIGNATURE_CODES, "签名", "signature")


def _require_current_signers(record: Record) -> None:
    """Follow the record: a ballot's credential must be enrolled before it and replaced only after it."""
    current: set[str] = set()
    for leaf in record.own_leaves:
        if isinstance(leaf, Enrolled):
            current.add(leaf.credential)
        elif isinstance(leaf, Replaced):
            current.discard(leaf.old)
            current.add(leaf.new)
        elif isinstance(leaf, BallotCast) and leaf.credential not in current:
            zh = f"第{leaf.n}张选票的凭证当时没有登记或已被更换。"
            raise Inconsistent(zh, f"The credential of ballot {leaf.n} was not enrolled then, or already replaced.", leaf.n)


def look_at_binding(record: Record) -> Seen:
    """VF12: each ballot names this election's bytes and answers each of its questions and options."""
    return _none_of(record, BINDING_CODES, "所属选举和题目", "election and questions")


def look_at_elements(record: Record) -> Seen:
    """VF13: each element is a member of the group, none the identity where it may not be, each scalar in range."""
    return _none_of(record, ELEMENT_CODES, "群元素", "group elements")


def look_at_choices(record: Record) -> Seen:
    """VF14: each choice is proved to be 0 or 1."""
    return _none_of(record, CHOICE_CODES, "逐项证明", "proof of each choice")


def look_at_limits(record: Record) -> Seen:
    """VF15: the number of marks is proved to be within the limits."""
    return _none_of(record, LIMIT_CODES, "数目证明", "proof of the number of marks")


def _none_of(record: Record, codes: Collection[str], what_zh: str, what_en: str) -> Seen:
    box = record.box
    bad = sorted(place for place, code in box.bad.items() if code in codes)
    if bad:
        first, code = bad[0], box.bad[bad[0]]
        zh = f"第{first + 1}张选票的{what_zh}不成立（{code}），共{len(bad)}张。"
        raise Inconsistent(zh, f"The {what_en} of ballot {first + 1} does not hold ({code}); {len(bad)} in all.", box.total)
    # A ballot refused for another reason was not looked at here.
    seen = box.total - len(box.bad)
    how = f"，其中{box.batched}张用中间值成批核对" if box.batched else ""
    how_en = f", {box.batched} of them in batches over hints" if box.batched else ""
    return Seen(seen, f"{seen}张选票的{what_zh}都成立{how}。", f"The {what_en} of {seen} ballots holds{how_en}.")


def look_at_duplicates(record: Record) -> Seen:
    """VF16: both archives hold the same ballots; no ballot and no ciphertext is in the box twice."""
    ballots = record.main.ballots
    for measure, archive in record.archives.items():
        if archive.ballots != ballots or archive.election != record.main.election:
            zh = f"{measure}档案的选举定义或选票与另一份档案不同。"
            raise Inconsistent(zh, f"The {measure} archive holds other ballots or another election.", len(ballots))
    repeated = [ballot for ballot, times in Counter(ballots).items() if times > 1]
    if repeated:
        raise Inconsistent(
            f"有{len(repeated)}张选票出现了两次。", f"{len(repeated)} ballots are in the box twice.", len(ballots)
        )
    owner: dict[bytes, int] = {}
    for place, digests in sorted(record.box.digests.items()):
        for digest in digests:
            if digest in owner:
                zh = f"第{place + 1}张选票抄用了第{owner[digest] + 1}张的密文。"
                raise Inconsistent(zh, f"Ballot {place + 1} copies a ciphertext of ballot {owner[digest] + 1}.", place + 1)
            owner[digest] = place
    zh = f"{len(ballots)}张选票、{len(owner)}个密文没有重复，各档案相同。"
    return Seen(len(ballots), zh, f"{len(ballots)} ballots, {len(owner)} ciphertexts: no repetition, same in each archive.")


def look_at_changes(record: Record) -> Seen:
    """VF17: nobody changed more often than P-CHANGE allows, and each voter has one effective credential."""
    times = Counter(record.signers)
    if record.is_bare:
        count = len(times)
        return Seen(
            count,
            f"{count}个凭证各以最后一张为准；单个档案没有改票规则。",
            f"{count} credentials, the last ballot of each counts.",
        )
    policy = record.definition.policies.get("P-CHANGE", "once")
    if policy not in _CASTS:
        raise Inconsistent(f"不认识的改票规则{policy}。", f"Unknown rule for changes: {policy}.")
    limit = _CASTS[policy]
    for signer, cast in times.items():
        if limit is not None and cast > limit:
            voter = record.enrolment.voters.get(signer, 0)
            zh = f"{voter}号投票人投了{cast}张，规则最多{limit}张。"
            raise Inconsistent(zh, f"Voter {voter} cast {cast} ballots, the rule allows {limit}.", len(times))
    _require_one_weight_per_voter(record)
    changed = sum(1 for cast in times.values() if cast > 1)
    return Seen(
        len(times),
        f"{len(times)}个凭证，{changed}个改过票，各以最后一张为准。",
        f"{len(times)} credentials, {changed} changed; the last counts.",
    )


def _require_one_weight_per_voter(record: Record) -> None:
    heads = record.credentials[Measure.HEADS]
    area = record.credentials[Measure.AREA]
    weighing = Counter(voter for public, voter in record.enrolment.voters.items() if heads.get(public) or area.get(public))
    double = sorted(voter for voter, count in weighing.items() if count > 1)
    if double:
        raise Inconsistent(
            f"{double[0]}号投票人有两个计权的凭证。", f"Voter {double[0]} has two credentials that weigh.", len(weighing)
        )
