"""Own the use cases of stored files."""
