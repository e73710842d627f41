"""Own the database session, the base classes, tenant scoping, append-only tables and row-level security."""
