"""The outline of a speech: its text split into opening, sections, points and closing."""

from corpus_app.ingest.outline.split import split_sections

__all__ = ["split_sections"]
