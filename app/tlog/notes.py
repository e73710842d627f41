"""Own signed notes: text signed by named Ed25519 keys, and the text forms of those keys.

Source: C2SP signed-note; the private form is that of golang.org/x/mod/sumdb/note.
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.tlog.errors import MalformedNote, NoteNotTrusted

ED25519 = b"\x01"
MAX_NOTE_BYTES = 64 * 1024
MAX_SIGNATURES = 16
_PRIVATE_PREFIX = "PRIVATE+KEY+"
_DASH = "\u2014 "


@dataclass(frozen=True)
class VerifierKey:
    """Hold a public note key; its text form (vkey) is ``name+hash+base64(type || key)``."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Return the first four bytes of SHA-256(name || newline || type || key)."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Read a vkey.

        :raises MalformedNote: wrong form, other algorithm than Ed25519, or a hash that is not that of the key
        """
        name, key_id, material = _split_key(text)
        if len(material) != 33 or material[:1] != ED25519:
            raise MalformedNote(reason="vkey_type", got=material[:1].hex())
        key = cls(name, material[1:])
        if key.key_id.hex() != key_id:
            raise MalformedNote(reason="vkey_hash", expected=key.key_id.hex(), got=key_id)
        return key

    def verify(self, text: bytes, signature: bytes) -> None:
        """Check a raw Ed25519 signature over the text.

        :raises NoteNotTrusted: it is false
        """
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError) as error:
            raise NoteNotTrusted(reason="false_signature", key=self.name) from error


@dataclass(frozen=True)
class SigningKey:
    """Hold a secret note key; only ``to_text`` shows the seed."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        _require_name(self.name)
        if len(self.seed) != 32:
            raise MalformedNote(reason="seed_length", expected=32, got=len(self.seed))

    @property
    def verifier(self) -> VerifierKey:
        """Return the public half."""
        public = Ed25519PrivateKey.from_private_bytes(self.seed).public_key()
        return VerifierKey(self.name, public.public_bytes(Encoding.Raw, PublicFormat.Raw))

    def sign(self, text: bytes) -> bytes:
        """Return the raw Ed25519 signature over the text."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(text)

    def to_text(self) -> str:
        """Write ``PRIVATE+KEY+name+hash+base64(type || seed)``."""
        return f"{_PRIVATE_PREFIX}{self.name}+{self.verifier.key_id.hex()}+{b64encode(ED25519 + self.seed).decode()}"

    @classmethod
    def parse(cls, text: str) -> SigningKey:
        """Read what ``to_text`` wrote.

        :raises MalformedNote: wrong form or a hash that is not that of the key
        """
        if not text.startswith(_PRIVATE_PREFIX):
            raise MalformedNote(reason="not_a_private_key")
        name, key_id, material = _split_key(text[len(_PRIVATE_PREFIX) :])
        if material[:1] != ED25519:
            raise MalformedNote(reason="private_key_type")
        key = cls(name, material[1:])
        if key.verifier.key_id.hex() != key_id:
            raise MalformedNote(reason="private_key_hash")
        return key


@dataclass(frozen=True)
class Signature:
    """Hold one signature line: key name, four bytes of key id, raw signature."""

    name: str
    key_id: bytes
    value: bytes

    def line(self) -> str:
        """Write the line as it stands in a note, with its newline."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True)
class SignedNote:
    """Hold the text of a note (ending in a newline) and its signatures, none of them checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    def to_bytes(self) -> bytes:
        """Write the note."""
        return (self.text + "\n" + "".join(each.line() for each in self.signatures)).encode()

    @classmethod
    def parse(cls, raw: bytes) -> SignedNote:
        """Split a note into text and signature lines.

        :raises MalformedNote: any deviation from signed-note
        """
        if len(raw) > MAX_NOTE_BYTES:
            raise MalformedNote(reason="note_too_long", expected=MAX_NOTE_BYTES, got=len(raw))
        try:
            whole = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise MalformedNote(reason="note_not_utf8") from error
        if any(ord(letter) < 0x20 and letter != "\n" for letter in whole):
            raise MalformedNote(reason="note_control_character")
        text, blank, tail = whole.rpartition("\n\n")
        if not blank or not tail.endswith("\n"):
            raise MalformedNote(reason="note_without_signatures")
        lines = tail[:-1].split("\n")
        if len(lines) > MAX_SIGNATURES:
            raise MalformedNote(reason="note_too_many_signatures", expected=MAX_SIGNATURES, got=len(lines))
        return cls(text + "\n", tuple(_parse_signature(line) for line in lines))


def sign_note(text: str, keys: Sequence[SigningKey]) -> SignedNote:
    """Sign a text that ends in a newline with each key, in order.

    :raises MalformedNote: the text does not end in a newline
    """
    if not text.endswith("\n"):
        raise MalformedNote(reason="text_without_newline")
    signed = [Signature(key.name, key.verifier.key_id, key.sign(text.encode())) for key in keys]
    return SignedNote(text, tuple(signed))


def open_note(raw: bytes, known: Iterable[VerifierKey]) -> tuple[str, tuple[VerifierKey, ...]]:
    """Return the text of a note and the known keys that signed it.

    Signatures of unknown keys are ignored; a false one of a known key refuses the whole note.

    :raises MalformedNote: not a note
    :raises NoteNotTrusted: no known key signed it, or one of their signatures is false
    """
    note = SignedNote.parse(raw)
    keys = {(key.name, key.key_id): key for key in known}
    signers: list[VerifierKey] = []
    for signature in note.signatures:
        key = keys.get((signature.name, signature.key_id))
        if key is not None:
            key.verify(note.text.encode(), signature.value)
            signers.append(key)
    if not signers:
        expected, got = sorted(str(key) for key in keys.values()), [each.name for each in note.signatures]
        raise NoteNotTrusted(reason="no_known_key", expected=expected, got=got)
    return note.text, tuple(signers)


def _parse_signature(line: str) -> Signature:
    if not line.startswith(_DASH):
        raise MalformedNote(reason="signature_line")
    name, space, encoded = line[len(_DASH) :].partition(" ")
    material = _base64(encoded)
    _require_name(name)
    if not space or len(material) < 5:
        raise MalformedNote(reason="signature_line")
    return Signature(name, material[:4], material[4:])


def _split_key(text: str) -> tuple[str, str, bytes]:
    """Split ``name+hash+base64``; the base64 part may hold further plus signs."""
    parts = text.split("+", 2)
    if len(parts) != 3 or len(parts[1]) != 8:
        raise MalformedNote(reason="key_form")
    _require_name(parts[0])
    return parts[0], parts[1], _base64(parts[2])


def _require_name(name: str) -> None:
    if not name or "+" in name or any(letter.isspace() for letter in name):
        raise MalformedNote(reason="key_name", got=name)


def _base64(text: str) -> bytes:
    """Decode standard base64, refusing every second spelling of the same bytes."""
    try:
        material = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedNote(reason="base64") from error
    if b64encode(material).decode() != text:
        raise MalformedNote(reason="base64_not_canonical")
    return material
