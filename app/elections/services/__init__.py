"""Own the use cases of elections, one file each."""
