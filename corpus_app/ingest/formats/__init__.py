"""Raw bytes of a file to its text: .txt, .html, .docx and .md, told apart by their content."""

from __future__ import annotations

from corpus_app.ingest.decode import decode_text
from corpus_app.ingest.draft import Refusal
from corpus_app.ingest.formats.detection import detect_format
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.markdown import mark_markup
from corpus_app.ingest.formats.web import extract_page
from corpus_app.ingest.formats.word import extract_document
from corpus_app.ingest.limits import DEFAULT_LIMITS, Limits, check_length, check_size

__all__ = ["Extracted", "extract"]


def extract(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Extracted:
    """Return the text of a file with this name; raises Refusal if there is none to be had."""
    check_size(len(data), limits)
    kind = detect_format(data, name)
    extracted = (
        extract_document(data, limits) if kind == "docx" else _extract_text(data, kind, limits)
    )
    check_length(len(extracted.raw), limits)
    if not extracted.raw.strip():
        raise Refusal("no_text", "文件里没有文字（可能只有图片或空白）。")
    return extracted


def _extract_text(data: bytes, kind: str, limits: Limits) -> Extracted:
    decoded = decode_text(data)
    if kind == "html":
        return extract_page(decoded)
    check_length(len(decoded.text), limits)
    marks = mark_markup(decoded.text) if kind == "md" else []
    return Extracted(decoded.text, decoded.encoding, kind, tuple(marks), decoded.notices)
