"""Raw bytes of a file to its text; formats are told apart by content, not by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus_app.ingest.draft import Refusal
from corpus_app.ingest.formats.detection import ACCEPTED_SUFFIXES, detect_format
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.limits import Limits, check_length, check_size, get_limits

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["ACCEPTED_SUFFIXES", "Extracted", "extract"]

# Read in a process of their own: their readers are native code or meet hostile structures.
CONFINED = {"doc", "pdf", "rtf"}


def extract(data: bytes, name: str, limits: Limits | None = None) -> Extracted:
    """Return the text of a file with this name; raises Refusal if there is none to be had."""
    limits = limits or get_limits()
    check_size(len(data), limits)
    kind = detect_format(data, name)
    extracted = _find_reader(kind)(data, limits)
    check_length(len(extracted.raw), limits)
    if not extracted.raw.strip():
        raise Refusal("no_text", "文件里没有文字（可能只有图片或空白）。")
    return extracted


def _find_reader(kind: str) -> Callable[[bytes, Limits], Extracted]:
    """Readers are loaded when needed: a worker for one format must not wait for all of them."""
    if kind in CONFINED:
        from corpus_app.ingest.formats.isolation import read_confined

        return lambda data, limits: read_confined(kind, data, limits)
    if kind == "docx":
        from corpus_app.ingest.formats.word import extract_document as reader
    elif kind == "flat":
        from corpus_app.ingest.formats.flat_word import extract_flat_word as reader
    elif kind == "odt":
        from corpus_app.ingest.formats.opendocument import extract_opendocument as reader
    elif kind == "epub":
        from corpus_app.ingest.formats.epub import extract_book as reader
    elif kind == "mht":
        from corpus_app.ingest.formats.webarchive import extract_web_archive as reader
    else:
        from corpus_app.ingest.formats.text import extract_text

        return lambda data, limits: extract_text(data, kind, limits)
    return reader
