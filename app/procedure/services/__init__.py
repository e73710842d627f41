"""Own the use cases of the statutory procedures, one per file."""
