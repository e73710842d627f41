"""Own the use cases of elections up to the opening, and the steps by which a closed one is kept."""
