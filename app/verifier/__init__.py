"""Own the offline verification of a record package: the named checks VF01..VF30, and whole simulated elections.

Pure: composes ``app.statute``, ``app.crypto`` and ``app.tlog``; no Flask, no database, no clock, no network.
Source: app/verifier/README.md (check ids, layout of the package), app/crypto/PROTOCOL.md.
"""
