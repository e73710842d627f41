"""Own the statutory procedures of a complex: their steps, dates, facts, notices, objections, filing and hand-over."""
