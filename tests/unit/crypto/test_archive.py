"""Test the archive: it reads what it writes, only grows, and refuses every changed byte."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from app.crypto.archive import ArchiveWriter, is_extension, read_archive
from app.crypto.encoding import sha256_hex
from app.crypto.errors import BadArchive
from tests.reference.crypto.elections import Seeded, make_world, write_record


def _small() -> bytes:
    writer = ArchiveWriter(1_700_000_000)
    writer.setup(b"[1]", b"[2]", b"[3]")
    writer.ballot(b"[4]")
    writer.ballot(b"[5]")
    writer.ballot(b"[4]")
    writer.end_ballots()
    writer.encrypted_tally(b"[6]", num_tallied=2, total_weight=7)
    writer.partial_decryption(1, b"[7]")
    writer.partial_decryption(3, b"[8]")
    writer.result(b"[9]")
    return writer.getvalue()


def test_archive_is_read_back_as_written() -> None:
    archive = read_archive(_small())
    assert archive.timestamp == 1_700_000_000
    assert (archive.election, archive.trustees, archive.credentials) == (b"[1]", b"[2]", b"[3]")
    assert archive.ballots == [b"[4]", b"[5]", b"[4]"]
    assert archive.ended
    assert (archive.encrypted_tally, archive.num_tallied, archive.total_weight) == (b"[6]", 2, 7)
    assert archive.partial_decryptions == [(1, b"[7]"), (3, b"[8]")]
    assert (archive.result, archive.height) == (b"[9]", 9)


def test_archive_has_the_prescribed_bytes() -> None:
    raw = _small()
    header = raw[:512]
    body = b'{"version":1,"timestamp":"1700000000"}'
    assert header[:9] == b"BELENIOS\0"
    assert header[100:108] == b"0000644\0"
    assert header[124:136] == b"%011o\0" % len(body)
    assert header[136:148] == b"%011o\0" % 1_700_000_000
    assert int(header[148:154], 8) == sum(header[:148]) + 8 * 32 + sum(header[156:])
    assert header[157:] == bytes(355)
    assert raw[512 : 512 + len(body)] == body
    assert len(raw) % 512 == 0
    event = json.loads(raw[-512:].rstrip(b"\0"))
    assert list(event) == ["parent", "height", "type", "payload"]
    assert event["payload"] == sha256_hex(b"[9]")


def test_archive_grows_only_at_its_end_and_is_valid_at_every_stage() -> None:
    writer = ArchiveWriter(5)
    writer.setup(b"[1]", b"[2]", b"[3]")
    stages = [writer.getvalue()]
    for step in (
        lambda w: w.ballot(b"[4]"),
        lambda w: w.ballot(b"[5]"),
        lambda w: w.end_ballots(),
        lambda w: w.encrypted_tally(b"[6]", num_tallied=2, total_weight=2**40),
        lambda w: w.partial_decryption(2, b"[7]"),
        lambda w: w.result(b"[8]"),
    ):
        writer = ArchiveWriter.resume(read_archive(stages[-1]))
        assert writer.getvalue() == stages[-1]
        step(writer)
        stages.append(writer.getvalue())
    for older, newer in pairwise(stages):
        assert is_extension(older, newer)
        assert not is_extension(newer, older)
    assert read_archive(stages[-1]).total_weight == 2**40


def test_every_changed_byte_is_refused() -> None:
    raw = _small()
    random = Seeded("archive")
    read_archive(raw)
    for _ in range(400):
        at = random.below(len(raw))
        changed = bytearray(raw)
        changed[at] ^= 1 << random.below(8)
        with pytest.raises(BadArchive):
            read_archive(bytes(changed))


@pytest.mark.parametrize("raw", [b"", b"BELENIOS", bytes(512), bytes(10_240)])
def test_what_is_not_an_archive_is_refused(raw: bytes) -> None:
    with pytest.raises(BadArchive):
        read_archive(raw)


def test_trailing_and_missing_blocks_are_refused() -> None:
    raw = _small()
    for changed in (raw + bytes(512), raw + bytes(1024), raw[:-512], raw[:-1], raw[512:], raw[:1024]):
        with pytest.raises(BadArchive):
            read_archive(changed)


def test_unreferenced_data_is_refused() -> None:
    raw = _small()
    writer = ArchiveWriter(1_700_000_000)
    writer._data(b"[99]")
    with pytest.raises(BadArchive):
        read_archive(raw + writer.getvalue()[1024:])


def test_entries_in_another_order_are_refused() -> None:
    raw = _small()
    blocks = [raw[at : at + 1024] for at in range(0, len(raw), 1024)]
    swapped = [blocks[0], blocks[2], blocks[1], *blocks[3:]]
    with pytest.raises(BadArchive):
        read_archive(b"".join(swapped))


def test_events_out_of_order_are_refused_by_the_writer() -> None:
    writer = ArchiveWriter(5)
    with pytest.raises(BadArchive):
        writer.ballot(b"[1]")
    writer.setup(b"[1]", b"[2]", b"[3]")
    for step in (lambda: writer.result(b"[1]"), lambda: writer.setup(b"[1]", b"[2]", b"[3]")):
        with pytest.raises(BadArchive):
            step()
    writer.end_ballots()
    with pytest.raises(BadArchive):
        writer.ballot(b"[1]")


def test_two_weight_maps_share_every_ballot_byte() -> None:
    world = make_world()
    texts = [world.cast(0, [[1, 0, 0]]), world.cast(1, [[0, 0, 1]])]
    areas = {c.public: w for c, w in zip(world.credentials, (12746, 8932, 0), strict=True)}
    heads = {c.public: w for c, w in zip(world.credentials, (1, 1, 0), strict=True)}
    area, area_totals = write_record(world, texts, areas, (1, 2))
    head, head_totals = write_record(world, texts, heads, (2, 3))
    first, second = read_archive(area), read_archive(head)
    assert (first.election, first.trustees, first.ballots) == (second.election, second.trustees, second.ballots)
    assert first.head != second.head
    assert (area_totals, head_totals) == ([[12746, 0, 8932]], [[1, 0, 1]])
