"""PDF files of which some pages are scans: these as they were recognised, in their place."""

from __future__ import annotations

from dataclasses import replace

from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.pdf.reader import read_document
from corpus_app.ingest.formats.scanned import read_recognised, tell_recognised
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.scans.recognised import part_pages


def extract_mixed(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a PDF with the pages in it that were recognised; raises as extract_pdf."""
    record, document = part_pages(data)
    file, pages = read_recognised(record)
    extracted, written = read_document(document, limits, {page.number: page for page in pages})
    told = tell_recognised(file, written, "PDF ")
    return replace(extracted, notices=(*extracted.notices, *told))
