"""Characters of scans read wrong, and how many of them are told, by the state of the page.

    python benchmarks/scans.py [--seed N] [--pages N] [--engine rapidocr|tesseract]

The texts are the sample speeches, drawn in the Chinese fonts of this machine at 10.5 to 16 points
on A4 and spoilt as scanners, copiers and faxes do. Forms of other width count as the same. A
character is told if it stands in a doubtful place; one that is missing, if a neighbour does.
"""

from __future__ import annotations

import argparse
import io
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that the file also runs as a script

from corpus_app.ingest import readers  # noqa: E402
from corpus_app.ingest.formats.extracted import Extracted, Handover  # noqa: E402
from corpus_app.ingest.formats.outside import convert_outside  # noqa: E402
from corpus_app.ingest.formats.scanned import DOUBTFUL, extract_scan  # noqa: E402
from corpus_app.ingest.limits import Limits  # noqa: E402
from corpus_app.text.chars import narrow, squeeze  # noqa: E402

DOTS = 300
PAGE = (int(8.27 * DOTS), int(11.69 * DOTS))
Spoil = Callable[[Image.Image, random.Random], Image.Image]


def shrink(dots: int) -> Spoil:
    return lambda page, _: page.resize((page.width * dots // DOTS, page.height * dots // DOTS))


def add_noise(page: Image.Image, rng: random.Random) -> Image.Image:
    noise = np.random.default_rng(rng.randrange(1 << 30))
    shades = np.asarray(page, dtype=np.float32) + noise.normal(0, 25, (page.height, page.width))
    specks = noise.random(shades.shape)
    shades[specks < 0.003], shades[specks > 0.997] = 0, 255
    spoilt = Image.fromarray(shades.clip(0, 255).astype(np.uint8))
    return spoilt.rotate(rng.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor=245)


def send_by_fax(page: Image.Image, rng: random.Random) -> Image.Image:
    coarse = shrink(100)(page, rng)
    return coarse.resize((coarse.width * 2, coarse.height * 2)).point(lambda v: 255 * (v > 150))


def press(page: Image.Image, _: random.Random) -> Image.Image:
    stream = io.BytesIO()
    shrink(150)(page.filter(ImageFilter.GaussianBlur(2)), _).save(stream, "JPEG", quality=25)
    return Image.open(stream)


def fade(page: Image.Image, rng: random.Random) -> Image.Image:
    noise = np.random.default_rng(rng.randrange(1 << 30))
    shades = 255 - (255 - np.asarray(page, dtype=np.float32)) * 0.45
    shades += np.linspace(-40, 30, page.width)[None] + noise.normal(0, 8, shades.shape)
    return Image.fromarray(shades.clip(0, 255).astype(np.uint8))


def copy_dark(page: Image.Image, rng: random.Random) -> Image.Image:
    thick = page.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.GaussianBlur(1.2))
    return thick.rotate(rng.uniform(-3, 3), Image.Resampling.BICUBIC, fillcolor=255)


STATES: dict[str, Spoil] = {
    "clean": lambda page, _: page,
    "noise and a slant": add_noise,
    "110 dots an inch": shrink(110),
    "fax": send_by_fax,
    "blurred JPEG": press,
    "faded": fade,
    "dark copy": copy_dark,
}


def list_fonts() -> list[tuple[str, int]]:
    """Return file and number of the fonts for simplified Chinese that are here."""
    listed = subprocess.run(
        ["fc-list", ":lang=zh-cn:charset=4eba", "file", "index"], capture_output=True, text=True
    ).stdout
    found = []
    for line in sorted(listed.splitlines()):
        file, _, index = line.partition(":")
        number = int(index.rpartition("=")[2] or 0)
        if "Bold" not in file and (number == 2 or not file.endswith("CJK-Regular.ttc")):
            found.append((file.strip(), number % 65536))
    return found


def draw(text: str, font: ImageFont.FreeTypeFont, size: int) -> tuple[Image.Image, str]:
    """Return a page and the lines that found room on it."""
    page = Image.new("L", PAGE, 255)
    pen, margin, top = ImageDraw.Draw(page), DOTS, DOTS
    kept: list[str] = []
    room = (PAGE[0] - 2 * margin) // size
    for paragraph in text.splitlines():
        lines = [""]
        for char in "　　" + paragraph.strip():
            if len(lines[-1]) >= room and char not in "，。、；：！？”）》":
                lines.append("")
            lines[-1] += char
        for line in lines:
            if top + size > PAGE[1] - margin:
                return page, "".join(kept)
            pen.text((margin, top), line, font=font, fill=20)
            top += int(size * 1.7)
            kept.append(line)
    return page, "".join(kept)


def judge(extracted: Extracted, truth: str) -> tuple[int, int, int]:
    """Return how many characters are wrong, how many of them told, how many are told in all."""
    told = [False] * (len(extracted.raw) + 1)
    for note in extracted.notices:
        if note.code == DOUBTFUL and note.start is not None and note.end is not None:
            told[note.start : note.end] = [True] * (note.end - note.start)
    read, marks = "", []
    for number, char in enumerate(extracted.raw):
        plain = squeeze(narrow(char))
        read += plain
        marks += [told[number]] * len(plain)
    wrong = caught = 0
    for step in Levenshtein.opcodes(read, squeeze(narrow(truth))):
        if step.tag == "insert":
            lost = step.dest_end - step.dest_start
            wrong += lost
            caught += lost * any(marks[max(0, step.src_start - 1) : step.src_start + 1])
        elif step.tag != "equal":
            wrong += step.src_end - step.src_start
            caught += sum(marks[step.src_start : step.src_end])
    return wrong, caught, sum(marks)


def measure(state: str, pages: int, rng: random.Random, texts: list[str]) -> None:
    chars = wrong = caught = told = 0
    started = time.monotonic()
    for _ in range(pages):
        file, number = rng.choice(list_fonts())
        size = int(rng.choice([10.5, 12, 14, 16, 16]) * DOTS / 72)
        text = rng.choice(texts)
        page, truth = draw(text, ImageFont.truetype(file, size, number), size)
        stream = io.BytesIO()
        STATES[state](page, rng).save(stream, "PNG")
        handover = Handover("unsupported", "", "ocr", "picture")
        made, _converted = convert_outside(stream.getvalue(), Limits(), handover)
        found = judge(extract_scan(made, Limits()), truth)
        chars += len(squeeze(truth))
        wrong, caught, told = (a + b for a, b in zip((wrong, caught, told), found, strict=True))
    seconds = (time.monotonic() - started) / pages
    print(
        f"{state:20} {wrong / chars:7.2%} wrong, {caught} of {wrong} told, "
        f"{told / chars:6.2%} told in all, {seconds:4.1f} s a page"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--pages", type=int, default=3)
    parser.add_argument("--engine", choices=["rapidocr", "tesseract"], default="rapidocr")
    options = parser.parse_args()
    if options.engine == "tesseract":
        readers.OCR_PACKAGES = ("no_such_package", "nor_this")
    folder = ROOT / "fixtures" / "speeches"
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    for state in STATES:
        measure(state, options.pages, random.Random(f"{options.seed} {state}"), texts)


if __name__ == "__main__":
    main()
