"""Own the public record of a complex: entries in one append-only Merkle log, checkpoints, proofs. See README.md."""
