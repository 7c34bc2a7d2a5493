"""A walk over all elements of a page: each is read, not visible, or skipped with a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.equations import write_equation
from corpus_app.ingest.formats.visibility import RUBY, Unseen
from corpus_app.ingest.formats.webpage.chrome import (
    ChromeBox,
    holds_article,
    open_box,
    states_fact,
)
from corpus_app.ingest.formats.webpage.counter_styles import CounterStyles
from corpus_app.ingest.formats.webpage.counters import PageCounters
from corpus_app.ingest.formats.webpage.elements import (
    BLOCKS,
    CELLS,
    CONTROLS,
    FALLBACKS,
    PICTURES,
    READINGS,
    SILENT,
    is_data_row,
    is_small,
    name_element,
    read_control,
)
from corpus_app.ingest.formats.webpage.hiding import Hiding
from corpus_app.ingest.formats.webpage.parsing import parse_page
from corpus_app.ingest.formats.webpage.sheets import PageElement
from corpus_app.ingest.formats.webpage.styles import GeneratedStyle, PageStyle, PageStyles
from corpus_app.ingest.formats.webpage.writer import PageWriter

FALLBACK: Final = Unseen("hidden_text", "fallback")
DEEPEST_FRAME: Final = 3
_QUOTES: Final = ("“", "‘", "「", "『", '"')
_TRADITIONAL: Final = ("hant", "-tw", "-hk", "-mo")


@dataclass(frozen=True, slots=True)
class SkippedPart:
    """A picture or another part that holds no words to read: where it stands, what it is."""

    offset: int
    code: str
    name: str
    words: str


@dataclass(slots=True)
class OpenElement:
    """An element whose end has not come yet."""

    node: etree._Element
    tag: str
    style: PageStyle
    made: GeneratedStyle
    element: PageElement | None
    box: ChromeBox | None = None
    start: int = 0
    part: int = 0
    article: bool = False
    fact: bool = False
    quoted: bool = False
    children: int = 0
    last: PageElement | None = None


@dataclass(slots=True)
class PageReading:
    """What a page says: its text with boxes and hidden runs, what was skipped and counted."""

    writer: PageWriter = field(default_factory=PageWriter)
    boxes: list[tuple[int, int, str, str]] = field(default_factory=list)
    skipped: list[SkippedPart] = field(default_factory=list)
    numbers: int = 0
    styles_given_up: bool = False


def read_elements(root: etree._Element) -> PageReading:
    """Return what all elements of a page say, in their order."""
    reading = PageReading()
    PageWalk(root, reading, 0).walk(PageStyle())
    return reading


class PageWalk:
    """The walk over one tree; the page of a frame inside has one of its own."""

    def __init__(self, root: etree._Element, reading: PageReading, depth: int) -> None:
        self.root = root
        self.reading = reading
        self.writer = reading.writer
        self.depth = depth
        self.styles = PageStyles(root)
        self.counters = PageCounters(CounterStyles(self.styles.sheets.counter_styles))
        self._open: list[OpenElement] = []
        self._chrome = 0
        self._row: OpenElement | None = None

    def walk(self, style: PageStyle) -> None:
        """Write all that the tree says. Iterates: hostile pages nest tags thousands deep."""
        muted: etree._Element | None = None
        for event, node in etree.iterwalk(self.root, events=("start", "end")):
            if event == "start":
                if muted is None and not self._enter(node, style):
                    muted = node
            elif muted is None or muted is node:
                if muted is None:
                    self._leave()
                muted = None
                if node.tail and self._open:
                    self._write(node.tail, self._open[-1].style)
        self.reading.numbers += self.counters.shown
        self.reading.styles_given_up |= self.styles.sheets.given_up

    def _enter(self, node: etree._Element, outer: PageStyle) -> bool:
        """Open an element; False where nothing of it is read."""
        tag = name_element(node)
        if not tag:
            return False
        around = self._open[-1] if self._open else None
        element = self._wrap(node, around)
        if tag in SILENT:
            return False
        if tag == "math":
            self._write(_write_formula(node), around.style if around else outer)
            return False
        style, made = self.styles.compute(node, tag, around.style if around else outer, element)
        if tag in FALLBACKS or tag in READINGS:
            unseen = RUBY if tag in READINGS else FALLBACK
            style = replace(style, boxes=(*style.boxes, Hiding(unseen)))
        elif tag == "rb":
            boxes = tuple(hiding for hiding in style.boxes if hiding.unseen is not RUBY)
            style = replace(style, boxes=boxes)
        opened = OpenElement(node, tag, style, made, element)
        self._skip(node, tag, around.style if around else outer)
        self._open_element(opened)
        self._open.append(opened)
        return True

    def _wrap(self, node: etree._Element, around: OpenElement | None) -> PageElement | None:
        """Return the element as selectors see it, None where the page has no rules."""
        if self.styles.sheets.empty:
            return None
        if around is None:
            return PageElement(node, None, 0, None, True)
        wrapped = PageElement(node, around.element, around.children, around.last, True)
        around.children += 1
        around.last = wrapped
        return wrapped

    def _open_element(self, opened: OpenElement) -> None:
        node, tag, writer = opened.node, opened.tag, self.writer
        opened.article = holds_article(node, tag)
        if opened.article:
            for hiding in opened.style.hidings:
                hiding.article = True
        if tag in BLOCKS or opened.style.block:
            self._break(tag)
            if tag == "tr" and self._row is None and is_data_row(node):
                self._row = opened
        elif tag in CELLS:
            writer.break_cell()
        elif tag in CONTROLS or states_fact(node):
            opened.fact = True
            writer.break_word()
        opened.box = open_box(node, tag, writer)
        self._chrome += opened.box is not None
        writer.links += tag == "a"
        writer.articles += opened.article
        opened.start, opened.part = writer.length, len(writer.parts)
        self._generate(opened)
        if node.text:
            self._write(node.text, opened.style)

    def _generate(self, opened: OpenElement) -> None:
        """Write what stands before the words of an element without being in the file."""
        node, tag, style, made = opened.node, opened.tag, opened.style, opened.made
        drawn = not any(hiding.unseen.rule in ("style", "attribute") for hiding in style.boxes)
        if drawn:
            shown = self.counters.shown
            marker = self.counters.enter(node, tag, len(self._open), style, made)
            if self._chrome:
                self.counters.shown = shown
            self.writer.mark_item(marker, style.hidings)
        if made.before:
            self._write(self.counters.write_content(made.before, node), style)
        if tag == "q" and made.quotes and not (node.text or "").lstrip().startswith(_QUOTES):
            opened.quoted = True
            self.counters.traditional = self._is_traditional(node)
            self._write(self.counters.open_quote(), style)
        if tag == "input":
            self._write(read_control(node), style)
        elif tag == "iframe" and node.get("srcdoc") and self.depth < DEEPEST_FRAME:
            self._read_frame(node.get("srcdoc") or "", replace(style, boxes=style.boxes[:-1]))

    def _is_traditional(self, node: etree._Element) -> bool:
        """Say whether the nearest language stated around an element is Chinese of that script."""
        languages = ((one.node.get("lang") or "").lower() for one in reversed(self._open))
        language = node.get("lang") or next(filter(None, languages), "")
        return any(word in language for word in _TRADITIONAL)

    def _read_frame(self, page: str, style: PageStyle) -> None:
        try:
            root = parse_page(page)
        except RejectedFile as refusal:
            if refusal.code != "no_text":
                raise
            return
        PageWalk(root, self.reading, self.depth + 1).walk(PageStyle(boxes=style.hidings))

    def _leave(self) -> None:
        opened = self._open.pop()
        node, tag, writer = opened.node, opened.tag, self.writer
        if opened.made.after:
            self._write(self.counters.write_content(opened.made.after, node), opened.style)
        if opened.quoted:
            self._write(self.counters.close_quote(), opened.style)
        if opened.style.reversed:
            writer.reverse(opened.start, opened.part)
        self.counters.leave(len(self._open))
        writer.links -= tag == "a"
        writer.articles -= opened.article
        if opened.box is not None:
            self._chrome -= 1
            self.reading.boxes.append(opened.box.close(writer))
        if opened is self._row:
            self._row = None
        if tag == "li":
            writer.drop_marker()
        if tag in BLOCKS or opened.style.block:
            self._break(tag)
        elif opened.fact:
            writer.break_word()

    def _break(self, tag: str) -> None:
        """A cell of a table's row has one line, whatever blocks are in it."""
        if self._row is None:
            self.writer.break_line()
        else:
            self.writer.break_word()

    def _write(self, text: str, style: PageStyle) -> None:
        self.writer.write(text, style.hidings, style.white_space)

    def _skip(self, node: etree._Element, tag: str, style: PageStyle) -> None:
        """Note a part of the page that holds no words to read and is drawn beside them."""
        if tag not in PICTURES or self._chrome or style.hidings or is_small(node):
            return
        if tag == "iframe" and (node.get("srcdoc") or not node.get("src")):
            return
        words = node.get("alt") or node.get("title") or node.get("aria-label") or ""
        code = "pictures" if tag in ("img", "image") else "unread_part"
        words = " ".join(words.split())[:40]
        self.reading.skipped.append(SkippedPart(self.writer.length, code, PICTURES[tag], words))


def _write_formula(node: etree._Element) -> str:
    """Return a formula in one line; where it holds words that are no formula, all its words."""
    words = [word.strip() for word in map(str, node.itertext())]
    try:
        formula = write_equation(node)
    except RecursionError:
        formula = ""
    lost = any(not word.isascii() and word not in formula for word in words)
    return "".join(words) if lost or not formula else formula


def find_frames(root: etree._Element) -> Iterator[str]:
    """Yield the addresses of the pages of which a frameset is put together."""
    for node in root.iter("frame"):
        if node.get("src"):
            yield node.get("src") or ""
