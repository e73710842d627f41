"""Own the roll 名册: buildings, units, owners, entitlements, their import, publication and frozen snapshots.

Source: design/ux.md 2.3.2-2.3.4 and 5, design/law.md 1.3, contracts/cli.md `yeyi roll check`.
"""
