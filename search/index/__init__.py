"""The index kept in step with the database: what is published, how it is written, its state."""
