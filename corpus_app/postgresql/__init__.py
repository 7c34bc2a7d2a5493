"""Django's PostgreSQL, which keeps what SQLite promises: one writer after another, no row cut."""
