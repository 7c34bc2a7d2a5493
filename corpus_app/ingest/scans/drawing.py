"""Pages of a scan as pictures: of a PDF drawn, of a picture or an office file as they are."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np
import pypdfium2
from PIL import Image, ImageOps, ImageSequence

from corpus_app.ingest.scans.office_pictures import is_office_file, list_page_pictures
from corpus_app.ingest.scans.recognised import PICTURES

# A page of A4 at this many dots per inch has characters of 30 pixels in small type.
DOTS_PER_POINT: Final = 200 / 72
LEAST_SIDE, MOST_SIDE = 1600, 4000
MOST_PIXELS: Final = 60_000_000
# A picture of a whole web page is cut where no line stands, into pieces of about this shape.
LONG, PIECE = 2.6, 1.5
WHITE: Final = (255, 255, 255)


def draw_pages(file: Path, wanted: Sequence[int] = ()) -> Iterator[tuple[int, Image.Image]]:
    """Yield the number from 1 and the picture of each page, or of those that are wanted.

    Long pictures come in pieces. Raises what pypdfium2 and Pillow raise for damaged files.
    """
    data = file.read_bytes()
    if b"%PDF-" in data[:1024]:
        draw = _draw_document(data)
    elif is_office_file(data):
        draw = chain.from_iterable(map(_read_picture, map(io.BytesIO, list_page_pictures(data))))
    else:
        draw = _read_picture(file)
    for number, page in enumerate(draw, 1):
        if not wanted or number in wanted:
            for piece in _cut(page()):
                yield number, piece


def count_pages(file: Path) -> int:
    """Return how many pages the file has."""
    data = file.read_bytes()
    if b"%PDF-" in data[:1024]:
        return len(pypdfium2.PdfDocument(data))
    if is_office_file(data):
        return len(list_page_pictures(data))
    with _open(file) as picture:
        return int(getattr(picture, "n_frames", 1))


def _draw_document(data: bytes) -> Iterator[Callable[[], Image.Image]]:
    document = pypdfium2.PdfDocument(data)
    for number in range(len(document)):
        yield partial(_draw_page, document, number)


def _draw_page(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page = document[number]
    side = max(1.0, *page.get_size())
    wanted = min(MOST_SIDE, max(LEAST_SIDE, side * DOTS_PER_POINT))
    return page.render(scale=wanted / side).to_pil().convert("RGB")


def _open(file: Path | io.BytesIO) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses twice as many
    return Image.open(file, formats=PICTURES)


def _read_picture(file: Path | io.BytesIO) -> Iterator[Callable[[], Image.Image]]:
    with _open(file) as picture:
        if picture.format == "JPEG":
            picture.draft("RGB", (MOST_SIDE, MOST_SIDE))
        for frame in ImageSequence.Iterator(picture):
            yield partial(_prepare, frame)


def _prepare(frame: Image.Image) -> Image.Image:
    """Return a frame upright, on white where it is clear, in colour, of no more than its share."""
    upright = ImageOps.exif_transpose(frame) or frame
    if upright.mode.startswith("I"):
        shades = np.asarray(upright, dtype=np.float64)
        upright = Image.fromarray((shades * (255 / max(1.0, shades.max()))).astype(np.uint8))
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        ground = Image.new("RGBA", clear.size, WHITE)
        upright = Image.alpha_composite(ground, clear)
    if upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    if min(upright.size) * LONG >= max(upright.size):
        upright.thumbnail((MOST_SIDE, MOST_SIDE))
    return upright.convert("RGB")


def _cut(page: Image.Image) -> Iterator[Image.Image]:
    """Yield a long picture in pieces, cut at its emptiest row near the end of each."""
    width, height = page.size
    if height < LONG * width:
        yield page
        return
    shades = np.asarray(page.convert("L"), dtype=np.float32)
    top, step = 0, int(PIECE * width)
    while height - top > step * 1.3:
        reach = range(top + step * 3 // 4, top + step)
        bottom = min(reach, key=lambda row: float(shades[row].std()))
        yield page.crop((0, top, width, bottom))
        top = bottom
    yield page.crop((0, top, width, height))
