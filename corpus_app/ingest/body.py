"""The body: what is left of raw, laid out in paragraphs, with a map of the offsets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.layout import find_breaks
from corpus_app.ingest.spans import iter_kept
from corpus_app.text.spans import Block
from corpus_app.text.text_map import TextMap


class Body(NamedTuple):
    """The text laid out of raw, and the map that leads from raw to it."""

    text: str
    from_raw: TextMap


def assemble(raw: str, removed: Sequence[Removed], wrapped: bool = True) -> Body:
    """Return the body of raw without the removed spans, paragraphs parted by one newline.

    wrapped says that a newline may merely be the end of a printed line (plain text); in
    formats that mark paragraphs every line is one.
    """
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    kept = list(iter_kept(len(raw), removed))
    for start, end, separator in find_breaks(raw, kept, removed, wrapped):
        separator = separator if parts else ""
        parts += [separator, raw[start:end]]
        blocks.append(Block(start, length + len(separator), end - start))
        length += len(separator) + end - start
    return Body("".join(parts), TextMap(blocks))
