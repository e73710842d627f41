"""Own the published signed notes and checkpoints, good and damaged, against ``app.tlog``."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from app.tlog.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from app.tlog.errors import MalformedNote, NoteNotTrusted, WrongOrigin
from app.tlog.merkle import Frontier, leaf_hash
from app.tlog.notes import MAX_NOTE_BYTES, SignedNote, SigningKey, VerifierKey, open_note, sign_note

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[2] / "vectors" / "tlog" / "notes.json").read_text())
EXAMPLE, PETER, ENOCH = VECTORS["example"], VECTORS["peter"], VECTORS["enoch"]
KEY = VerifierKey.parse(EXAMPLE["vkey"])
NOTE: bytes = EXAMPLE["note"].encode()
LOG = SigningKey("yeyi.example/c/qinglan", bytes(range(32)))


def test_example_of_the_specification_opens() -> None:
    assert open_note(NOTE, [KEY]) == ("This is an example message.\n", (KEY,))
    assert SignedNote.parse(NOTE).to_bytes() == NOTE


def test_signing_gives_the_published_bytes() -> None:
    key = SigningKey.parse(PETER["private"])
    assert str(key.verifier) == PETER["vkey"]
    assert key.to_text() == PETER["private"]
    assert sign_note(PETER["text"], [key]).to_bytes().decode() == PETER["text"] + "\n" + PETER["line"]


def test_two_signers_are_both_named_and_unknown_ones_ignored() -> None:
    note = (PETER["text"] + "\n" + PETER["line"] + ENOCH["line"]).encode()
    peter, enoch = VerifierKey.parse(PETER["vkey"]), VerifierKey.parse(ENOCH["vkey"])
    assert open_note(note, [enoch, peter])[1] == (peter, enoch)
    assert open_note(note, [enoch])[1] == (enoch,)
    with pytest.raises(NoteNotTrusted, match="no_known_key"):
        open_note(note, [KEY])


@pytest.mark.parametrize("at", range(len("This is an example message.")))
def test_note_is_refused_when_one_letter_of_the_text_changes(at: int) -> None:
    damaged = NOTE[:at] + bytes([NOTE[at] ^ 1]) + NOTE[at + 1 :]
    with pytest.raises((NoteNotTrusted, MalformedNote)):
        open_note(damaged, [KEY])


def test_note_is_refused_when_a_second_signature_of_the_key_is_false() -> None:
    head, tail = EXAMPLE["note"].split("\n\n")
    false = tail.replace("Uw2QOkn8", "Uw2QOkn9")
    with pytest.raises(NoteNotTrusted, match="false_signature"):
        open_note(f"{head}\n\n{tail}{false}".encode(), [KEY])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text only\n",
        b"text\n\n",
        NOTE[:-1],
        NOTE.replace("\u2014".encode(), b"-"),
        NOTE.replace(b"example message", b"example\rmessage"),
        NOTE.replace(b"example.com/foo Uw", b"exa+mple Uw"),
        NOTE.replace(b"example.com/foo Uw", b" Uw"),
        NOTE.replace(b"eyaQM=", b"eyaQN="),
        NOTE.replace(b"eyaQM=", b"eyaQM"),
        NOTE.replace(b"Uw2QOkn8", b"Uw2Q*kn8"),
        b"\xff" + NOTE,
        NOTE + NOTE.split(b"\n\n")[1] * 16,
        b"x" * MAX_NOTE_BYTES + NOTE,
    ],
)
def test_note_is_malformed_when_the_form_is_wrong(raw: bytes) -> None:
    with pytest.raises(MalformedNote):
        open_note(raw, [KEY])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/foo",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/fob+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2",
        "exam ple+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    ],
)
def test_verifier_key_is_malformed_when_damaged(text: str) -> None:
    with pytest.raises(MalformedNote):
        VerifierKey.parse(text)


@pytest.mark.parametrize("text", ["", PETER["vkey"], PETER["private"].replace("c74f", "c74e")])
def test_private_key_is_malformed_when_damaged(text: str) -> None:
    with pytest.raises(MalformedNote):
        SigningKey.parse(text)


def test_secret_key_does_not_show_itself() -> None:
    assert "810a1402" not in repr(SigningKey.parse(PETER["private"]))
    assert "seed" not in repr(LOG)


def test_checkpoint_example_of_the_specification_parses_and_writes_back() -> None:
    note = SignedNote.parse(VECTORS["checkpoint"]["note"].encode())
    checkpoint = Checkpoint.parse(note.text)
    assert (checkpoint.origin, checkpoint.size) == (VECTORS["checkpoint"]["origin"], VECTORS["checkpoint"]["size"])
    assert checkpoint.root == b64decode(VECTORS["checkpoint"]["root"])
    assert checkpoint.text() == note.text


def test_checkpoint_of_a_frontier_opens_with_the_key_of_the_log() -> None:
    checkpoint = Checkpoint.of(LOG.name, Frontier().append(leaf_hash(b"first")))
    assert open_checkpoint(sign_checkpoint(checkpoint, LOG), LOG.verifier) == checkpoint


def test_checkpoint_is_refused_when_it_names_another_log() -> None:
    checkpoint = Checkpoint.of("yeyi.example/c/other", Frontier())
    with pytest.raises(WrongOrigin):
        sign_checkpoint(checkpoint, LOG)
    with pytest.raises(WrongOrigin):
        open_checkpoint(sign_note(checkpoint.text(), [LOG]).to_bytes(), LOG.verifier)


ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"o\n1\n{ROOT}",
        "o\n1\n",
        f"\n1\n{ROOT}\n",
        f"o\n01\n{ROOT}\n",
        f"o\n-1\n{ROOT}\n",
        f"o\n\u0661\n{ROOT}\n",
        f"o\n1\n{ROOT[:-1]}\n",
        f"o\n1\n{ROOT[:-2]}J=\n",
        "o\n1\nAAAA\n",
        f"o\n1\n{ROOT}\n\n",
    ],
)
def test_checkpoint_is_malformed_when_the_form_is_wrong(text: str) -> None:
    with pytest.raises(MalformedNote):
        Checkpoint.parse(text)
