"""Rich text (.rtf), read after Microsoft's specification 1.9.1."""

from corpus_app.ingest.formats.richtext.document import extract_richtext

__all__ = ["extract_richtext"]
