"""Hold ``yeyi elections list`` to its fields and exit codes."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from flask import Flask

from app.elections import cli
from app.settings import Settings
from tests.conftest import NOON
from tests.elections_support import make_draft, make_staff
from tests.support import make_complexes


def test_lists_every_election_as_one_document(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    place, other = make_complexes(app, "qinglan", "hupan")
    first = make_draft(app, place, make_staff(app, place, NOON), NOON)
    second = make_draft(app, other, make_staff(app, other, NOON), NOON)
    monkeypatch.setattr(cli, "local_settings", lambda: settings)
    run = CliRunner().invoke(cli.elections, ["list", "--json"])
    assert run.exit_code == 0
    rows = {row["id"]: row for row in json.loads(run.output)}
    assert set(rows) == {first, second}
    assert rows[first] == {
        "id": first,
        "complex": "qinglan",
        "kind": "renewal",
        "state": "draft",
        "opens_at": "2027-05-22T13:00:00+08:00",
        "closes_at": "2027-06-05T13:00:00+08:00",
        "title": "第三届业委会换届投票",
    }
    one = CliRunner().invoke(cli.elections, ["list", "--complex", "hupan", "--json"])
    assert [row["id"] for row in json.loads(one.output)] == [second]
    plain = CliRunner().invoke(cli.elections, ["list", "--complex", "hupan"])
    assert second in plain.output
    assert "2027-05-22 13:00" in plain.output


def test_says_on_one_line_that_a_complex_is_unknown(app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "local_settings", lambda: settings)
    run = CliRunner().invoke(cli.elections, ["list", "--complex", "nowhere"])
    assert (run.exit_code, run.output.strip()) == (2, "没有这个小区：nowhere")
