"""Point to where the protection of personal data lives."""

from app.db.personal_data import blind_index, seal, seal_bytes, unseal, unseal_bytes

__all__ = ["blind_index", "seal", "seal_bytes", "unseal", "unseal_bytes"]
