"""Own the use cases of the audit log."""
