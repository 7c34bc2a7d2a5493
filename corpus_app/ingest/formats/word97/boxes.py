"""The text boxes of a binary Word file: where each one's words stand, and whether it is seen."""

from __future__ import annotations

import struct

from corpus_app.ingest.formats.visibility import OFF_PAGE, TOO_SMALL, Unseen, is_too_small, lies_off
from corpus_app.ingest.formats.word97.file import BOXES, SHAPES, WordFile

TWIPS = 20
BOX_SIZE, SHAPE_SIZE = 22, 26
# In a box's entry, the number of its shape; in a shape's flags, what its left is counted from.
SHAPE_NUMBER = 14
FROM_PAGE = 1


def list_boxes(file: WordFile, length: int) -> list[tuple[int, int, Unseen | None]]:
    """Return (start, end, why it is unseen) of each box in a story of boxes of this length."""
    offset, size = file.find_structure(BOXES)
    count = (size - 4) // (4 + BOX_SIZE)
    if count <= 0:
        return [(0, length, None)]
    bounds = struct.unpack_from(f"<{count + 1}I", file.table, offset)
    shapes = _judge_shapes(file)
    found = []
    for number in range(count):
        place = offset + 4 * (count + 1) + number * BOX_SIZE
        shape = struct.unpack_from("<i", file.table, place + SHAPE_NUMBER)[0]
        start, end = min(bounds[number], length), min(bounds[number + 1], length)
        found.append((start, end, shapes.get(shape)))
    # What the table does not name is read as well.
    covered = max((end for _, end, _ in found), default=0)
    return [*found, (covered, length, None)]


def _judge_shapes(file: WordFile) -> dict[int, Unseen]:
    """Return why shapes are not seen, by their numbers."""
    offset, size = file.find_structure(SHAPES)
    count = max(0, (size - 4) // (4 + SHAPE_SIZE))
    unseen = {}
    for number in range(count):
        place = offset + 4 * (count + 1) + number * SHAPE_SIZE
        shape, left, top, right, bottom, flags = struct.unpack_from("<5iH", file.table, place)
        sides = ((left, right, flags >> 1 & 3, True), (top, bottom, flags >> 3 & 3, False))
        for start, end, origin, across in sides:
            of_page = origin == FROM_PAGE
            if lies_off(start / TWIPS, end / TWIPS, of_page=of_page, across=across):
                unseen[shape] = OFF_PAGE
        if is_too_small((right - left) / TWIPS):
            unseen.setdefault(shape, TOO_SMALL)
    return unseen
