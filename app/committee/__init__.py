"""Own the record of the owners' committee: its terms, members, alternates, offices and vacancies."""
