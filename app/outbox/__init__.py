"""Own messages that leave after the commit, and the transports behind one protocol."""
