"""Own files with digests: what was uploaded or made, kept byte for byte. See README.md."""
