"""Whole elections in a real Chromium, before the demonstration as `yeyi serve` serves it."""
