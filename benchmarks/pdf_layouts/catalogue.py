"""All families of layouts by name, and those kept aside while the reader is tuned."""

from __future__ import annotations

from random import Random
from typing import Final

from benchmarks.pdf_layouts.drawn import DRAWN
from benchmarks.pdf_layouts.drawn_boxes import BOXES
from benchmarks.pdf_layouts.drawn_edges import EDGES
from benchmarks.pdf_layouts.drawn_parts import PARTS
from benchmarks.pdf_layouts.printed import PRINTED
from benchmarks.pdf_layouts.scoring import Laid

# Looked at only to measure: whoever tunes the reader by one of these puts another in its place.
KEPT: Final = frozenset(
    {
        "upright tiers",
        "tiled mark",
        "bare table",
        "hanging items",
        "shuffled drawing",
        "upright head",
        "attachments",
        "note box",
    }
)


def list_families() -> list[str]:
    """Return the names of all families."""
    return [*DRAWN, *PARTS, *EDGES, *BOXES, *PRINTED]


def make(name: str, chance: Random) -> Laid | None:
    """Return a file of the family, None where the program that writes it is not installed."""
    return {**DRAWN, **PARTS, **EDGES, **BOXES, **PRINTED}[name](chance)
