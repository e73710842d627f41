"""Own accounts, sign-in, sessions, grants of roles and the protection of personal data. See README.md."""
