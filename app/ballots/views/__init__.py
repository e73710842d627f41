"""Own the pages and answers of the ballot box, one module per journey."""
