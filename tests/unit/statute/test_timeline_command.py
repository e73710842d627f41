"""Check the command ``timeline``: what it reads and refuses, exit codes, one JSON document, sentences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.errors import Malformed
from app.statute.cli import timeline
from app.statute.rule_pack import load_rule_pack
from app.statute.timeline_case import parse_timeline, read_timeline
from app.statute.timeline_steps import StepKey


def renewal(**choices: object) -> dict[str, Any]:
    """Return a renewal whose term ends in a year without holidays."""
    return {"kind": "renewal", "term_end": "2027-06-30", "choices": choices}


def run(tmp_path: Path, document: object, *options: str) -> Result:
    """Write a case and plan it."""
    path = tmp_path / "case.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return CliRunner().invoke(timeline, [str(path), *options])


def test_good_plan_is_exit_0_with_every_field(tmp_path: Path) -> None:
    result = run(tmp_path, renewal(), "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (document["kind"], document["term_end"], document["rule_pack"]) == ("renewal", "2027-06-30", "civil_code_2021")
    report = document["steps"][1]
    assert report["title"] == "换届报告"
    assert (report["earliest"], report["latest"], report["planned"]) == (None, "2027-03-30", "2027-03-30")
    assert (report["rule"], report["actor"]) == ("G-47", "committee")
    assert report["rules"][0]["article"].endswith("第四十七条")
    assert report["blocking"] == ["账目尚未备审"]
    assert "problem" not in report


def test_broken_plan_is_exit_1_with_the_problem(tmp_path: Path) -> None:
    broken = renewal(notice_on="2027-05-01", voting_opens_on="2027-05-16")
    result = run(tmp_path, broken, "--json")
    steps = {step["key"]: step for step in json.loads(result.stdout)["steps"]}
    assert result.exit_code == 1
    assert steps["voting_opens"]["problem"] == "too_early"
    sentences = run(tmp_path, broken)
    assert sentences.exit_code == 1
    assert "【不符：早于最早的日期 2027年5月17日】" in sentences.stdout
    assert "[wrong: before the earliest day, 2027-05-17]" in run(tmp_path, broken, "--lang", "en").stdout


def test_sentences_name_step_actor_dates_rule_and_article(tmp_path: Path) -> None:
    lines = run(tmp_path, renewal(voting_days=61)).stdout.splitlines()
    assert lines[0].startswith("任期提醒（系统）：应在 2026年12月30日。")
    assert lines[3].startswith("名单公示（街道）：最迟 2027年6月5日。")
    assert "投票期太长，最多 60 天" in lines[6]
    english = run(tmp_path, renewal(report_on="2027-03-01"), "--lang", "en").stdout.splitlines()
    assert english[1].startswith("Report of the renewal (the committee): by 2027-03-30, set for 2027-03-01.")
    assert english[1].endswith("(Guidance Rules art. 47)")
    free = run(tmp_path, {"kind": "decision"}, "--lang", "en").stdout.splitlines()
    assert free[0].startswith("Notice of the meeting (the committee): no date is fixed by law.")


def test_a_year_without_holidays_is_said(tmp_path: Path) -> None:
    notes = json.loads(run(tmp_path, renewal(), "--json").stdout)["notes"]
    assert [note[:12] for note in notes] == ["没有给出 2026 年的", "2027 年放假安排未公"]
    given = renewal(holidays=["2027-05-01", "2026-10-01"])
    assert json.loads(run(tmp_path, given, "--json").stdout)["notes"] == []


def test_published_holidays_are_taken_only_when_asked_and_never_over_the_cases_own(tmp_path: Path) -> None:
    """Thirty days after 1 September 2026 is 1 October, the first of the days off; 8 October is a working day."""
    case = {"kind": "by_election", "choices": {"vacancy_on": "2026-09-01"}}

    def filing(*options: str, **choices: object) -> str:
        document = {**case, "choices": {**case["choices"], **choices}}  # type: ignore[dict-item]
        steps = json.loads(run(tmp_path, document, "--json", *options).stdout)["steps"]
        return str(next(step["latest"] for step in steps if step["key"] == "vacancy_filing"))

    assert filing() == "2026-10-01"
    assert filing("--published-holidays") == "2026-10-08"
    assert filing("--published-holidays", holidays=["2026-10-01"]) == "2026-10-02"


@pytest.mark.parametrize(
    ("case", "code", "where"),
    [
        ([], "not_an_object", "file"),
        ({}, "word_unknown", "kind"),
        ({"kind": "putsch"}, "word_unknown", "kind"),
        ({"kind": "renewal"}, "term_end_missing", "term_end"),
        ({"kind": "renewal", "term_end": None}, "term_end_missing", "term_end"),
        ({"kind": "renewal", "term_end": "2027-02-29"}, "date_unreadable", "term_end"),
        ({"kind": "renewal", "term_end": 20270630}, "date_unreadable", "term_end"),
        ({"kind": "decision", "term_end": "soon"}, "date_unreadable", "term_end"),
        ({"kind": "decision", "rule_pack": "none_such"}, "rule_pack_unknown", "rule_pack"),
        ({"kind": "decision", "rule_pack": "property_law_2007"}, "rule_pack_without_dates", "rule_pack"),
        ({"kind": "decision", "rule_pack": ["civil_code_2021"]}, "not_a_name", "rule_pack"),
        ({"kind": "decision", "rule_pack": None}, "not_a_name", "rule_pack"),
        ({"kind": "decision", "choices": []}, "not_an_object", "choices"),
        (renewal(notice="2027-05-06"), "choice_unknown", "choices.notice"),
        (renewal(alarm_on="2027-05-06"), "choice_unknown", "choices.alarm_on"),
        (renewal(voting_closes_on="2027-05-06"), "choice_unknown", "choices.voting_closes_on"),
        (renewal(objections_close_on="2027-05-06"), "choice_unknown", "choices.objections_close_on"),
        (renewal(notice_on="2027-5-6"), "date_unreadable", "choices.notice_on"),
        (renewal(notice_on="20270506"), "date_unreadable", "choices.notice_on"),
        (renewal(notice_on="2027-05-06T00:00:00"), "date_unreadable", "choices.notice_on"),
        (renewal(notice_on="２０２７-05-06"), "date_unreadable", "choices.notice_on"),
        (renewal(notice_on=None), "date_unreadable", "choices.notice_on"),
        (renewal(application_on="2027-05-06"), "choice_not_in_plan", "choices.application_on"),
        (renewal(dismissal=True), "choice_not_in_plan", "choices.dismissal"),
        ({"kind": "decision", "choices": {"dismissal": "yes"}}, "not_a_boolean", "choices.dismissal"),
        (
            {"kind": "decision", "choices": {"dismissal_notice_on": "2027-05-06"}},
            "choice_not_in_plan",
            "choices.dismissal_notice_on",
        ),
        (
            {"kind": "decision", "choices": {"committee_agenda_on": "2027-05-06"}},
            "choice_not_in_plan",
            "choices.committee_agenda_on",
        ),
        (renewal(voting_days="15"), "days_unusable", "choices.voting_days"),
        (renewal(voting_days=True), "days_unusable", "choices.voting_days"),
        (renewal(voting_days=0), "days_unusable", "choices.voting_days"),
        (renewal(objection_days=-1), "days_unusable", "choices.objection_days"),
        (renewal(holidays="2027-05-01"), "not_a_list", "choices.holidays"),
        (renewal(holidays=["2027-05-01", "2027-05-32"]), "date_unreadable", "choices.holidays[1]"),
        (renewal(workdays=[1]), "date_unreadable", "choices.workdays[0]"),
    ],
)
def test_unusable_case_names_what_and_where(case: object, code: str, where: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_timeline(case)
    assert (caught.value.code, caught.value.values["where"]) == (code, where)


@pytest.mark.parametrize(
    "case",
    [
        renewal(voting_days=10**9),
        renewal(notice_on="9999-12-31"),
        {"kind": "renewal", "term_end": "0001-03-01"},
        renewal(voting_days=15.5),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_unusable_case_is_exit_2_with_one_line(tmp_path: Path, case: object, lang: str) -> None:
    result = run(tmp_path, case, "--json", "--lang", lang)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "case.json" in result.stderr


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b'{"kind": NaN}', b"[" * 100_000])
def test_what_is_not_json_is_refused(raw: bytes) -> None:
    with pytest.raises(Malformed, match="not_json"):
        parse_timeline(raw)


@pytest.mark.parametrize("arguments", [[], ["--what"], ["missing.json"], ["/"], ["a.json", "--lang", "fr"]])
def test_bad_arguments_are_exit_2_with_one_line(arguments: list[str]) -> None:
    result = CliRunner().invoke(timeline, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1


def test_choices_are_read_as_given_and_numbers_come_from_the_pack_else() -> None:
    request = read_timeline(renewal(voting_days=15, notice_on="2027-05-06"))
    assert request.dates[StepKey.NOTICE].isoformat() == "2027-05-06"
    assert (request.window, request.objections) == (15, load_rule_pack().number("objection_days"))
    assert read_timeline({"kind": "decision", "choices": None}).window == load_rule_pack().number("voting_window_days_default")
