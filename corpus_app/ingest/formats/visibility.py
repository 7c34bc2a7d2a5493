"""What a reader of a file does not see in the file's own program: one notion for all formats."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from corpus_app.ingest.draft import Notice, Removed

Rgb = tuple[int, int, int]
UnseenKind = Literal["hidden_text", "annotation", "hidden"]

# Points; what is printed no larger is a dot.
LARGEST_UNSEEN_SIZE: Final = 1.0
# Points; larger than any paper that a printer takes.
LARGEST_PAGE: Final = 1_600
WIDEST_MARGIN: Final = 300
# Below this contrast (WCAG: white on black has 21) letters and ground are of one colour.
LEAST_CONTRAST: Final = 1.1
# Points; a picture as high and as wide as this, and higher than wide, is a page put into a text.
LEAST_PAGE: Final = (480, 300)
SPACES: Final = re.compile(r"(\s+)")
HEX: Final = re.compile(r"#?(?:([0-9a-f]{3})|([0-9a-f]{6}))", re.I)
FUNCTION: Final = re.compile(
    r"rgba?\(\s*(\d{1,3}%?)\s*[, ]\s*(\d{1,3}%?)\s*[, ]\s*(\d{1,3}%?)\s*(?:[,/].{0,10})?\)", re.I
)
COLORS: Final[dict[str, Rgb]] = {
    "white": (255, 255, 255), "snow": (255, 250, 250), "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245), "black": (0, 0, 0), "red": (255, 0, 0),
    "lime": (0, 255, 0), "green": (0, 128, 0), "blue": (0, 0, 255), "yellow": (255, 255, 0),
    "cyan": (0, 255, 255), "aqua": (0, 255, 255), "magenta": (255, 0, 255),
    "fuchsia": (255, 0, 255), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "silver": (192, 192, 192), "lightgray": (211, 211, 211), "lightgrey": (211, 211, 211),
    "darkgray": (169, 169, 169), "darkgrey": (169, 169, 169), "maroon": (128, 0, 0),
    "navy": (0, 0, 128), "olive": (128, 128, 0), "purple": (128, 0, 128), "teal": (0, 128, 128),
}  # fmt: skip
WHITE: Final[Rgb] = (255, 255, 255)
BLACK: Final[Rgb] = (0, 0, 0)
HIDDEN_MESSAGE: Final = "文件中有 {chars} 字设为不可见，未收入正文，请在删除清单中核对。"
PICTURE_MESSAGE: Final = "此处有一幅整页大小的图片，可能是扫描的文字，没有读出，请对照原件。"
# What stands in the text for such a picture.
PICTURE_SIGN: Final = "〔整页图片，文字未读出〕"
ANNOTATION_MESSAGE: Final = "文件中有 {chars} 字是注音或旁注，未收入正文，请在删除清单中核对。"


@dataclass(frozen=True, slots=True)
class Unseen:
    """Why words are not in the running text: the kind of the span, and by what it is known.

    rule is "attribute" (the format says so), "style", "size", "color", "off_page" or "ruby"; kind
    "hidden" with the rule "picture" is a page of which but a picture is seen: a gap.
    """

    kind: UnseenKind
    rule: str


HIDDEN: Final = Unseen("hidden_text", "attribute")
HIDDEN_BY_STYLE: Final = Unseen("hidden_text", "style")
TOO_SMALL: Final = Unseen("hidden_text", "size")
BLENDED: Final = Unseen("hidden_text", "color")
OFF_PAGE: Final = Unseen("hidden_text", "off_page")
RUBY: Final = Unseen("annotation", "ruby")
PAGE_PICTURE: Final = Unseen("hidden", "picture")


class ExtractedText:
    """A text as it is written piece by piece, with the spans of it that nobody sees."""

    def __init__(self) -> None:
        self.length = 0
        self.tail = ""
        self._parts: list[str] = []
        self._spans: list[tuple[int, int, Unseen]] = []

    def write(self, text: str, unseen: Unseen | None = None) -> None:
        """Add text at the end; unseen says that nobody sees it, None that all do."""
        if not text:
            return
        start = self.length
        self._parts.append(text)
        self.length += len(text)
        self.tail = text[-1]
        if unseen is None:
            return
        spans = self._spans
        if spans and spans[-1][1] == start and spans[-1][2] == unseen:
            start = spans.pop()[0]
        spans.append((start, self.length, unseen))

    def add(self, other: ExtractedText) -> None:
        """Add another text at the end, with what of it nobody sees."""
        for text, unseen in other.iter_stretches():
            self.write(text, unseen)

    def iter_stretches(self) -> Iterator[tuple[str, Unseen | None]]:
        """Yield the text in stretches, each with why nobody sees it (None: all do)."""
        raw, position = "".join(self._parts), 0
        for start, end, unseen in self._spans:
            if position < start:
                yield raw[position:start], None
            yield raw[start:end], unseen
            position = end
        if position < len(raw):
            yield raw[position:], None

    def has_words(self, *, seen: bool = False) -> bool:
        """Return whether there is anything but white space; with seen, such that all see it."""
        stretches = self.iter_stretches()
        return any(text.strip() and not (seen and unseen) for text, unseen in stretches)

    def flatten(self) -> ExtractedText:
        """Return the text on one line, without white space at its ends."""
        flat, gap = ExtractedText(), ""
        for text, unseen in self.iter_stretches():
            for part in SPACES.split(text):
                if part.isspace():
                    gap = " " if "\n" in part or "\r" in part else part
                elif part:
                    flat.write(gap if flat.length else "")
                    flat.write(part, unseen)
                    gap = ""
        return flat

    def finish(self) -> tuple[str, tuple[Removed, ...]]:
        """Return the whole text, and a mark for each unseen span with words in it."""
        raw = "".join(self._parts)
        marks = (
            Removed(unseen.kind, raw[start:end], start, end, unseen.rule)
            for start, end, unseen in self._spans
        )
        return raw, tuple(mark for mark in marks if mark.text.strip())


def join_lines(lines: Iterable[ExtractedText]) -> ExtractedText:
    """Return the lines on one, parted by a blank; those without words are left out."""
    joined = ExtractedText()
    for line in lines:
        flat = line.flatten()
        if flat.length:
            joined.write(" " if joined.length else "")
            joined.add(flat)
    return joined


def report_unseen(marks: Iterable[Removed]) -> Iterator[Notice]:
    """Yield a notice for the words that are hidden, and one for annotations over characters."""
    counts = {"hidden_text": 0, "annotation": 0}
    for mark in marks:
        if mark.kind in counts:
            counts[mark.kind] += len(mark.text.strip())
    for kind, message in (("hidden_text", HIDDEN_MESSAGE), ("annotation", ANNOTATION_MESSAGE)):
        if counts[kind]:
            yield Notice(kind, message.format(chars=counts[kind]))


def report_pictures(raw: str, marks: Iterable[Removed]) -> Iterator[Notice]:
    """Yield a notice for each picture of a page, from the character before it to the one behind."""
    for mark in marks:
        if mark.rule != PAGE_PICTURE.rule:
            continue
        before = len(raw[: mark.start].rstrip()) - 1
        after = len(raw) - len(raw[mark.end :].lstrip())
        inside = before >= 0 and after < len(raw)
        place = (before, after + 1) if inside else (None, None)
        yield Notice("pictures", PICTURE_MESSAGE, *place)


def is_too_small(points: float) -> bool:
    """Return whether letters of this size are printed so small that nobody reads them."""
    return points <= LARGEST_UNSEEN_SIZE


def is_page_sized(width: float | None, height: float | None) -> bool:
    """Return whether a picture of this size in points (null: not known) is as large as a page."""
    if width is None or height is None:
        return False
    return height >= LEAST_PAGE[0] and width >= LEAST_PAGE[1] and height > width


def is_off_page(start: float, end: float, limit: float | None = None) -> bool:
    """Return whether what reaches from start to end lies before 0 or beyond the limit."""
    return end <= 0 or (limit is not None and start >= limit)


def lies_off(start: float, end: float, *, of_page: bool, across: bool) -> bool:
    """Return whether what reaches from start to end (points) is on no page that is printed.

    across says that it is measured from left to right. What stands relative to a paragraph or a
    column, not to the page, may begin a margin beside it or a page above it and be seen.
    """
    shift = 0 if of_page else WIDEST_MARGIN if across else LARGEST_PAGE
    return is_off_page(start + shift, end + shift, LARGEST_PAGE + shift)


def blends(color: Rgb, ground: Rgb) -> bool:
    """Return whether letters of this colour cannot be told from their ground."""
    light, dark = sorted((_measure_light(color), _measure_light(ground)), reverse=True)
    near = max(abs(a - b) for a, b in zip(color, ground, strict=True)) < 64
    return near and (light + 0.05) / (dark + 0.05) < LEAST_CONTRAST


def read_color(text: str) -> Rgb | None:
    """Return the colour that "#fff", "FFFFFF", "rgb(255, 255, 255)" or "white" names, else None."""
    text = text.strip().lower()
    if text in COLORS:
        return COLORS[text]
    if found := HEX.fullmatch(text):
        digits = found[2] or "".join(digit * 2 for digit in found[1])
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    if found := FUNCTION.fullmatch(text):
        red, green, blue = (_read_share(found[number]) for number in (1, 2, 3))
        return red, green, blue
    return None


def _read_share(text: str) -> int:
    value = round(int(text[:-1]) * 2.55) if text.endswith("%") else int(text)
    return min(value, 255)


def _measure_light(color: Rgb) -> float:
    """Relative luminance, 0 to 1, as WCAG has it."""
    shares = [part / 255 for part in color]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
