"""Title, speaker, dates and source: read from the lines around a speech, or inferred from it."""
