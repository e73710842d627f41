"""Own what every page shares: the gate, the error table, headers, hashed assets, languages, paging, charts."""
