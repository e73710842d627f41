"""Own the use cases of the roll, one per module."""
