"""Word files in the layout of official documents, GB/T 9704—2012."""

from corpus_app.desk.export.docx.writer import write_docx

__all__ = ["write_docx"]
