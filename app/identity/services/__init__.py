"""Own the use cases of identity, one file each."""
