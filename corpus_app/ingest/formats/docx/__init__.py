"""Word documents (.docx and its kin), read element by element after ECMA-376."""

from corpus_app.ingest.formats.docx.document import extract_document

__all__ = ["extract_document"]
