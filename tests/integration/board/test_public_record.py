"""Hold the public record to its log: the same root as the slow reference, one writer at a time, signed, and without persons."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.ballots.tasks import run_tick
from app.board.models import BoardCheckpoint, BoardHead, BoardLeaf
from app.board.queries import all_leaves, first_checkpoint_over, latest_checkpoint, leaves_up_to, proof_of_inclusion
from app.board.services.append_entry import append_entry
from app.board.services.keys import log_signing_key
from app.board.services.sign_checkpoint import sign_checkpoint
from app.board.types import LeafRow
from app.db.session import db, read_in_tenant, tenant_work
from app.errors import NotFound
from app.tenancy.types import ComplexRow
from app.tlog.checkpoints import open_checkpoint
from app.tlog.errors import NoteNotTrusted
from app.tlog.merkle import leaf_hash, verify_inclusion
from app.tlog.notes import VerifierKey
from tests.ballots_support import AGAINST, AGREE, world_of
from tests.conftest import NOON, SteerableClock
from tests.elections_support import CANDIDATES, SMALL_ROLL, make_open_election
from tests.integration.board.leaf_scan import personal_data_in
from tests.reference.tlog_rfc6962 import mth
from tests.support import make_complexes

BODIES = st.lists(
    st.dictionaries(st.text(max_size=5), st.one_of(st.text(max_size=9), st.integers(-(2**53) + 1, 2**53 - 1)), max_size=3),
    min_size=1,
    max_size=12,
)


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    return make_complexes(app, "qinglan")[0]


def read(app: Flask, place: ComplexRow, query: Callable[[], object]) -> object:
    with app.app_context():
        return read_in_tenant(place.id, query)


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(bodies=BODIES)
def test_appended_leaves_give_the_root_of_the_reference(app: Flask, place: ComplexRow, bodies: list[dict[str, object]]) -> None:
    with app.app_context(), tenant_work(place.id, write=True):
        start = len(all_leaves())
        written = [append_entry("x", body, at=NOON) for body in bodies]
        assert [row.index for row in written] == list(range(start, start + len(bodies)))
        checkpoint = sign_checkpoint(place.slug, at=NOON)
        leaves = leaves_up_to(checkpoint.tree_size)
        assert [row.body for row in written] == leaves[start:]
        assert checkpoint.root_hash == mth(leaves)
        for index in range(len(leaves)):
            proof = proof_of_inclusion(index, len(leaves))
            assert verify_inclusion(leaf_hash(leaves[index]), index, len(leaves), proof, checkpoint.root_hash)


def append_at_once(app: Flask, places: list[ComplexRow], times: int) -> None:
    """Append from one thread per given complex, all starting together."""
    barrier = threading.Barrier(len(places))

    def work(place: ComplexRow) -> None:
        barrier.wait()
        for number in range(times):
            with app.app_context(), tenant_work(place.id, write=True):
                append_entry("x", {"number": number}, at=NOON)

    with ThreadPoolExecutor(len(places)) as pool:
        list(pool.map(work, places))


@pytest.mark.parametrize("started", [True, False], ids=["a started record", "the first entry of all"])
def test_writers_at_once_get_consecutive_indexes(app: Flask, place: ComplexRow, started: bool) -> None:
    if started:
        append_at_once(app, [place], 1)
    append_at_once(app, [place] * 3, 5)
    leaves = read(app, place, all_leaves)
    assert isinstance(leaves, list)
    assert [leaf.index for leaf in leaves] == list(range(15 + started))
    with app.app_context(), tenant_work(place.id, write=True):
        assert sign_checkpoint(place.slug, at=NOON).root_hash == mth([leaf.body for leaf in leaves])


def test_two_complexes_write_their_own_records_at_once(app: Flask) -> None:
    places = make_complexes(app, "qinglan", "cuiping")
    append_at_once(app, places, 6)
    for place in places:
        leaves = read(app, place, all_leaves)
        assert isinstance(leaves, list)
        assert [leaf.index for leaf in leaves] == list(range(6))


def test_signing_the_same_size_at_once_gives_one_checkpoint(app: Flask, place: ComplexRow) -> None:
    append_at_once(app, [place], 2)
    barrier = threading.Barrier(3)

    def sign(_number: int) -> str:
        barrier.wait()
        with app.app_context(), tenant_work(place.id, write=True):
            return sign_checkpoint(place.slug, at=NOON).note

    with ThreadPoolExecutor(3) as pool:
        assert len(set(pool.map(sign, range(3)))) == 1
    assert read(app, place, lambda: len(db.session.scalars(select(BoardCheckpoint)).all())) == 1


def test_a_checkpoint_verifies_with_the_published_key_alone(app: Flask) -> None:
    place, other = make_complexes(app, "qinglan", "cuiping")
    append_at_once(app, [place], 3)
    with app.app_context(), tenant_work(place.id, write=True):
        signed = sign_checkpoint(place.slug, at=NOON)
    client = app.test_client()
    note = client.get(f"/c/{place.slug}/record/checkpoint").data
    key = VerifierKey.parse(client.get(f"/c/{place.slug}/record/key").get_data(as_text=True).strip())
    opened = open_checkpoint(note, key)
    assert (opened.origin, opened.size, opened.root) == ("yeyi/qinglan", 3, signed.root_hash)
    with app.app_context():
        foreign = log_signing_key(other.slug).verifier
    with pytest.raises(NoteNotTrusted):
        open_checkpoint(note, foreign)
    with pytest.raises(NoteNotTrusted):
        open_checkpoint(note.replace(b"\n3\n", b"\n4\n"), key)


def test_the_oldest_covering_checkpoint_never_changes(app: Flask, place: ComplexRow) -> None:
    notes = []
    for _time in range(3):
        append_at_once(app, [place], 1)
        with app.app_context(), tenant_work(place.id, write=True):
            sign_checkpoint(place.slug, at=NOON)
        first = read(app, place, lambda: first_checkpoint_over(0))
        notes.append(first)
    assert notes[0] == notes[1] == notes[2]
    newest = read(app, place, latest_checkpoint)
    assert newest != notes[0]
    with pytest.raises(NotFound):
        read(app, place, lambda: first_checkpoint_over(3))


def test_entries_are_neither_changed_nor_removed(app: Flask, place: ComplexRow) -> None:
    append_at_once(app, [place], 1)

    def change() -> None:
        with tenant_work(place.id, write=True) as session:
            session.scalars(select(BoardLeaf)).one().body = b"{}"

    def remove() -> None:
        with tenant_work(place.id, write=True) as session:
            session.delete(session.scalars(select(BoardLeaf)).one())

    for attempt in (change, remove):
        with app.app_context(), pytest.raises(DBAPIError, match=r"append-only|permission denied"):
            attempt()


def test_an_entry_of_a_failed_act_leaves_no_gap(app: Flask, place: ComplexRow) -> None:
    def fail() -> None:
        with tenant_work(place.id, write=True):
            append_entry("x", {}, at=NOON)
            raise RuntimeError

    append_at_once(app, [place], 1)
    with app.app_context(), pytest.raises(RuntimeError):
        fail()
    append_at_once(app, [place], 1)
    leaves = read(app, place, all_leaves)
    assert isinstance(leaves, list)
    assert [leaf.index for leaf in leaves] == [0, 1]
    assert read(app, place, lambda: db.session.scalars(select(BoardHead)).one().tree_size) == 2


def test_no_person_stands_in_the_record_of_a_whole_vote(app: Flask, place: ComplexRow, clock: SteerableClock) -> None:
    opened = make_open_election(app, place, clock.at)
    world = world_of(app, clock, opened)
    for voter, mark in ((1, AGREE), (2, AGAINST), (3, AGREE), (4, AGREE)):
        assert world.device(voter).cast(None, mark, (1, 0, 1, 0, 0, 0, 0)).status_code == 201
    world.close_by_clock()
    with app.app_context():
        run_tick(clock.at)
    for index in (1, 2):
        assert world.decrypt(index).status_code == 201
    leaves: list[LeafRow] = world.read(all_leaves)
    assert {"roll_frozen", "enrolled", "ballot", "closed", "tally", "partial_decryption"} <= {leaf.kind for leaf in leaves}
    rooms = [unit for _name, units in SMALL_ROLL for unit, _area in units]
    persons = [name for name, _units in SMALL_ROLL] + rooms + list(CANDIDATES) + ["周敏", "林芳", "郑卫东", "业主"]
    assert personal_data_in([leaf.body for leaf in leaves], persons) == []


@pytest.mark.parametrize(
    "planted",
    [
        b'{"type":"ballot","owner":"\\u738b\\u5efa\\u56fd"}',
        b'{"type":"ballot","note":"\xe7\x8e\x8b \xe5\xbb\xba\xe5\x9b\xbd"}',
        b'{"type":"ballot","phones":[{"number":"138-0013-8000"}]}',
        b'{"type":"ballot","phone":13800138000}',
        b'{"type":"ballot","\xef\xbc\x91\xef\xbc\x93\xef\xbc\x98\xef\xbc\x90\xef\xbc\x90\xef\xbc\x91\xef\xbc\x93\xef\xbc\x98\xef\xbc\x90\xef\xbc\x90\xef\xbc\x90":1}',
        b'{"type":"ballot","id":"42010619800101001x"}',
        b'{"type":"ballot","door":"3-1-1202"}',
    ],
)
def test_a_planted_person_is_found(planted: bytes) -> None:
    assert len(personal_data_in([planted], ["王建国", "13800138000", "42010619800101001X", "3-1-1202"])) == 1


def test_digits_inside_a_group_element_are_no_telephone_number() -> None:
    assert personal_data_in([b'{"type":"ballot","element":"77138001380001234"}'], ["13800138000"]) == []
