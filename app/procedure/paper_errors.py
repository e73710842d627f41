"""Own what can be wrong with a paper of a procedure and with the code printed on one."""

from __future__ import annotations

from app.errors import NotFound


class PaperNotPrintable(NotFound):
    """Say that there is no such paper, or that what is recorded does not suffice to print it."""

    code = "paper_not_printable"


class ShortCodeUnknown(NotFound):
    """Say that no printed paper bears this code."""

    code = "short_code_unknown"
