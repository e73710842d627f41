"""Own the transparency log: Merkle tree and proofs (RFC 6962), signed notes and checkpoints (C2SP).

Pure: no Flask, no database, no clock. ``app.board`` stores what this package computes; ``app.verifier`` checks it.
"""
