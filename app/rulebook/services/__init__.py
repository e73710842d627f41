"""Own the use cases of the own rules of procedure."""
