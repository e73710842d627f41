"""Own the roll 名册: buildings, units, owners, entitlements, their import, publication and frozen snapshots.

Source: app/roll/README.md, app/statute/LAW.md 1 (R-AREA, R-HEAD).
"""
