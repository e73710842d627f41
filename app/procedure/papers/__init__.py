"""Own the printed papers of a procedure: what is recorded fills the values of ``app.documents.papers``. See ``making``."""
