"""Pages in many layouts, drawn by our own operators: nothing lost, all in the order of reading."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.pdf_layouts.catalogue import KEPT, make
from benchmarks.pdf_layouts.drawn import DRAWN
from benchmarks.pdf_layouts.drawn_boxes import BOXES
from benchmarks.pdf_layouts.drawn_edges import EDGES
from benchmarks.pdf_layouts.drawn_parts import PARTS
from benchmarks.pdf_layouts.scoring import score
from corpus_app.ingest.formats import extract
from corpus_app.ingest.pipeline import parse_bytes
from tests.ingest.shared_texts import SHARED, needs_shared

REPORTS = SHARED / "cases" / "public-reports"


@pytest.mark.parametrize("family", sorted({*DRAWN, *PARTS, *EDGES, *BOXES} - KEPT))
def test_a_layout_is_read_in_its_order(family: str) -> None:
    laid = make(family, Random(f"test {family}"))
    assert laid is not None
    found = score(extract(laid.data, laid.name), laid)
    assert (found.lost, found.added, found.misordered, found.faults) == (0, 0, 0, [])
    assert found.right >= found.paragraphs - 1


@needs_shared
@pytest.mark.parametrize(
    ("name", "watermark"),
    [
        *(("p01_two_columns", ""), ("p04_letterspaced", ""), ("p05_justify_narrow", "")),
        *(("p07_footnotes", ""), ("p08_rotated_watermark", "内部资料溪北")),
    ],
)
def test_what_people_reported_is_read(name: str, watermark: str) -> None:
    draft = parse_bytes((REPORTS / f"{name}.pdf").read_bytes(), f"{name}.pdf")
    assert (draft.metadata.speaker, draft.metadata.day) == ("沈知远", "2023-05-06")
    sections = [section for section in draft.sections if section.kind == "section"]
    assert [section.ordinal for section in sections] == [1, 2]
    assert len([line for line in draft.text.splitlines() if line]) >= 20
    marks = [span.text for span in draft.removed if span.kind == "watermark"]
    assert (watermark in marks) == bool(watermark)
    assert "内部资料" not in draft.text
