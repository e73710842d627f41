"""Check the command ``rules list``: every value with its source, the mark 待核, one JSON document, one line of error."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.statute.policies import policy_registry
from app.statute.rule_list import PACKS, list_values
from app.statute.rule_pack import RULE_PACKS, Matter, Provision, load_rule_pack
from app.statute.rule_words import rule_titles, source_names, unchecked_words, value_words
from app.statute.rules_cli import rules


def run(*options: str) -> Result:
    return CliRunner().invoke(rules, ["list", *options])


def values_of(*options: str) -> dict[str, list[dict[str, Any]]]:
    document = json.loads(run("--json", *options).stdout)
    return {pack["id"]: pack["values"] for pack in document["packs"]}


def test_every_value_of_every_pack_is_listed() -> None:
    listed = values_of()
    assert list(listed) == list(PACKS)
    for pack in RULE_PACKS:
        keys = {value["key"] for value in listed[pack]}
        assert keys == set(load_rule_pack(pack).rules) | set(Matter)
    assert {value["key"] for value in listed["wuhan_default"]} == set(policy_registry())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_value_says_what_it_is_and_where_it_is_from(lang: str) -> None:
    for values in values_of("--lang", lang).values():
        for value in values:
            assert all(value[field] for field in ("id", "title", "words", "value", "comparison", "article", "source_name"))
            assert value["confidence"] in {"found", "corroborated", "known", "design"}
            assert value["to_be_checked"] == (value["confidence"] != "found" and not value["checked_by"])


def test_only_one_pack_when_it_is_named() -> None:
    listed = values_of("--pack", "property_law_2007")
    assert list(listed) == ["property_law_2007"]
    assert {value["of"] for value in listed["property_law_2007"] if value["id"].startswith("R-76")} == {"totals"}


def test_sentences_mark_what_nobody_checked() -> None:
    lines = run().stdout.splitlines()
    quorum = next(line for line in lines if line.strip().startswith("R-278-Q"))
    assert "全体三分之二以上" in quorum
    assert "待核" not in quorum
    window = next(line for line in lines if line.strip().startswith("W-DEFAULT"))
    assert "14 天【待核】" in window
    assert "不是法律规定" in window
    english = run("--lang", "en").stdout
    assert "W-DEFAULT Voting window unless set otherwise: 14 days [to be checked]" in english


def test_a_value_that_somebody_checked_has_no_mark() -> None:
    provision = Provision("某规定第一条", "some rule art. 1", "S-HZR", "corroborated", "王芳")
    assert unchecked_words(provision) == ""
    assert unchecked_words(Provision("某规定第一条", "some rule art. 1", "S-HZR", "corroborated")) == "待核"


def test_an_unknown_pack_is_one_line_and_exit_2() -> None:
    result = run("--pack", "roman_law")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "--pack" in result.stderr


def test_every_title_and_source_is_used_and_none_is_missing() -> None:
    packs = [load_rule_pack(pack) for pack in RULE_PACKS]
    assert set(rule_titles()) == {key for pack in packs for key in pack.rules}
    provisions = [value.provision for pack in PACKS for value in list_values(pack)]
    used = {key.strip() for provision in provisions for key in provision.source.split(",")}
    assert used | {"own_rules"} == set(source_names())


@pytest.mark.parametrize(
    ("key", "zh", "en"),
    [
        ("quorum_heads", "全体三分之二以上", "at least 2/3 of all"),
        ("ordinary_area", "参与表决的过半数", "more than 1/2 of those who take part"),
        ("alternates_share", "名额的二分之一以内", "at most 1/2 of the seats"),
        ("committee_step", "单数", "an odd number"),
        ("notice_days_clear", "不少于 15 天", "at least 15 days"),
        ("revocation_years", "不超过 1 年", "at most 1 year"),
    ],
)
def test_values_read_as_sentences(key: str, zh: str, en: str) -> None:
    rule = load_rule_pack().rules[key]
    assert value_words(rule) == zh
    assert value_words(rule, "en") == en


def test_the_command_loads_no_web_package() -> None:
    code = "import sys; from app.cli import main; main(['rules', 'list'], standalone_mode=False); print('flask' in sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "False"
