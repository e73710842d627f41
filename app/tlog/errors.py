"""Own the named refusals of the transparency log; each carries what was expected and what was got."""

from __future__ import annotations

from app.errors import Malformed, VerificationFailed


class RootMismatch(VerificationFailed):
    """Say that a proof or a list of leaves leads to another root than the signed one."""

    code = "tlog_root_mismatch"


class WrongProofLength(VerificationFailed):
    """Say that a proof has too few or too many hashes for its tree sizes."""

    code = "tlog_wrong_proof_length"


class OutsideTree(VerificationFailed):
    """Say that a leaf index or an older size lies outside the tree it is claimed for."""

    code = "tlog_outside_tree"


class NoteNotTrusted(VerificationFailed):
    """Say that no signature of a known key is on the note, or that one of them is false."""

    code = "tlog_note_not_trusted"


class WrongOrigin(VerificationFailed):
    """Say that a checkpoint names another log than the key that signed it."""

    code = "tlog_wrong_origin"


class MalformedNote(Malformed):
    """Say that bytes are not a signed note, a checkpoint or a verifier key."""

    code = "tlog_malformed_note"


class MalformedFrontier(Malformed):
    """Say that bytes are not a serialised frontier."""

    code = "tlog_malformed_frontier"
