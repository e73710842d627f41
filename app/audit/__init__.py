"""Own typed events of who did what, in an append-only table; never a choice, never personal data in clear."""
