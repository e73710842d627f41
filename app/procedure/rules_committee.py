"""Own what keeps the steps of the committee's changes and of the owners' own proposals from being done. Pure."""

from __future__ import annotations

from app.procedure.blocking import Rule

#: Step to its rules.
RULES: dict[str, tuple[Rule, ...]] = {}
