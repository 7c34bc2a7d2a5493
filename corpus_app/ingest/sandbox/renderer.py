"""The process that draws a page of a PDF: FILE count prints the pages, FILE N writes page.pgm."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2

DOTS_PER_POINT = 300 / 72
MOST_PIXELS = 30_000_000


def main(file: str, task: str) -> int:
    """Print how many pages there are, or draw one in shades of grey; return the exit code."""
    document = pypdfium2.PdfDocument(Path(file).read_bytes())
    if task == "count":
        print(len(document))
        return 0
    page = document[int(task)]
    width, height = page.get_size()
    scale = min(DOTS_PER_POINT, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    data = bytes(bitmap.buffer)
    rows = (data[y * bitmap.stride :][: bitmap.width] for y in range(bitmap.height))
    header = f"P5 {bitmap.width} {bitmap.height} 255\n".encode()
    Path("page.pgm").write_bytes(header + b"".join(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
