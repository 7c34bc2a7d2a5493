"""Raw bytes of a file to its text; formats are told apart by content, not by name."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.detection import ACCEPTED_SUFFIXES, EXTENSIONS, detect_format
from corpus_app.ingest.formats.extracted import Converted, Extracted
from corpus_app.ingest.formats.visibility import PICTURE_SIGN
from corpus_app.ingest.limits import Limits, check_length, check_size, get_limits

if TYPE_CHECKING:
    from collections.abc import Callable

# By format: module and function. All others are text.
READERS: Final = {
    "docx": ("docx", "extract_document"),
    "flat": ("flat_word", "extract_flat_word"),
    "odt": ("opendocument", "extract_opendocument"),
    "fodt": ("opendocument", "extract_flat"),
    "epub": ("epub", "extract_book"),
    "mht": ("webarchive", "extract_web_archive"),
    "doc": ("legacy", "extract_legacy"),
    "pdf": ("pdf.reader", "extract_pdf"),
    "rtf": ("richtext", "extract_richtext"),
    "ofd": ("ofd.reader", "extract_ofd"),
    "picture": ("scanned", "extract_picture"),
    "scan": ("scanned", "extract_scan"),
    "mixed": ("mixed", "extract_mixed"),
}

# Formats that people put scanned pages into.
OFFICE: Final = frozenset({"docx", "flat", "odt", "fodt", "doc", "rtf"})

__all__ = ["ACCEPTED_SUFFIXES", "Extracted", "extract", "extract_converted", "load_readers"]


def extract(data: bytes, name: str, limits: Limits | None = None) -> Extracted:
    """Return the text of a file with this name; raises RejectedFile if there is none to be had.

    Raises Handover, a RejectedFile, where only an outside program may read the file.
    """
    limits = limits or get_limits()
    check_size(len(data), limits)
    kind = detect_format(data, name)
    extracted = _load_reader(kind)(data, limits)
    if kind in OFFICE:
        hand_over: Callable[[bytes, Extracted], None] = _load("scanned", "hand_over_pages")
        hand_over(data, extracted)
    return _check_text(extracted, limits)


def extract_converted(data: bytes, converted: Converted, limits: Limits | None = None) -> Extracted:
    """Return the text of what a program made of a file; raises RejectedFile as extract does."""
    limits = limits or get_limits()
    extracted = _load_reader(converted.kind)(data, limits)
    notices = (*extracted.notices, *converted.notices)
    return _check_text(replace(extracted, format=converted.format, notices=notices), limits)


def load_readers() -> None:
    """Load the readers of all formats, for a process that shall not have to wait for one."""
    for kind in {*EXTENSIONS.values(), *READERS}:
        _load_reader(kind)


def _check_text(extracted: Extracted, limits: Limits) -> Extracted:
    check_length(len(extracted.raw), limits)
    if not extracted.raw.replace(PICTURE_SIGN, "").strip():
        raise RejectedFile("no_text", "文件里没有文字（可能只有图片或空白）。")
    return extracted


def _load(module: str, function: str) -> Any:
    return getattr(import_module(f"corpus_app.ingest.formats.{module}"), function)


def _load_reader(kind: str) -> Callable[[bytes, Limits], Extracted]:
    """Readers are loaded when needed: who only asks for names of formats does without them."""
    if kind in READERS:
        reader: Callable[[bytes, Limits], Extracted] = _load(*READERS[kind])
        return reader
    from corpus_app.ingest.formats.text import extract_text

    return lambda data, limits: extract_text(data, kind, limits)
