"""Own the use cases of ballots, one file each."""
