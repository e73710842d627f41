"""A vote goes the whole way: enrolled, cast, closed, summed, opened by two of three, published, and verified by others."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select

from app.ballots.cli import export
from app.ballots.services.build_record import record_files
from app.ballots.tasks import run_tick
from app.board.queries import latest_checkpoint
from app.db.personal_data import unseal
from app.db.session import db
from app.elections.types import ElectionKind
from app.outbox.models import OutgoingMessage
from app.settings import Settings
from app.verifier.package import write_files
from app.verifier.verify import verify_path
from tests.ballots_support import ABSTAIN, AGAINST, AGREE, VoterPlan, World, flats, open_world, world_of
from tests.conftest import SteerableClock
from tests.elections_support import make_open_election
from tests.support import make_complexes


def publish(world: World, trustees: tuple[int, ...]) -> None:
    """Close by the clock, let the trustees open, publish as the operator."""
    world.close_by_clock()
    with world.app.app_context():
        assert run_tick(world.clock.at) == 2
        assert run_tick(world.clock.at) == 0
    for index in trustees:
        assert world.decrypt(index).status_code == 201
    operator = world.browser(world.operator)
    assert operator.get(f"{world.url}/publish").status_code == 200
    assert operator.post(f"{world.url}/publish").status_code == 303


def require_accepted(world: World, folder: Path) -> None:
    """Let our verifier and the outside tool examine the record package."""
    write_files(folder, world.read(lambda: record_files(world.place.slug, world.uuid)))
    report = verify_path(folder)
    assert [(each.id, each.detail.say("zh")) for each in report.checks if not each.passed] == []
    (credentials,) = [each for each in report.checks if each.id == "VF07"]
    assert "份持有证明用中间值成批核对" in credentials.detail.zh
    for weight in ("area", "heads"):
        subprocess.run(["belenios-tool", "election", "verify", "--dir", str(folder / weight)], check=True, capture_output=True)


@pytest.mark.interop
def test_record_with_changes_and_replaced_credentials_is_accepted_by_both_verifiers(
    app: Flask, clock: SteerableClock, tmp_path: Path
) -> None:
    world = open_world(app, clock, flats(9))
    marks = [AGREE, AGREE, AGREE, AGREE, AGAINST, AGREE, ABSTAIN, AGREE]
    devices = {}
    for voter, mark in enumerate(marks, 1):
        clock.forward(minutes=5)
        devices[voter] = world.device(voter)
        assert devices[voter].cast(None, mark, (1, 0, 1, 0)).status_code == 201
    assert devices[1].cast(None, AGAINST, (0, 1, 0, 1)).status_code == 201
    assert world.device(2).cast(None, AGAINST, (0, 1, 0, 1)).status_code == 201
    # A new phone that never casts takes nothing away and leaves no leaf.
    assert world.device(3).enrol().status_code == 201
    world.device(9).enrol()
    publish(world, (1, 3))
    require_accepted(world, tmp_path / "record")
    result = json.loads(world.read_election().result)
    assert result["matters"][0]["options"]["agree"] == {"area": "357.28", "heads": 4}
    assert result["matters"][0]["options"]["against"] == {"area": "267.96", "heads": 3}
    assert result["matters"][0]["participating"] == {"area": "714.56", "heads": 8}


@pytest.mark.interop
def test_election_set_up_by_its_own_services_goes_the_whole_way(app: Flask, clock: SteerableClock, tmp_path: Path) -> None:
    place = make_complexes(app, "qinglan")[0]
    world = world_of(app, clock, make_open_election(app, place, clock.at))
    for voter in world.accounts:
        clock.forward(minutes=5)
        assert world.device(voter).cast().status_code == 201
    publish(world, (2, 3))
    require_accepted(world, tmp_path / "record")
    assert json.loads(world.read_election().result)["matters"][0]["verdict"] == "passed"


@pytest.mark.interop
def test_by_election_of_the_platform_is_judged_as_one_in_its_record(app: Flask, clock: SteerableClock, tmp_path: Path) -> None:
    """Two vacancies of which one is filled: as a committee election it would have failed."""
    place = make_complexes(app, "qinglan")[0]
    names = ("陈建国", "李秀英", "王志强")
    opened = make_open_election(app, place, clock.at, kind=ElectionKind.BY_ELECTION, hire=False, candidates=names, seats=2)
    world = world_of(app, clock, opened)
    for voter in world.accounts:
        clock.forward(minutes=5)
        assert world.device(voter).cast(None, (1, 0, 0)).status_code == 201
    publish(world, (1, 2))
    require_accepted(world, tmp_path / "record")
    (matter,) = json.loads(world.read_election().result)["matters"]
    assert (matter["verdict"], matter["election"], matter["seats"]) == ("partial", "by_election", 2)
    assert matter["elected"] == ["陈建国（1栋）"]


@pytest.mark.interop
def test_recall_of_the_platform_is_counted_like_an_ordinary_matter_in_its_record(
    app: Flask, clock: SteerableClock, tmp_path: Path
) -> None:
    place = make_complexes(app, "qinglan")[0]
    opened = make_open_election(app, place, clock.at, kind=ElectionKind.RECALL, hire=False, candidates=(), recall=True)
    world = world_of(app, clock, opened)
    for voter in world.accounts:
        clock.forward(minutes=5)
        assert world.device(voter).cast(None, AGREE).status_code == 201
    publish(world, (1, 2))
    require_accepted(world, tmp_path / "record")
    (matter,) = json.loads(world.read_election().result)["matters"]
    assert (matter["matter"], matter["verdict"], matter["election"]) == ("ELECT", "passed", "recall")
    assert (matter["seats"], matter["elected"]) == (None, [])


def test_export_writes_the_bytes_of_the_download(
    app: Flask, settings: Settings, clock: SteerableClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = open_world(app, clock, candidates=0)
    assert world.device(1).cast().status_code == 201
    environment = {
        "YEYI_INSTANCE": str(settings.instance_path),
        "YEYI_DATABASE_URL": settings.database_url,
        "YEYI_SESSION_SECRET": settings.session_secret,
        "YEYI_DATA_KEY": settings.data_key.hex(),
        "YEYI_LOG_KEY": settings.log_key.hex(),
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    early = CliRunner().invoke(export, [world.uuid, "--out", str(tmp_path / "early")])
    assert early.exit_code == 2
    publish(world, (1, 2))
    out = tmp_path / "out"
    done = CliRunner().invoke(export, [world.uuid, "--out", str(out)])
    assert done.exit_code == 0, done.output
    with app.test_client().get(f"{world.url}/record.zip") as answer:
        archive = zipfile.ZipFile(io.BytesIO(answer.data))
    written = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}
    assert written == {name: archive.read(name) for name in archive.namelist()}
    assert CliRunner().invoke(export, [world.uuid, "--out", str(out)]).exit_code == 2
    assert CliRunner().invoke(export, ["YeyiUnknown111", "--out", str(tmp_path / "no")]).exit_code == 2


def messages(world: World) -> list[tuple[str, str]]:
    """Return (number, text) of every message, oldest first."""

    def look() -> list[tuple[str, str]]:
        rows = db.session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.created_at))
        return sorted(
            (
                unseal(row.recipient_sealed, field="message.recipient", owner=row.id),
                unseal(row.text_sealed, field="message.text", owner=row.id),
            )
            for row in rows
        )

    found: list[tuple[str, str]] = world.read(look)
    return found


def test_owners_are_told_of_their_vote_and_never_of_a_choice(app: Flask, clock: SteerableClock) -> None:
    plans = [*flats(1), VoterPlan((("9-1-0101", "100.00"),), persons=2, nominee=0)]
    world = open_world(app, clock, plans, candidates=0)
    receipt = world.device(2).cast(None, AGREE).json
    (first, second) = messages(world)
    code = f"{receipt['receipt_code'][:4]}-{receipt['receipt_code'][4:]}"
    assert "】您5月22日" in first[1] + second[1]
    assert "您家的共有人" in first[1] + second[1]
    assert first[0] != second[0]
    assert all(code in text for _, text in (first, second))
    assert not any(word in text for _, text in (first, second) for word in ("同意", "反对", "弃权"))
    publish(world, (1, 2))
    told = [number for number, text in messages(world) if "您的票已计入结果" in text]
    assert sorted(told) == sorted({first[0], second[0]})


def test_refused_ballot_tells_nobody(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, candidates=0)
    device = world.device(1)
    assert device.cast(device.ballot()[:-1]).status_code == 400
    assert messages(world) == []


def test_tick_signs_the_record_while_votes_come_in(app: Flask, clock: SteerableClock) -> None:
    world = open_world(app, clock, candidates=0)
    ballot = world.device(1).cast().json
    with app.app_context():
        run_tick(clock.at)
    signed = world.read(lambda: latest_checkpoint().tree_size)
    assert signed > 0
    with app.app_context():
        run_tick(clock.at)
    assert world.read(lambda: latest_checkpoint().tree_size) == signed
    assert ballot["box_number"] == 1
