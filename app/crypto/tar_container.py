"""Own the old-style tar that an archive is: one header of 512 bytes per entry, no end blocks, one time for all.

Source: app/crypto/PROTOCOL.md 3 "Archive".
"""

from __future__ import annotations

from collections.abc import Iterator

from app.crypto.errors import BadArchive

BLOCK = 512
_MAX_DATA_BYTES = 400_000_000
_MODE_OWNER_GROUP, _HEADER_REST = b"0000644\0" + b"0000000\0" * 2, bytes(BLOCK - 157)


def tar_header(name: str, size: int, timestamp: int) -> bytes:
    """Return the 512 bytes before the body of an entry; size in bytes, timestamp in Unix seconds."""
    # Name at 0; mode, owner and group at 100; size at 124; time at 136; checksum at 148, made with spaces there; type at 156.
    before = name.encode().ljust(100, b"\0") + _MODE_OWNER_GROUP + b"%011o\0%011o\0" % (size, timestamp)
    return before + b"%06o\0 0" % (sum(before) + 8 * ord(" ") + ord("0")) + _HEADER_REST


def tar_entry(name: str, body: bytes, timestamp: int) -> bytes:
    """Return an entry: header, body, zeros up to a multiple of 512."""
    return tar_header(name, len(body), timestamp) + body + bytes(-len(body) % BLOCK)


def tar_entries(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield every entry's name and body; its header and padding must be those that ``tar_entry`` makes.

    The time may be any, but is that of the first entry throughout. Raises BadArchive.
    """
    at, timestamp = 0, -1
    while at < len(raw):
        header = raw[at : at + BLOCK]
        try:
            name = header[:100].rstrip(b"\0").decode("ascii")
            size = int(header[124:135].decode("ascii"), 8)
            timestamp = int(header[136:147].decode("ascii"), 8) if timestamp < 0 else timestamp
        except ValueError:
            raise BadArchive(reason="tar header", offset=at) from None
        if not 0 <= size <= min(_MAX_DATA_BYTES, len(raw) - at - BLOCK):
            raise BadArchive(reason="truncated entry", offset=at)
        if timestamp < 0 or header != tar_header(name, size, timestamp):
            raise BadArchive(reason="tar header", offset=at)
        at += BLOCK
        end, padded = at + size, at + -(-size // BLOCK) * BLOCK
        if raw[end:padded] != bytes(padded - end):
            raise BadArchive(reason="padding", offset=end)
        yield name, raw[at:end]
        at = padded
