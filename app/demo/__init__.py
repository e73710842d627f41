"""Own the demonstration: the fictional district, its accounts and the movable clock."""
