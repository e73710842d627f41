"""Own districts, streets, communities and complexes; a complex is the tenant. See README.md."""
