"""Own the whole verification: the list of all checks, run in order over a record package or a bare archive."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from app.statute.languages import Bilingual
from app.statute.weight import Measure
from app.verifier import ballot_checks, board_checks, result_checks, setup_checks, tally_checks
from app.verifier.box import BoxOptions
from app.verifier.errors import NotAPackage
from app.verifier.package import RESULT, RecordPackage, read_package
from app.verifier.record import Record
from app.verifier.report import Check, Report, Seen, perform

#: A bare archive is read whole into memory.
_MAX_ARCHIVE_BYTES = 1 << 30


def _not_yet(zh: str, en: str) -> Callable[[Record], Seen]:
    return lambda _record: result_checks.not_part_of_the_record(zh, en)


CHECKS: tuple[Check, ...] = (
    Check("VF01", Bilingual("格式和校验值", "Form and digests"), setup_checks.look_at_form, waits=True),
    Check("VF02", Bilingual("密码参数", "Cryptographic suite"), setup_checks.look_at_suite),
    Check("VF03", Bilingual("选举定义", "Definition of the election"), setup_checks.look_at_definition),
    Check("VF04", Bilingual("受托人与共同密钥", "Trustees and joint key"), setup_checks.look_at_trustees),
    Check("VF05", Bilingual("解密演练", "Decryption rehearsal"), setup_checks.look_at_rehearsal),
    Check("VF06", Bilingual("冻结的清册", "Frozen roll"), setup_checks.look_at_roll),
    Check("VF07", Bilingual("凭证与权重", "Credentials and weights"), setup_checks.look_at_credentials, waits=True),
    Check("VF08", Bilingual("公开记录的树", "Tree of the public record"), board_checks.look_at_tree),
    Check("VF09", Bilingual("公开记录的签名", "Signature of the public record"), board_checks.look_at_log_signature),
    Check("VF10", Bilingual("记录的先后与完整", "Order and completeness"), board_checks.look_at_order),
    Check("VF11", Bilingual("选票签名", "Signatures of ballots"), ballot_checks.look_at_signatures, waits=True),
    Check("VF12", Bilingual("选票属于本次表决", "Ballots belong to this election"), ballot_checks.look_at_binding, waits=True),
    Check("VF13", Bilingual("群元素", "Group elements"), ballot_checks.look_at_elements, waits=True),
    Check("VF14", Bilingual("逐项证明", "Proof of each choice"), ballot_checks.look_at_choices, waits=True),
    Check("VF15", Bilingual("数目证明", "Proof of limits"), ballot_checks.look_at_limits, waits=True),
    Check(
        "VF16",
        Bilingual("没有重复的选票和密文", "No repeated ballot or ciphertext"),
        ballot_checks.look_at_duplicates,
        waits=True,
    ),
    Check("VF17", Bilingual("改票规则", "Changes of vote"), ballot_checks.look_at_changes),
    Check("VF18", Bilingual("纸质票", "Paper ballots"), result_checks.look_at_paper),
    Check("VF19", Bilingual("更正与撤销", "Amendments"), result_checks.look_at_amendments),
    Check("VF20", Bilingual("加密合计", "Encrypted tally"), tally_checks.look_at_aggregate, waits=True),
    Check("VF21", Bilingual("部分解密", "Partial decryptions"), tally_checks.look_at_decryptions),
    Check("VF22", Bilingual("解密所得合计", "Decrypted totals"), tally_checks.look_at_totals),
    Check("VF23", Bilingual("题目与选项", "Questions and options"), result_checks.look_at_labels),
    Check("VF24", Bilingual("结论的法律规则", "Legal rule of the result"), result_checks.look_at_rule),
    Check(
        "VF25",
        Bilingual("公布的文本", "Published texts"),
        _not_yet("记录里没有公布用的文本。", "The record holds no published text."),
    ),
    Check(
        "VF26",
        Bilingual("投票页面的代码", "Code of the booth"),
        _not_yet("记录里没有页面代码的校验值。", "The record holds no digest of the booth's code."),
    ),
    Check(
        "VF27",
        Bilingual("抽查的选票", "Challenged ballots"),
        _not_yet("没有被抽查的选票。", "There are no challenged ballots."),
    ),
    Check(
        "VF28",
        Bilingual("公布范围", "Disclosure"),
        _not_yet("只公布全体合计，没有分组合计。", "Only totals of all are published, none of a group."),
    ),
    Check("VF29", Bilingual("镜像", "Mirrors"), _not_yet("没有镜像可比。", "There is no mirror to compare.")),
    Check(
        "VF30",
        Bilingual("清册与真实名册", "Roll and real roll"),
        _not_yet("只有监督方能核对真实名册。", "Only a supervisor can compare the real roll."),
    ),
)


def verify_package(package: RecordPackage, options: BoxOptions | None = None) -> Report:
    """Run every check over a record package."""
    return _run(Record(package, None, options or BoxOptions()))


def verify_archive(raw: bytes, options: BoxOptions | None = None) -> Report:
    """Run the checks that apply to a bare archive, such as ``belenios-tool`` makes; the others say that there is nothing."""
    return _run(Record(None, raw, options or BoxOptions()))


def verify_path(path: Path, options: BoxOptions | None = None) -> Report:
    """Verify what lies at a path: a package as folder or zip, or one ``.bel`` file.

    :raises NotAPackage: neither
    """
    if path.suffix == ".bel" and path.is_file() and not path.is_symlink():
        if path.stat().st_size > _MAX_ARCHIVE_BYTES:
            raise NotAPackage(path=str(path), reason="too_large")
        return verify_archive(path.read_bytes(), options)
    return verify_package(read_package(path), options)


def _run(record: Record) -> Report:
    with record.begin():
        done = {check.id: perform(check, record) for check in sorted(CHECKS, key=lambda each: each.waits)}
    checks = tuple(done[check.id] for check in CHECKS)
    report = Report(checks)
    if not report.consistent:
        return report
    if record.package is None:
        return Report(checks, {"election": record.uuid, "tally": record.totals[Measure.AREA]})
    value = json.loads(record.file(RESULT))
    # One matter reads as the output of `yeyi count`; several are listed, the first one's fields kept on top.
    return Report(checks, {**value["matters"][0], **value})
