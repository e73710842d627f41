"""Own the law as data and pure functions: rule packs with sources, policies, voters, majorities, elections, dates.

Sources: Civil Code 201-204 and 278, the judicial interpretation on divided ownership arts. 8-9, the guidance rules of 2009, as
collected and completed in app/statute/LAW.md.
"""
