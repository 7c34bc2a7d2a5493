"""Stored originals read again with today's reader, what people decided kept."""
