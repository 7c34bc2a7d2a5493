"""Pictures of pages, clean and as a copier leaves them."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
)
DOTS_PER_INCH = 200
WIDTH, HEIGHT = 1654, 2339
SIZE, LEADING, MARGIN = 44, 80, 200
CHARACTERS, LINES = 28, 23
# The second face of a collection file is the one for simplified Chinese.
SIMPLIFIED = 2


def find_font() -> str | None:
    """Return a Chinese font of the system."""
    return next((name for name in FONTS if Path(name).exists()), None)


def draw_pages(text: str, font: str) -> Iterator[Image.Image]:
    """Yield the text's pages as grey pictures of A4 at 200 dots an inch, 23 lines of 28."""
    lines = []
    for at, paragraph in enumerate(text.split("\n")):
        words = paragraph if at == 0 else "　　" + paragraph
        lines += [words[k : k + CHARACTERS] for k in range(0, len(words), CHARACTERS)]
    face = ImageFont.truetype(font, SIZE, index=SIMPLIFIED)
    for first in range(0, len(lines), LINES):
        page = Image.new("L", (WIDTH, HEIGHT), 255)
        pen = ImageDraw.Draw(page)
        for row, line in enumerate(lines[first : first + LINES]):
            for column, char in enumerate(line):
                place = MARGIN + column * SIZE, MARGIN + row * LEADING
                pen.text(place, char, font=face, fill=20)
        yield page


def wear(page: Image.Image, seed: int) -> Image.Image:
    """Return the page as a copier leaves it: askew, soft, with specks."""
    chance = random.Random(seed)
    worn = page.rotate(chance.uniform(-0.7, 0.7), resample=Image.Resampling.BICUBIC, fillcolor=255)
    worn = worn.filter(ImageFilter.GaussianBlur(1.1))
    pen = ImageDraw.Draw(worn)
    for _ in range(400):
        x, y = chance.randrange(WIDTH), chance.randrange(HEIGHT)
        pen.ellipse((x, y, x + chance.randint(1, 3), y + chance.randint(1, 3)), fill=60)
    return worn.point(lambda grey: min(255, int(grey * 0.92) + 12))


def write_scan(text: str, font: str, *, worn: bool) -> bytes:
    """Return a PDF of pictures of the text's pages."""
    pages = list(draw_pages(text, font))
    if worn:
        pages = [wear(page, seed) for seed, page in enumerate(pages)]
    target = io.BytesIO()
    pages[0].save(
        target, "PDF", resolution=DOTS_PER_INCH, save_all=True, append_images=pages[1:], quality=80
    )
    return target.getvalue()
