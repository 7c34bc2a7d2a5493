"""Third hand: families that are rows of blocks, the head and the speech among them."""

from __future__ import annotations

from typing import Final

from benchmarks.page_reading.blocks import BLOCKS
from benchmarks.page_reading.disturbing import put_body
from benchmarks.page_reading.pages import Page, Sheet
from benchmarks.page_reading.scripts.phrases import put_parts, set_head
from benchmarks.page_reading.stencils import encode

# head is title, line below and speaker; speech takes the manners behind its colon; a block led
# by ? stands on half of the pages.
ROWS: Final = {
    "row-menu-head": "menu trail head day_and_source speech related",
    "row-unknown-columns": "unknown unknown head ?organ speech ?unknown",
    "row-buttons-and-signs": "buttons stray head day_below speech buttons",
    "row-bait-above": "bait menu head speech editors",
    "row-bait-around": "bait head ?counter speech related bait",
    "row-source-first": "source_below day_below head speech",
    "row-picture-first": "picture ?buttons head speech:captions rights",
    "row-note-above": "menu head note speech",
    "row-note-between": "note head speech editors",
    "row-number-organ": "number head organ speech signature",
    "row-meeting-label": "head meeting day_and_source speech",
    "row-address-top": "address ?stray head speech",
    "row-address-foot": "trail head speech address rights",
    "row-updated": "menu head update counter speech",
    "row-counter-wall": "buttons head counter speech:wall related",
    "row-share-between": "unknown head speech:share rights",
    "row-pages-between": "number head speech:pages",
    "row-ads-between": "menu ?bait head speech:ads related",
    "row-author-foot": "trail titled speech author_foot",
    "row-bare-title": "titled speech",
    "row-title-and-day": "?stray titled day_below speech signature",
    "row-everything": "menu buttons trail number bait head picture note day_and_source counter"
    " speech related rights",
    "row-long-menu": "menu menu menu unknown trail head speech rights",
    "row-late-source": "head speech day_and_source editors",
    "row-glued": "menu head speech:glue rights",
    "row-empty-labels": "buttons titled counter source_below speech",
}


def list_names() -> list[str]:
    """Return the families of this module."""
    return list(ROWS)


def make_from_row(name: str, seed: int) -> Page:
    """Return a page of a family that is a row of blocks."""
    sheet = Sheet(name, seed)
    for block in ROWS[name].split():
        if block.startswith("?") and sheet.chance.random() < 0.5:
            continue
        _put(sheet, block.removeprefix("?"))
    gap = sheet.chance.choice(["\n", "\n", "\n\n", "\r\n", "\n \n"])
    text = gap.join(line.text for line in sheet.lines)
    return sheet.close(f"{name}-{seed}.txt", encode(text, sheet))


def _put(sheet: Sheet, block: str) -> None:
    name, _, manners = block.partition(":")
    if name == "speech":
        put_body(sheet, manners.split())
    elif name == "head":
        put_parts(sheet, set_head(sheet))
    elif name == "titled":
        put_parts(sheet, set_head(sheet, person=False, dated=False))
    else:
        put_parts(sheet, BLOCKS[name](sheet))
