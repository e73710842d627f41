"""Own the checks of what stood before opening: form, suite, definition, trustees, rehearsal, roll, credentials.

VF01 to VF07 of app/verifier/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.crypto.archive import Archive
from app.crypto.decryption import check_decryption_factor, combine_factors, rehearsal_context
from app.crypto.encoding import decimal_text
from app.crypto.group import SUITES
from app.crypto.proofs import Proof, parse_proof
from app.crypto.trustees import parse_certificate, verify_trustees
from app.errors import DomainError, Malformed
from app.statute.policies import Policies
from app.statute.rule_pack import load_rule_pack
from app.statute.weight import Measure, Weight
from app.verifier.canonical import parse_canonical
from app.verifier.ceremony import trustee_round_sha256
from app.verifier.errors import Inconsistent, MalformedPart
from app.verifier.files import MANIFEST
from app.verifier.leaves import (
    ElectionAnnounced,
    ElectionDefined,
    LogProof,
    Opened,
    Rehearsal,
    RollFrozen,
    TrusteeRound,
)
from app.verifier.package import FORMAT, RESULT, ROLL, ManifestEntry
from app.verifier.record import Record
from app.verifier.report import Seen

#: Codes of ballots whose bytes are not what the format prescribes.
FORM_CODES = frozenset({"not_json", "oversize", "not_canonical", "malformed"})


# --- VF01 -----------------------------------------------------------------------------------------------------------


def look_at_form(record: Record) -> Seen:
    """VF01: the manifest fits the files, and every part has its canonical form."""
    checked = _check_manifest(record) if record.package is not None else 0
    try:
        checked += sum(1 for _ in _parts(record))
    except Malformed as error:
        raise Inconsistent(f"格式不符：{error}。", f"Not in the required form: {error}.", checked + 1) from error
    odd = sorted(place for place, code in record.box.bad.items() if code in FORM_CODES)
    if odd:
        zh, en = f"第{odd[0] + 1}张选票不是规范的写法。", f"Ballot {odd[0] + 1} is not in canonical form."
        raise Inconsistent(f"{zh}（{record.box.bad[odd[0]]}）", f"{en} ({record.box.bad[odd[0]]})", checked + odd[0] + 1)
    checked += record.box.total
    return Seen(checked, f"{checked}个部分的格式和校验值都对。", f"Form and digests of {checked} parts are right.")


def _check_manifest(record: Record) -> int:
    package = record.package
    if package is None:
        return 0
    manifest = package.manifest
    if manifest.format != FORMAT:
        raise Inconsistent(f"记录格式是{manifest.format}，应为{FORMAT}。", f"The format is {manifest.format}, not {FORMAT}.")
    listed = {entry.name: entry for entry in manifest.entries}
    present = set(package.files) - {MANIFEST}
    if set(listed) != present or len(listed) != len(manifest.entries):
        odd = ", ".join(sorted(set(listed) ^ present)) or MANIFEST
        raise Inconsistent(f"文件与清单不一致：{odd}。", f"Files and manifest differ: {odd}.")
    for name, entry in listed.items():
        _check_file(entry, len(package.files[name]), record.digest(name))
    return len(listed)


def _check_file(entry: ManifestEntry, length: int, digest: str) -> None:
    if (entry.length, entry.sha256) != (length, digest):
        zh = f"{entry.name}的校验值应为{entry.sha256}，实为{digest}。"
        raise Inconsistent(zh, f"The SHA-256 of {entry.name} should be {entry.sha256}, it is {digest}.")


def _parts(record: Record) -> Iterator[object]:
    """Parse every part once; a part that is not in form raises."""
    yield from (_finished(archive) for archive in record.archives.values())
    yield record.election
    yield record.trustees
    yield record.credentials
    yield record.tallies
    yield record.partials
    yield record.totals
    if record.is_bare:
        return
    yield record.definition
    yield record.roll
    yield parse_canonical(record.file(RESULT), RESULT)
    yield from record.leaves
    yield record.checkpoint_note


def _finished(archive: Archive) -> Archive:
    if archive.result is None:
        raise MalformedPart(where="archive", reason="not_finished")
    return archive


# --- VF02, VF03 -----------------------------------------------------------------------------------------------------


def look_at_suite(record: Record) -> Seen:
    """VF02: the group is one this program was built with, and the trustees used the same."""
    name = record.election.group.name
    contexts = [parse_certificate(cert, record.election.group).context for cert in record.trustees.certs]
    if name not in SUITES or any(context is not None and context[0] != name for context in contexts):
        raise Inconsistent("受托人的证书用的是另一个群。", "A trustee's certificate names another group.", len(contexts))
    return Seen(1 + len(contexts), f"参数是{name}（约112位安全强度）。", f"The parameters are {name} (about 112-bit security).")


def look_at_definition(record: Record) -> Seen:
    """VF03: the definition is the one on the record, and it binds roll, law, policies, announcement and trustees."""
    if record.is_bare:
        return not_in_a_bare_archive()
    election, definition = record.election, record.definition
    defined = record.only(ElectionDefined)
    announced, opened = record.only(ElectionAnnounced), record.only(Opened)
    _same("election.json", defined.sha256, election.sha256)
    _same("fingerprint", defined.fingerprint, election.fingerprint)
    _same("fingerprint (opened)", opened.fingerprint, election.fingerprint)
    _same("announcement", announced.announcement, definition.announcement)
    _same("uuid", record.uuid, election.uuid)
    _same("roll", definition.roll, record.digest(ROLL))
    _same("complex", record.package.manifest.complex if record.package else "", definition.complex)
    _same("complex (roll)", record.roll.complex, definition.complex)
    trustees = record.trustees
    _same("threshold", definition.threshold_policy, f"{trustees.threshold}/{trustees.size}")
    try:
        load_rule_pack(definition.rule_pack)
        Policies(definition.policies)
    except Malformed as error:
        raise Inconsistent(f"规则不可用：{error}。", f"The rules are not usable: {error}.", 9) from error
    if definition.insecure_test_randomness:
        zh, en = (
            "一致；但这是用可预知的随机数做的测试记录，不保密。",
            "It agrees; but made with predictable randomness: a test, not secret.",
        )
        return Seen(11, zh, en)
    zh = "选举定义与公开记录一致，规则、清册、公告都写在其中。"
    return Seen(11, zh, "The definition equals the record and binds rules, roll and announcement.")


def _same(what: str, expected: str, got: str) -> None:
    if expected != got:
        raise Inconsistent(f"{what}应为{expected}，实为{got}。", f"{what} should be {expected}, it is {got}.")


# --- VF04, VF05 -----------------------------------------------------------------------------------------------------


def look_at_trustees(record: Record) -> Seen:
    """VF04: every message of the key ceremony, the joint key, and the leaves that bound the messages in time."""
    trustees, election = record.trustees, record.election
    try:
        verify_trustees(trustees, election.public_key)
    except DomainError as error:
        raise Inconsistent(f"密钥仪式不成立：{error}。", f"The key ceremony does not hold: {error}.", trustees.size) from error
    if any(archive.trustees != record.main.trustees for archive in record.archives.values()):
        raise Inconsistent("两份档案的受托人不同。", "The two archives name different trustees.", trustees.size)
    if not record.is_bare:
        _check_round_leaves(record)
    size, threshold = trustees.size, trustees.threshold
    return Seen(size, f"{size}位受托人，{threshold}位可以解密。", f"{size} trustees, {threshold} of them can decrypt.")


def _check_round_leaves(record: Record) -> None:
    trustees = record.trustees
    leaves = {(leaf.round, leaf.index): leaf for leaf in record.of(TrusteeRound)}
    for number in (1, 2, 3):
        for index in range(1, trustees.size + 1):
            leaf = leaves.get((number, index))
            if leaf is None or leaf.sha256 != trustee_round_sha256(trustees, number, index):
                zh = f"{index}号受托人第{number}轮的消息与公开记录不符。"
                raise Inconsistent(zh, f"Trustee {index}'s message of round {number} is not the one on the record.", index)


def look_at_rehearsal(record: Record) -> Seen:
    """VF05: before opening, every trustee decrypted a test ciphertext, and any threshold of them gets the value."""
    if record.is_bare:
        return not_in_a_bare_archive()
    rehearsals = record.of(Rehearsal)
    if not rehearsals:
        raise Inconsistent("开启前没有解密演练。", "There was no decryption rehearsal before opening.")
    return Seen(_check_rehearsal(record, rehearsals[-1]), "每位受托人都演练过解密。", "Every trustee rehearsed the decryption.")


def _check_rehearsal(record: Record, leaf: Rehearsal) -> int:
    group, trustees = record.election.group, record.trustees
    indices = [partial.index for partial in leaf.partials]
    if sorted(indices) != list(range(1, trustees.size + 1)):
        raise Inconsistent("不是每位受托人都恰好演练了一次。", "Not every trustee rehearsed exactly once.", len(indices))
    alpha, beta = _number(leaf.alpha, group.element_digits), _number(leaf.beta, group.element_digits)
    factors = {}
    for partial in leaf.partials:
        factor, proof = _number(partial.factor, group.element_digits), _proof(record, partial.proof)
        share = trustees.public_share(partial.index)
        try:
            check_decryption_factor(group, share, alpha, factor, proof, rehearsal_context(record.uuid))
        except DomainError as error:
            zh, en = f"{partial.index}号受托人的演练不成立。", f"Trustee {partial.index}'s rehearsal does not hold."
            raise Inconsistent(zh, en, partial.index) from error
        factors[partial.index] = factor
    for chosen in (sorted(factors)[: trustees.threshold], sorted(factors)[-trustees.threshold :]):
        mask = combine_factors(group, {index: factors[index] for index in chosen})
        if group.multiply(beta, group.inverse(mask)) != group.pow(group.g, leaf.value):
            raise Inconsistent("演练解出的不是试值。", "The rehearsal does not give the test value.", len(factors))
    return len(factors)


# --- VF06, VF07 -----------------------------------------------------------------------------------------------------


def look_at_roll(record: Record) -> Seen:
    """VF06: the roll adds up, and the leaf that froze it states the same hash, units, heads and area."""
    if record.is_bare:
        return not_in_a_bare_archive()
    roll = record.roll
    compared = roll.require_consistent()
    digest = record.digest(ROLL)
    leaf = next((each for each in record.leaves if isinstance(each, RollFrozen) and each.roll == digest), None)
    if leaf is None:
        raise Inconsistent("公开记录里没有冻结这份清册。", "The record has no leaf that froze this roll.", compared)
    stated = (leaf.units, leaf.heads, leaf.area)
    if stated != (len(roll.units), roll.totals.heads, str(roll.totals.area)):
        raise Inconsistent(
            f"公开记录写的清册合计不同：{stated}。", f"The record states other totals of the roll: {stated}.", compared
        )
    zh = f"{len(roll.units)}户，{roll.totals.heads}人，{roll.totals.area}平方米。"
    return Seen(compared, zh, f"{len(roll.units)} units, {roll.totals.heads} heads, {roll.totals.area} m2.")


def look_at_credentials(record: Record) -> Seen:
    """VF07: both credential lists are what roll and enrolments make them, and each enrolment proves possession."""
    if record.is_bare:
        count = len(record.credentials[Measure.AREA])
        return Seen(
            count,
            f"{count}个凭证互不相同；单个档案没有清册可比。",
            f"{count} distinct credentials; a bare archive has no roll.",
        )
    expected = record.enrolment.weights(record.roll)
    for measure in record.measures:
        _compare_weights(measure, expected, record.credentials[measure])
    bad = record.box.bad_enrolments
    for voter in sorted(bad):
        zh, en = f"{voter}号投票人没有证明持有凭证。", f"Voter {voter} did not prove to hold the credential."
        raise Inconsistent(zh, f"{en} ({bad[voter]})", len(expected))
    count, replaced = len(expected), len(record.enrolment.replaced)
    batched = record.box.batched_enrolments
    how = f"；{batched}份持有证明用中间值成批核对" if batched else ""
    how_en = f"; {batched} proofs of possession in batches over hints" if batched else ""
    zh = f"{count}个凭证（其中{replaced}个已更换）的面积和人数与清册一致{how}。"
    return Seen(count, zh, f"Area and heads of {count} credentials ({replaced} replaced) are as in the roll{how_en}.")


def _compare_weights(measure: Measure, expected: dict[str, Weight], published: dict[str, int]) -> None:
    due = {public: weight[measure] for public, weight in expected.items()}
    if due == published:
        return
    wrong = sorted(public for public in due.keys() | published.keys() if due.get(public) != published.get(public))
    first = wrong[0]
    zh = f"{measure}档案里凭证{first[:12]}…的权重应为{due.get(first)}，写的是{published.get(first)}（共{len(wrong)}处）。"
    en = f"In {measure}, credential {first[:12]}… should weigh {due.get(first)}, not {published.get(first)}"
    raise Inconsistent(zh, f"{en} ({len(wrong)} in all).", len(due))


def _proof(record: Record, proof: LogProof) -> Proof:
    value = {"challenge": proof.challenge, "response": proof.response}
    return parse_proof(value, record.election.group, "leaf")


def _number(text: str, digits: int) -> int:
    return decimal_text(text, digits, "leaf")


def not_in_a_bare_archive() -> Seen:
    """Say that a bare archive has nothing of the kind."""
    return Seen(0, "这是单个档案，没有这一部分。", "This is a bare archive without this part.")
