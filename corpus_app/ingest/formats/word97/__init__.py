"""The binary Word format of 1997 to 2003 (.doc, .wps), read after Microsoft's [MS-DOC]."""

from corpus_app.ingest.formats.word97.document import read_word

__all__ = ["read_word"]
