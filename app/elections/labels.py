"""Own the words of elections that other slices show; they are those of the elections pages themselves."""

from __future__ import annotations

from app.elections.sentences import STATE_NAMES

__all__ = ["STATE_NAMES"]
