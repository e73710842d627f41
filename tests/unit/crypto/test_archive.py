"""Test the archive: it reads what it writes, only grows, and refuses every changed byte."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from app.crypto.archive import ArchiveWriter, is_extension, read_archive, read_setup
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


def _with_header(raw: bytes, at: int, field: int, value: bytes) -> bytes:
    """Write a value into the header of the entry at an offset, and mend its checksum."""
    header = bytearray(raw[at : at + 512])
    header[field : field + len(value)] = value
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return raw[:at] + bytes(header) + raw[at + 512 :]


def test_entries_with_another_time_than_the_archive_states_are_refused() -> None:
    raw = _small()
    one = _with_header(raw, 1024, 136, b"%011o" % 1_700_000_001)
    with pytest.raises(BadArchive):
        read_archive(one)
    every = raw
    for at in range(0, len(raw), 1024):
        every = _with_header(every, at, 136, b"%011o" % 1_700_000_001)
    for read in (read_archive, read_setup):
        with pytest.raises(BadArchive):
            read(every)


@pytest.mark.parametrize("size", [b"-0000000001", b"          1", b"0x000000001", b"99999999999"])
def test_sizes_in_another_spelling_are_refused(size: bytes) -> None:
    with pytest.raises(BadArchive):
        read_archive(_with_header(_small(), 0, 124, size))


def test_padding_that_is_not_zero_is_refused() -> None:
    raw = _small()
    assert raw[1023] == 0
    with pytest.raises(BadArchive):
        read_archive(raw[:1023] + b"\1" + raw[1024:])


def test_setup_is_read_alone_and_is_that_of_the_whole() -> None:
    raw = _small()
    whole, alone = read_archive(raw), read_setup(raw)
    assert (alone.election, alone.trustees, alone.credentials) == (whole.election, whole.trustees, whole.credentials)
    assert (alone.height, alone.ballots) == (1, [])
    # What stands behind the set-up is not looked at: 1024 bytes for each of header, three objects, set-up data and event.
    assert read_setup(raw[: 6 * 1024] + b"x") == alone
    for damaged in (b"", raw[: 5 * 1024], raw.replace(b"[3]", b"[0]")):
        with pytest.raises(BadArchive):
            read_setup(damaged)


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
