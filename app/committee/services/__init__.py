"""Own the use cases of the committee record."""
