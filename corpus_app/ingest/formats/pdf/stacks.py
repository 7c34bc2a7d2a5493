"""Columns that a program without a font's heights drew into one place: spread by their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from corpus_app.ingest.formats.pdf.glyphs import ASCENT, WIDE, Glyph

# Characters in one place, of which no line or column is legible.
FEWEST: Final = 4
# Of all characters of a page.
MOSTLY: Final = 0.3


def spread_stacks(glyphs: Sequence[Glyph]) -> list[Glyph] | None:
    """Return the characters with those of columns drawn into one place one below the other.

    None for a page that can be read: only where many characters lie on the one drawn before are
    they spread.
    """
    drawn = sorted(glyphs, key=lambda glyph: glyph.pen.rank)
    if len(drawn) < FEWEST or sum(map(_is_stacked, drawn, drawn[1:])) < MOSTLY * len(drawn):
        return None
    spread: list[Glyph] = []
    top = drawn[0].y
    for last, glyph in zip([drawn[0], *drawn], drawn, strict=False):
        # Letters lie on their side: their base line runs downwards.
        rise = 0.0 if glyph.pen.angle else ASCENT * glyph.pen.size
        if abs(last.x - glyph.x) >= 0.7 * glyph.pen.size:
            top = glyph.y - rise
        spread.append(replace(glyph, y=top + rise))
        top += glyph.width if glyph.pen.angle else glyph.pen.size
    return spread


def _is_stacked(last: Glyph, glyph: Glyph) -> bool:
    """Say whether a character lies on the one drawn before it, and is not that one again."""
    wide = WIDE.match(last.text) and WIDE.match(glyph.text) and last.text != glyph.text
    em = glyph.pen.size
    return bool(wide) and abs(last.x - glyph.x) < 0.1 * em and abs(last.y - glyph.y) < 0.2 * em
