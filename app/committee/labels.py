"""Own the words of the committee record that other slices show; they are those of its own pages."""

from __future__ import annotations

from app.committee.sentences import REMEDY_WORDS

__all__ = ["REMEDY_WORDS"]
