"""Own the use cases of places."""
