"""OpenDocument texts (.odt, .fodt), read element by element after ISO 26300."""

from corpus_app.ingest.formats.opendocument.document import extract_flat, extract_opendocument

__all__ = ["extract_flat", "extract_opendocument"]
