"""Own the definition of a vote, its matters and candidates, trustees, states and result. See README.md."""
