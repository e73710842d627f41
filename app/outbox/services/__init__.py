"""Own the use cases of outgoing messages."""
