"""Watermarks: words across a page that are slanted, pale, or lie over its lines on every page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median
from typing import Final

from corpus_app.ingest.formats.pdf.drawings import Box
from corpus_app.ingest.formats.pdf.glyphs import is_level
from corpus_app.ingest.formats.pdf.pages import PageFrame, PrintedPage
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.text.chars import squeeze

LONGEST: Final = 60
SAME_PLACE: Final = 4.0
LARGE: Final = 1.6
TILES: Final = 3
# Of all pages, where smaller words lie over others at the same place.
OFTEN: Final = 0.6


def take_watermarks(pages: Sequence[PrintedPage]) -> dict[int, list[tuple[str, Piece]]]:
    """Take watermarks out of the pages; return them with the rule that found them, by page."""
    sizes = [piece.size for page in pages for f in page.frames[:1] for piece in f.pieces]
    usual = median(sizes) if sizes else 10.0
    repeated = _count_places(pages)
    found: dict[int, str] = {}
    known: dict[tuple[str, int, int], str] = {}
    for frame, lines in _iter_frames(pages):
        for piece, rule in _iter_watermarks(frame, lines, usual, repeated, len(pages)):
            found[id(piece)] = known[_key(piece)] = rule
    taken: dict[int, list[tuple[str, Piece]]] = defaultdict(list)
    for page in pages:
        for frame in page.frames:
            kept = []
            for piece in frame.pieces:
                # On a page where it happens to cross no word, it is no word of the page either.
                told = found.get(id(piece)) or known.get(_key(piece))
                if told:
                    taken[page.number].append((told, piece))
                else:
                    kept.append(piece)
            frame.pieces = kept
        _join_frames(page)
    return taken


def _iter_frames(pages: Sequence[PrintedPage]) -> Iterator[tuple[PageFrame, list[Box]]]:
    """Yield all frames, each with the boxes of its page's words of ordinary shade and angle."""
    for page in pages:
        plain = [frame for frame in page.frames if is_level(frame.frame.angle)]
        lines = [p.box for frame in plain for p in frame.pieces if not p.pale]
        for frame in page.frames:
            yield frame, lines


def _join_frames(page: PrintedPage) -> None:
    """Put pale words that are none back into the frame of their direction."""
    kept: dict[tuple[float, bool], PageFrame] = {}
    for frame in page.frames:
        if frame.pieces:
            key = frame.frame.angle, frame.frame.upright
            kept.setdefault(key, replace(frame, pieces=[])).pieces.extend(frame.pieces)
    page.frames = list(kept.values())


def _iter_watermarks(
    frame: PageFrame,
    lines: Sequence[Box],
    usual: float,
    repeated: Counter[tuple[str, int, int]],
    pages: int,
) -> Iterator[tuple[Piece, str]]:
    slanted = not is_level(frame.frame.angle)
    tiles = Counter(squeeze(piece.text) for piece in frame.pieces)
    for piece in frame.pieces:
        large = piece.size > LARGE * usual
        tiled = tiles[squeeze(piece.text)] >= TILES
        again = repeated[_key(piece)] >= 2
        # Words of the text may be pale, large or repeated; only together do these tell.
        often = again and (tiled or large or repeated[_key(piece)] >= OFTEN * pages)
        if len(piece.text) > LONGEST or not (slanted or piece.pale or often):
            continue
        across = _crosses(piece, lines)
        if slanted and (across or again or tiled or piece.pale):
            yield piece, "pdf:slanted"
        elif piece.pale and (across or tiled or (large and again)):
            yield piece, "pdf:pale"
        elif across and again:
            yield piece, "pdf:repeated"


def _crosses(piece: Piece, lines: Sequence[Box]) -> bool:
    """Say whether the piece lies over words of the page."""
    left, top, right, bottom = piece.box
    for line in lines:
        if line is piece.box:
            continue
        wide = min(right, line[2]) - max(left, line[0])
        high = min(bottom, line[3]) - max(top, line[1])
        if wide > 1 and high > 0.25 * min(bottom - top, line[3] - line[1]):
            return True
    return False


def _count_places(pages: Sequence[PrintedPage]) -> Counter[tuple[str, int, int]]:
    """Return on how many pages the same words stand at the same place."""
    counts: Counter[tuple[str, int, int]] = Counter()
    for page in pages:
        counts.update({_key(piece) for frame in page.frames for piece in frame.pieces})
    return counts


def _key(piece: Piece) -> tuple[str, int, int]:
    return squeeze(piece.text), round(piece.box[0] / SAME_PLACE), round(piece.box[1] / SAME_PLACE)
