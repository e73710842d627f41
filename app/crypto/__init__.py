"""Own the ballot cryptography: group, ElGamal, proofs, signatures, threshold keys, ballots, tally and the ``.bel`` archive.

The package implements the published Belenios protocol, crypto version 1, archive version 1 (Cortier, Gaudry, Glondu), as
written out in ``app/crypto/README.md``. It is pure: no Flask, no SQLAlchemy, no clock; randomness comes in as arguments only.
"""
