"""Own the words of elections that other slices show; they are those of the elections pages themselves."""

from __future__ import annotations

from app.elections.sentences import DOING_WORDS, PARTY_NAMES, STATE_NAMES, say_problem

__all__ = ["DOING_WORDS", "PARTY_NAMES", "STATE_NAMES", "say_problem"]
