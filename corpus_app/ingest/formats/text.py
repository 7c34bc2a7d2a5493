"""Text files: plain, Markdown, or a page, once their characters are decoded."""

from __future__ import annotations

from corpus_app.ingest.decode import decode_text
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.markdown import mark_markup
from corpus_app.ingest.formats.web import extract_page
from corpus_app.ingest.limits import Limits, check_length


def extract_text(data: bytes, kind: str, limits: Limits) -> Extracted:
    """Return the text of a "txt", "md" or "html" file."""
    decoded = decode_text(data)
    if kind == "html":
        return extract_page(decoded)
    check_length(len(decoded.text), limits)
    marks = mark_markup(decoded.text) if kind == "md" else []
    return Extracted(decoded.text, decoded.encoding, kind, tuple(marks), decoded.notices)
