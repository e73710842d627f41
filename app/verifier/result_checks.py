"""Own the checks of the result: labels as defined, and the legal rule applied to the totals in exact integers.

VF23 and VF24 of app/verifier/README.md, and the checks that later parts of the record will fill.
"""

from __future__ import annotations

from app.crypto.election import Question
from app.errors import Malformed
from app.statute.case import ElectionKind
from app.statute.rule_pack import Matter
from app.statute.weight import Measure, Weight
from app.verifier.canonical import parse_canonical
from app.verifier.definition import MATTER_OPTIONS
from app.verifier.errors import Inconsistent
from app.verifier.package import PAPER, RESULT
from app.verifier.record import Record
from app.verifier.report import Seen
from app.verifier.result import result_json
from app.verifier.setup_checks import not_in_a_bare_archive


def look_at_labels(record: Record) -> Seen:
    """VF23: each question has the options its kind prescribes, and the result names the same questions and options.

    A recall has no seats; a by-election has some. Where no kind is named, an ELECT question without seats is a recall.
    """
    if record.is_bare:
        return not_in_a_bare_archive()
    definition, questions = record.definition, record.election.questions
    if not len(questions) == len(definition.kinds) == len(definition.seats):
        raise Inconsistent("题目数与定义不符。", "The number of questions differs from the definition.", len(questions))
    for at, (question, kind, seats) in enumerate(zip(questions, definition.kinds, definition.seats, strict=True)):
        _check_question(at, question, kind, seats)
        named = kind is Matter.ELECT and definition.election is not ElectionKind.COMMITTEE
        if named and (seats is None) is not (definition.election is ElectionKind.RECALL):
            raise Inconsistent(
                f"第{at + 1}题的席位与选举种类不符。",
                f"The seats of question {at + 1} do not fit the kind of election.",
                at + 1,
            )
    published = parse_canonical(record.file(RESULT), RESULT).get("matters")
    labels = [(question.question, list(question.answers)) for question in questions]
    shown = [(each.get("question"), each.get("labels")) for each in published] if isinstance(published, list) else []
    if shown != labels:
        raise Inconsistent(
            "结果里的题目或选项与选票不同。", "The result names other questions or options than the ballot.", len(labels)
        )
    return Seen(
        len(questions), f"{len(questions)}道题的题目和选项一致。", f"Questions and options of {len(questions)} matters agree."
    )


def _check_question(at: int, question: Question, kind: Matter, seats: int | None) -> None:
    if seats is not None and kind is not Matter.ELECT:
        raise Inconsistent(f"第{at + 1}题不是选举却有席位。", f"Question {at + 1} has seats but is no election.", at + 1)
    limits = (question.minimum, question.maximum, question.blank)
    if seats is None:
        good = question.answers == MATTER_OPTIONS and limits == (0, 1, False)
    else:
        distinct = len(set(question.answers)) == len(question.answers)
        good = distinct and limits == (0, min(seats, len(question.answers)), False)
    if not good:
        raise Inconsistent(f"第{at + 1}题的选项或选择数不合规定。", f"Question {at + 1} has wrong options or limits.", at + 1)


def look_at_rule(record: Record) -> Seen:
    """VF24: quorum, majority and ranking follow from roll, participation and totals, exactly as published."""
    if record.is_bare:
        return not_in_a_bare_archive()
    archives = record.archives
    participating = Weight.of(archives[Measure.AREA].total_weight, archives[Measure.HEADS].total_weight)
    try:
        due = result_json(record.election, record.definition, record.roll.totals, participating, record.totals)
    except Malformed as error:
        raise Inconsistent(f"这些合计得不出结论：{error}。", f"No verdict follows from these totals: {error}.") from error
    if due != record.file(RESULT):
        raise Inconsistent("公布的结果与按规则算出的不同。", "The published result differs from what the rules give.")
    count = len(record.election.questions)
    return Seen(count, f"{count}道题的结论由合计按规则得出。", f"The verdicts of {count} matters follow from the totals.")


def look_at_paper(record: Record) -> Seen:
    """VF18: paper ballots; a record that has some is refused by a verifier that cannot check them."""
    if record.package is not None and PAPER in record.package.files:
        raise Inconsistent(
            "记录含有纸质票，这个版本还不能核对。", "The record has paper ballots, which this version cannot check."
        )
    return Seen(0, "没有纸质票。", "There are no paper ballots.")


def look_at_amendments(_record: Record) -> Seen:
    """VF19: amendments of the roll after freezing; VF10 refuses kinds of leaves that do not exist yet."""
    return Seen(0, "公开记录里没有更正或撤销。", "The record has no amendments or revocations.")


def not_part_of_the_record(zh: str, en: str) -> Seen:
    """Say why a check of the list has nothing to look at in this version of the record."""
    return Seen(0, zh, en)
