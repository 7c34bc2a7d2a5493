"""Django's SQLite, which reads on where nothing can be written: a full disk, a read-only folder."""
