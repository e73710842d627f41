"""Own the reading and writing of record packages: same bytes every time, and hostile packages refused in bounded memory."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from app.verifier.box import BoxOptions
from app.verifier.errors import MalformedPart, NotAPackage
from app.verifier.package import (
    HINTS,
    MANIFEST,
    decode_hints,
    encode_hints,
    package_files,
    read_package,
    write_files,
    write_package,
    zip_files,
    zip_package,
)
from app.verifier.record import Record
from app.verifier.report import perform
from app.verifier.simulate import Simulation
from app.verifier.verify import CHECKS, verify_path


def test_package_reads_back_from_folder_and_zip(simulation: Simulation, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "record", simulation.parts)
    (tmp_path / "record.zip").write_bytes(zip_package(simulation.parts))
    files = package_files(simulation.parts)
    assert read_package(folder).files == read_package(tmp_path / "record.zip").files == files
    assert verify_path(tmp_path / "record.zip").consistent


def test_same_parts_give_the_same_bytes(simulation: Simulation) -> None:
    assert package_files(simulation.parts) == package_files(simulation.parts)
    assert zip_package(simulation.parts) == zip_package(simulation.parts)


def test_package_has_the_layout_of_the_contract(simulation: Simulation) -> None:
    uuid = simulation.parts.uuid
    assert set(package_files(simulation.parts)) == {
        "manifest.json",
        f"area/{uuid}.bel",
        f"heads/{uuid}.bel",
        "hints/commitments.bin",
        "hints/enrolments.bin",
        "roll.json",
        "board/leaves.jsonl",
        "board/checkpoint.txt",
        "board/key.txt",
        "result.json",
        "README.txt",
    }


def test_readme_names_both_verifiers_in_both_languages(simulation: Simulation) -> None:
    text = package_files(simulation.parts)["README.txt"].decode()
    assert simulation.parts.uuid in text
    assert text.count("belenios-tool election verify --dir area") == 2
    assert "三分钟" in text
    assert "three minutes" in text


def test_record_holds_no_names_of_people(simulation: Simulation) -> None:
    roll = json.loads(package_files(simulation.parts)["roll.json"])
    assert {frozenset(unit) for unit in roll["units"]} == {frozenset({"unit", "area", "voter"})}
    assert {frozenset(voter) for voter in roll["voters"]} == {frozenset({"voter", "area", "heads"})}


def test_zip_with_its_folder_inside_is_read(simulation: Simulation, tmp_path: Path) -> None:
    files = {f"record/{name}": content for name, content in package_files(simulation.parts).items()}
    (tmp_path / "r.zip").write_bytes(zip_files(files))
    assert read_package(tmp_path / "r.zip").manifest.election == simulation.parts.uuid


def test_hints_survive_their_bytes() -> None:
    assert decode_hints(encode_hints([b"", b"abc", b"\x00" * 300])) == [b"", b"abc", b"\x00" * 300]


@pytest.mark.parametrize("raw", [b"\x00\x00\x00\x05abc", b"\x00\x00\x00", b"\xff\xff\xff\xff"])
def test_hints_are_malformed_when_a_length_lies(raw: bytes) -> None:
    with pytest.raises(MalformedPart):
        decode_hints(raw)


def test_nothing_is_read_where_there_is_no_package(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    text = tmp_path / "letter.txt"
    text.write_text("您好")
    truncated = tmp_path / "half.zip"
    truncated.write_bytes(zip_files({MANIFEST: b"{}"})[:40])
    manifest = tmp_path / "manifest"
    write_files(manifest, {MANIFEST: b"{}"})
    for path in (tmp_path / "nothing", empty, text, truncated, manifest):
        with pytest.raises(NotAPackage):
            read_package(path)


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["../outside.json", "/etc/passwd", "a/../../b", "a\\..\\b", "a//b", ".hidden", "a b"])
def test_zip_is_refused_when_a_name_leads_elsewhere(tmp_path: Path, name: str) -> None:
    path = tmp_path / "evil.zip"
    path.write_bytes(_zip({MANIFEST: b"{}", name: b"x"}))
    with pytest.raises(NotAPackage) as refused:
        read_package(path)
    assert refused.value.values["reason"] == "odd_name"


def test_zip_is_refused_when_a_name_is_there_twice(tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MANIFEST, b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr(MANIFEST, b"[]")
    with pytest.raises(NotAPackage):
        read_package(path)


def test_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(_zip({MANIFEST: b"{}", HINTS: bytes(50_000_000)}))
    monkeypatch.setattr("app.verifier.files.MAX_TOTAL_BYTES", 10_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", _unpack_small_only(zipfile.ZipFile.open))
    with pytest.raises(NotAPackage) as refused:
        read_package(path)
    assert refused.value.values["reason"] == "too_large"


def _unpack_small_only(real: object) -> object:
    def opened(self: zipfile.ZipFile, info: zipfile.ZipInfo, *rest: object) -> object:
        assert info.file_size < 1000, "a member over the limit was unpacked"
        return real(self, info, *rest)  # type: ignore[operator]

    return opened


def test_zip_is_refused_when_it_lies_about_a_length(tmp_path: Path) -> None:
    honest = _zip({MANIFEST: b"{}" + b" " * 5000})
    lying = honest.replace((5002).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    path = tmp_path / "lying.zip"
    path.write_bytes(lying)
    with pytest.raises(NotAPackage):
        read_package(path)


def test_links_are_not_followed(simulation: Simulation, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "record", simulation.parts)
    link = tmp_path / "link"
    link.symlink_to(folder)
    with pytest.raises(NotAPackage):
        read_package(link)
    (folder / "extra.json").symlink_to("/etc/passwd")
    with pytest.raises(NotAPackage) as refused:
        read_package(folder)
    assert refused.value.values["reason"] == "link"


def test_link_inside_a_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    info = zipfile.ZipInfo("board/key.txt")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MANIFEST, b"{}")
        archive.writestr(info, b"/etc/passwd")
    with pytest.raises(NotAPackage) as refused:
        read_package(path)
    assert refused.value.values["reason"] == "link"


def test_pipes_are_not_read(simulation: Simulation, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "record", simulation.parts)
    os.mkfifo(folder / "pipe")
    with pytest.raises(NotAPackage):
        read_package(folder)


def test_traces_of_a_file_manager_do_not_disturb(simulation: Simulation, tmp_path: Path) -> None:
    folder = write_package(tmp_path / "record", simulation.parts)
    (folder / ".DS_Store").write_bytes(b"x")
    assert verify_path(folder).consistent


def test_every_flipped_byte_of_the_small_files_is_noticed(simulation: Simulation, tmp_path: Path) -> None:
    """Flip one bit here and there: the answer is "inconsistent" or "not a package", never a traceback."""
    files = package_files(simulation.parts)
    for name in (MANIFEST, "board/checkpoint.txt", "board/key.txt"):
        for at in range(0, len(files[name]), 29 if name != MANIFEST else 211):
            damaged = bytearray(files[name])
            damaged[at] ^= 1
            assert _refused({**files, name: bytes(damaged)}, tmp_path / f"{name.replace('/', '-')}-{at}")


def _refused(files: dict[str, bytes], folder: Path) -> bool:
    write_files(folder, files)
    try:
        package = read_package(folder)
    except NotAPackage:
        return True
    record = Record(package, None, BoxOptions(jobs=1))
    return not all(perform(check, record).passed for check in CHECKS if check.id in ("VF01", "VF08", "VF09"))
