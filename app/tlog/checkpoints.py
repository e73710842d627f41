"""Own checkpoints: the signed statement of a log's size and root.

Source: C2SP tlog-checkpoint.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass

from app.tlog.errors import MalformedNote, WrongOrigin
from app.tlog.merkle import HASH_BYTES, Frontier
from app.tlog.notes import SigningKey, VerifierKey, open_note, sign_note

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True)
class Checkpoint:
    """Hold the origin (name of the log), tree size and root hash of a log at one moment."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Write the note text."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(line + "\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the note text.

        :raises MalformedNote: fewer than three lines, an empty line, a size or a root in another spelling
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() != "" or not all(lines):
            raise MalformedNote(reason="checkpoint_lines")
        origin, size, root, *extensions = lines
        if not _SIZE.fullmatch(size):
            raise MalformedNote(reason="checkpoint_size", got=size)
        return cls(origin, int(size), _root(root), tuple(extensions))

    @classmethod
    def of(cls, origin: str, frontier: Frontier) -> Checkpoint:
        """State the size and root of a frontier."""
        return cls(origin, frontier.size, frontier.root())


def sign_checkpoint(checkpoint: Checkpoint, key: SigningKey) -> bytes:
    """Return the signed note of a checkpoint.

    :raises WrongOrigin: the key is that of another log
    """
    if key.name != checkpoint.origin:
        raise WrongOrigin(expected=checkpoint.origin, got=key.name)
    return sign_note(checkpoint.text(), [key]).to_bytes()


def open_checkpoint(raw: bytes, key: VerifierKey) -> Checkpoint:
    """Return the checkpoint that this log key signed; signatures of others are ignored.

    :raises MalformedNote, NoteNotTrusted, WrongOrigin: it is not one
    """
    text, _ = open_note(raw, [key])
    checkpoint = Checkpoint.parse(text)
    if checkpoint.origin != key.name:
        raise WrongOrigin(expected=key.name, got=checkpoint.origin)
    return checkpoint


def _root(text: str) -> bytes:
    try:
        root = b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedNote(reason="checkpoint_root") from error
    if len(root) != HASH_BYTES or b64encode(root).decode() != text:
        raise MalformedNote(reason="checkpoint_root", got=text)
    return root
