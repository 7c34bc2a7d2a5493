"""Running heads, feet and page numbers, told by their place on the page over all pages."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from corpus_app.ingest.formats.pdf.edges import EDGE, EdgeRow, Edges, read_edges
from corpus_app.ingest.formats.pdf.pages import PrintedPage
from corpus_app.ingest.formats.pdf.pieces import Piece
from corpus_app.text.chars import narrow, squeeze

NUMBER: Final = r"(?:\d{1,4}|[〇零一二三四五六七八九十百]{1,5}|[ivxlcIVXLC]{1,7})"
DASHES: Final = r"[-—–─·•.\s~～]{0,6}"
PAGE_NUMBER: Final = re.compile(
    rf"{DASHES}(?:第\s*)?{NUMBER}(?:\s*[页頁])?{DASHES}"
    rf"|(?:第\s*)?{NUMBER}\s*[页頁]?\s*[/，,、]?\s*共?\s*{NUMBER}\s*[页頁]?"
    r"|(?:Page|P\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?",
    re.IGNORECASE,
)
# What browsers print above and below a page: date and title, address and page number.
BROWSER_LINE: Final = re.compile(
    r"(?:https?|file)://\S{1,500}(?:\s+\d{1,4}\s?/\s?\d{1,4})?"
    r"|(?:\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4},?)\s*(?:上午|下午)?\s*\d{1,2}:\d{2}"
    r"(?:\s?[AP]M)?(?:\s.{0,200})?"
)
DIGITS: Final = re.compile(r"\d+")
BARE: Final = re.compile(r"\s*\d{1,4}\s*")
LONGEST: Final = 80
# Points by which a running head's place may differ from page to page.
SAME_PLACE: Final = 3.0
# Of all pages, for a head that no space parts from the text: those to the left, or to the right.
MOSTLY: Final = 0.45
# So many pages may have text where so many have a head.
STRAY: Final = 1 / 3
Place = tuple[str, bool, int]


class _Proof:
    """What all rows at the edges tell of one of them: where else its words stand."""

    def __init__(self, edges: Edges, pages: int) -> None:
        self.pages = pages
        self.rows = edges.rows
        self.inside = Counter[str]()
        for text, count in edges.inside.items():
            self.inside[_flatten(text)] += count
        self._seen: dict[Place, set[int]] = defaultdict(set)
        self._steps: Counter[tuple[int, bool, int]] = Counter()
        for row in edges.rows:
            text = _flatten(row.text)
            self._seen[text, row.lower, _round(row.place)].add(row.page)
            self._steps.update(_list_steps(row))
        self._third: dict[Place, set[int]] = defaultdict(set)
        for row in edges.rows:
            text, place = row.inner
            self._third[_flatten(text), row.lower, _round(place)].add(row.page)

    def list_pages(self, row: EdgeRow) -> set[int]:
        """Return the pages that have the row's words at its place."""
        return _near(self._seen, _flatten(row.text), row.lower, row.place)

    def is_counted(self, row: EdgeRow) -> bool:
        """Say whether the numbers of the row count the pages, of two at least."""
        steps = _list_steps(row)
        return bool(steps) and all(self._steps[step] > 1 for step in steps)

    def is_form(self, row: EdgeRow, seen: set[int]) -> bool:
        """Say whether the row further in is the same as well: pages of one form, no heads."""
        text, place = row.inner
        return 2 * len(_near(self._third, _flatten(text), row.lower, place) & seen) > len(seen)


def _near(places: Mapping[Place, set[int]], text: str, lower: bool, place: float) -> set[int]:
    if not text:
        return set()
    around = (places.get((text, lower, _round(place) + step), set()) for step in (-1, 0, 1))
    return set().union(*around)


def _round(place: float) -> int:
    return round(place / SAME_PLACE)


def _list_numbers(row: EdgeRow) -> list[str]:
    """Return the numbers of a row of nothing else: on a sheet of two pages, two."""
    texts = [narrow(piece.text) for piece in row.row]
    return [text.strip() for text in texts] if all(map(BARE.fullmatch, texts)) else []


def _list_steps(row: EdgeRow) -> list[tuple[int, bool, int]]:
    """Return what numbers that count pages have in common: step to the page's own, and place."""
    return [(int(text) - row.page, row.lower, _round(row.place)) for text in _list_numbers(row)]


def take_furniture(pages: Sequence[PrintedPage]) -> dict[int, list[Piece]]:
    """Take what belongs to the pages out of them; return it by number of page, in order."""
    proof = _Proof(read_edges(pages), len(pages))
    numbers = [row for row in proof.rows if _is_number(row, proof)]
    heads = [row for row in proof.rows if _is_head(row, proof) or _is_browser(row, proof)]
    found = [*numbers, *_keep_outside(heads, numbers, proof)]
    # A chapter of one page has its head where the others have theirs.
    places = Counter((round(row.place), round(row.row[0].size)) for row in found)
    common = {place for place, count in places.items() if 2 * count > len(pages)}
    own = {id(row) for row in found}
    taken: dict[int, list[Piece]] = defaultdict(list)
    for row in proof.rows:
        usual = (round(row.place), round(row.row[0].size)) in common and row.apart
        if id(row) in own or usual:
            taken[row.page] += row.row
    for page in pages:
        taken[page.number] += _list_marked(page)
        pieces = {id(piece) for piece in taken[page.number]}
        for frame in page.frames:
            frame.pieces = [piece for piece in frame.pieces if id(piece) not in pieces]
    return {number: _unique(pieces) for number, pieces in taken.items()}


def is_paging(text: str) -> bool:
    """Say whether words of a page's edge are its number, or what a browser prints there."""
    numbered = all(PAGE_NUMBER.fullmatch(word) for word in narrow(text).split())
    return numbered or bool(PAGE_NUMBER.fullmatch(narrow(text)) or BROWSER_LINE.fullmatch(text))


def _unique(pieces: list[Piece]) -> list[Piece]:
    return list({id(piece): piece for piece in pieces}.values())


def _is_number(row: EdgeRow, proof: _Proof) -> bool:
    """Say whether a row is a page's number: written as one, or counted from page to page."""
    # Of two pages side by side on a sheet, each has its number.
    numbered = all(PAGE_NUMBER.fullmatch(narrow(piece.text)) for piece in row.row)
    if not (numbered or PAGE_NUMBER.fullmatch(narrow(row.text))):
        return False
    outside = row.apart and row.rank == 0
    if _list_numbers(row):
        return outside or proof.is_counted(row)
    return bool(DIGITS.search(row.text)) or row.apart


def _is_browser(row: EdgeRow, proof: _Proof) -> bool:
    if not BROWSER_LINE.fullmatch(row.text):
        return False
    seen = len(proof.list_pages(row))
    again = seen > 1 and 2 * proof.inside[_flatten(row.text)] <= seen
    return again or (row.apart and row.rank == 0 and not row.like)


def _is_head(row: EdgeRow, proof: _Proof) -> bool:
    """Say whether the row is repeated as running heads are, and as nothing of the text is."""
    if len(row.text) > LONGEST or not any(char.isalnum() for char in row.text):
        return False
    seen = proof.list_pages(row)
    # Heads differ on the left and the right page, and from chapter to chapter.
    mostly = len(seen) >= MOSTLY * proof.pages and (row.apart or proof.pages > 2)
    if len(seen) < 2 or not (mostly or (row.apart and not row.like)):
        return False
    return 2 * proof.inside[_flatten(row.text)] <= len(seen) and not proof.is_form(row, seen)


def _keep_outside(
    heads: Sequence[EdgeRow], numbers: Sequence[EdgeRow], proof: _Proof
) -> Iterator[EdgeRow]:
    """Yield the heads that stand where no page has text: what begins a page is not above it."""
    own = {id(row) for row in (*heads, *numbers)}
    alone = [row for row in proof.rows if row.rank == 0 and row.apart and not row.like]
    own |= set(map(id, alone))
    text = [row for row in proof.rows if id(row) not in own]
    outmost: dict[tuple[int, bool], float] = {}
    for row in text:
        key = row.page, row.lower
        outmost[key] = min(abs(row.place), outmost.get(key, abs(row.place)))
    places = {
        side: sorted(place for (_, lower), place in outmost.items() if lower == side)
        for side in (False, True)
    }
    for row in heads:
        within = bisect_left(places[row.lower], abs(row.place) + SAME_PLACE)
        if within <= STRAY * len(proof.list_pages(row)):
            yield row


def _flatten(text: str) -> str:
    return DIGITS.sub("#", squeeze(narrow(text)))


def _list_marked(page: PrintedPage) -> list[Piece]:
    """List what a tagged file calls no content, if it stands at an edge of the page."""
    found: list[Piece] = []
    for frame in page.frames:
        for piece in frame.pieces:
            edge = min(piece.box[3], page.height - piece.box[1]) < EDGE * page.height
            if piece.artifact and edge:
                found.append(piece)
    return found
