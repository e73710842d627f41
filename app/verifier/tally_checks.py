"""Own the checks of the count: the encrypted sums, the trustees' decryptions, the clear totals.

VF20 to VF22 of app/verifier/README.md. ``belenios-tool`` recomputes the sums itself and does not look at the published
ones, nor at ``num_tallied`` and ``total_weight`` (app/crypto/PROTOCOL.md 1); here all three are compared.
"""

from __future__ import annotations

from app.crypto.decryption import combine_factors
from app.crypto.encoding import sha256_hex
from app.crypto.tally import PartialDecryption, verify_partial_decryption
from app.errors import DomainError
from app.statute.weight import Measure
from app.verifier.errors import Inconsistent, NotLookedAt
from app.verifier.leaves import PartialDecryption as PartialDecryptionLeaf
from app.verifier.leaves import Tally
from app.verifier.record import Record
from app.verifier.report import Seen


def look_at_aggregate(record: Record) -> Seen:
    """VF20: each published encrypted tally is the weighted product over the ballots that count, and no others."""
    box = record.box
    if box.bad:
        raise NotLookedAt(f"有{len(box.bad)}张选票不成立。", f"{len(box.bad)} ballots do not hold.")
    computed = {Measure.AREA: box.area, Measure.HEADS: box.heads}
    for measure in record.measures:
        if record.tallies[measure] != computed[measure]:
            zh = f"{measure}档案公布的加密合计不是有效选票的加权乘积。"
            raise Inconsistent(zh, f"The encrypted tally in {measure} is not the weighted product of the ballots.", box.total)
        _check_sizes(record, measure)
    if not record.is_bare:
        _check_tally_leaf(record)
    count = sum(record.counted)
    return Seen(count, f"{count}张计入的选票，加密合计一致。", f"{count} counted ballots; the encrypted tally is right.")


def _check_sizes(record: Record, measure: Measure) -> None:
    archive, weights = record.archives[measure], record.credentials[measure]
    number = sum(record.counted)
    weight = sum(weights.get(signer, 0) for signer, counts in zip(record.signers, record.counted, strict=True) if counts)
    if (archive.num_tallied, archive.total_weight) != (number, weight):
        zh = f"{measure}档案应为{number}张、权重{weight}，写的是{archive.num_tallied}张、{archive.total_weight}。"
        en = f"{measure} should say {number} ballots, weight {weight}; it says {archive.num_tallied}, {archive.total_weight}."
        raise Inconsistent(zh, en, number)


def _check_tally_leaf(record: Record) -> None:
    leaf = record.only(Tally)
    stated = {Measure.AREA: leaf.area, Measure.HEADS: leaf.heads}
    for measure, archive in record.archives.items():
        if stated[measure] != sha256_hex(archive.encrypted_tally or b""):
            zh = f"公开记录里的{measure}加密合计与档案不符。"
            raise Inconsistent(zh, f"The encrypted tally of {measure} on the record is not the one in the archive.")


def look_at_decryptions(record: Record) -> Seen:
    """VF21: each partial decryption is proved, by distinct trustees, at least as many as the threshold."""
    checked = 0
    for measure in record.measures:
        partials = record.partials[measure]
        owners = [owner for owner, _ in partials]
        if len(set(owners)) != len(owners):
            raise Inconsistent(
                f"{measure}档案里同一受托人解密了两次。", f"A trustee decrypted twice in {measure}.", len(owners)
            )
        for owner, partial in partials:
            _check_partial(record, measure, owner, partial)
            checked += 1
        if len(owners) < record.trustees.threshold:
            zh = f"{measure}档案只有{len(owners)}位受托人解密，需要{record.trustees.threshold}位。"
            raise Inconsistent(zh, f"{measure} has {len(owners)} decryptions, {record.trustees.threshold} are needed.", checked)
    if not record.is_bare:
        _check_partial_leaves(record)
    return Seen(checked, f"{checked}份部分解密都有证明。", f"{checked} partial decryptions are proved.")


def _check_partial(record: Record, measure: Measure, owner: int, partial: PartialDecryption) -> None:
    try:
        share = record.trustees.public_share(owner)
        verify_partial_decryption(record.election, record.tallies[measure], share, partial)
    except DomainError as error:
        zh = f"{measure}档案里{owner}号受托人的部分解密不成立。"
        raise Inconsistent(
            zh, f"The partial decryption of trustee {owner} in {measure} does not hold ({error}).", owner
        ) from error


def _check_partial_leaves(record: Record) -> None:
    stated = {leaf.index: (leaf.area, leaf.heads) for leaf in record.of(PartialDecryptionLeaf)}
    archived: dict[Measure, dict[int, str]] = {
        measure: {owner: sha256_hex(raw) for owner, raw in archive.partial_decryptions}
        for measure, archive in record.archives.items()
    }
    area, heads = archived[Measure.AREA], archived[Measure.HEADS]
    if stated != {owner: (area[owner], heads.get(owner, "")) for owner in area} or area.keys() != heads.keys():
        raise Inconsistent(
            "公开记录里的部分解密与档案不符。",
            "The partial decryptions on the record are not those in the archives.",
            len(stated),
        )


def look_at_totals(record: Record) -> Seen:
    """VF22: each clear total is the discrete logarithm of its decryption, and no larger than the weight that voted."""
    checked = 0
    for measure in record.measures:
        bound = record.archives[measure].total_weight
        for row, totals in enumerate(record.totals[measure]):
            for column, total in enumerate(totals):
                _check_total(record, measure, row, column, total, bound)
                checked += 1
    return Seen(checked, f"{checked}个合计都由解密得出。", f"{checked} totals follow from the decryptions.")


def _check_total(record: Record, measure: Measure, row: int, column: int, total: int, bound: int) -> None:
    group, threshold = record.election.group, record.trustees.threshold
    partials = record.partials[measure][:threshold]
    if len(partials) < threshold:
        raise NotLookedAt("解密人数不够。", "Too few trustees decrypted.")
    ciphertext = record.tallies[measure][row][column]
    mask = combine_factors(group, {owner: partial.decryption_factors[row][column] for owner, partial in partials})
    decrypted = group.multiply(ciphertext.beta, group.inverse(mask))
    if not 0 <= total <= bound or group.pow(group.g, total) != decrypted:
        zh = f"{measure}档案第{row + 1}题第{column + 1}项的合计{total}不是解密所得。"
        raise Inconsistent(
            zh, f"In {measure}, total {total} of question {row + 1}, option {column + 1} is not what was decrypted."
        )
