"""Own the views of the roll, one module per group of pages."""
