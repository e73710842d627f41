"""Own the use cases of the public record."""
