"""Own ``result.json``: the legal result of every question, computed from totals alone.

The result page, the exported record and VF24 all use :func:`result_json`, so none can differ from the others.
Source: app/statute/LAW.md 3.5, 3.6; the form is that of ``yeyi count`` (aggregated numbers, no single ballots).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.crypto.election import Election, Question
from app.statute.case import ElectionKind
from app.statute.languages import Language
from app.statute.output import verdict_json
from app.statute.rule_pack import Matter
from app.statute.verdict import Verdict, judge_election, judge_matter
from app.statute.weight import Measure, Weight
from app.verifier.canonical import canonical_json
from app.verifier.definition import Definition
from app.verifier.errors import MalformedPart

FORMAT = "yeyi-result/1"
_MATTER_KEYS = ("agree", "against", "abstain")
#: Clear totals per measure, question and answer: areas in 0.01 m2, heads.
Totals = Mapping[Measure, Sequence[Sequence[int]]]


def judge(
    election: Election, definition: Definition, roll_totals: Weight, participating: Weight, totals: Totals
) -> list[Verdict]:
    """Return the verdict of every question, by the rule pack and policies the definition binds.

    :raises Malformed: the numbers contradict each other, or definition and questions do not fit
    """
    if not len(election.questions) == len(definition.kinds) == len(definition.seats):
        raise MalformedPart(where="description", reason="kinds_and_questions")
    verdicts = []
    for at, question in enumerate(election.questions):
        marked = [
            Weight.of(area, heads) for area, heads in zip(totals[Measure.AREA][at], totals[Measure.HEADS][at], strict=True)
        ]
        verdicts.append(_judge_question(definition, at, question, roll_totals, participating, marked))
    return verdicts


def _judge_question(
    definition: Definition,
    at: int,
    question: Question,
    roll_totals: Weight,
    participating: Weight,
    marked: Sequence[Weight],
) -> Verdict:
    seats, policies = definition.seats[at], definition.policies
    if seats is not None:
        if definition.election is ElectionKind.RECALL:
            raise MalformedPart(where="description", reason="recall_has_seats")
        return judge_election(
            seats,
            question.answers,
            roll_totals,
            participating,
            dict(zip(question.answers, marked, strict=True)),
            policies,
            election=definition.election,
            rule_pack=definition.rule_pack,
        )
    if len(marked) != len(_MATTER_KEYS):
        raise MalformedPart(where="questions", reason="matter_needs_three_answers")
    options = dict(zip(_MATTER_KEYS, marked, strict=True))
    return judge_matter(definition.kinds[at], roll_totals, participating, options, policies, rule_pack=definition.rule_pack)


def result_value(
    election: Election, definition: Definition, roll_totals: Weight, participating: Weight, totals: Totals
) -> dict[str, Any]:
    """Return the content of result.json; ``election`` is named where it is a by-election or a recall."""
    matters = []
    verdicts = judge(election, definition, roll_totals, participating, totals)
    for question, kind, seats, verdict in zip(election.questions, definition.kinds, definition.seats, verdicts, strict=True):
        english = verdict_json(verdict, Language.EN)["explanation"]
        body = {"matter": str(kind), "question": question.question, "labels": list(question.answers), "seats": seats}
        if kind is Matter.ELECT and definition.election is not ElectionKind.COMMITTEE:
            body["election"] = str(definition.election)
        matters.append({**body, **verdict_json(verdict, Language.ZH), "explanation_en": english})
    return {"format": FORMAT, "election": election.uuid, "name": election.name, "matters": matters}


def result_json(
    election: Election, definition: Definition, roll_totals: Weight, participating: Weight, totals: Totals
) -> bytes:
    """Return the RFC 8785 bytes of result.json."""
    return canonical_json(result_value(election, definition, roll_totals, participating, totals))
