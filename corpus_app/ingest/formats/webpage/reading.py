"""A walk over all elements of a page: each is read, not visible, or skipped with a notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.equations import write_equation
from corpus_app.ingest.formats.visibility import HIDDEN, RUBY, Unseen
from corpus_app.ingest.formats.webpage.chrome import (
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
    PICTURES,
    READINGS,
    SILENT,
    is_data_row,
    is_small,
    name_element,
    read_control,
    stands_in,
)
from corpus_app.ingest.formats.webpage.hiding import Hiding
from corpus_app.ingest.formats.webpage.letters import write_letters
from corpus_app.ingest.formats.webpage.open_elements import (
    OpenElement,
    PageReading,
    SkippedPart,
)
from corpus_app.ingest.formats.webpage.page_element import PageElement
from corpus_app.ingest.formats.webpage.page_style import MadeContent, PageStyle
from corpus_app.ingest.formats.webpage.parsing import parse_page
from corpus_app.ingest.formats.webpage.quotes import find_signs
from corpus_app.ingest.formats.webpage.styles import PageStyles
from corpus_app.ingest.formats.webpage.trees import PageTrees

FALLBACK: Final = Unseen("hidden_text", "fallback")
DEEPEST_FRAME: Final = 3
_QUOTES: Final = ("“", "‘", "「", "『", '"')


def read_elements(root: etree._Element, quirks: bool = False) -> PageReading:
    """Return what all elements of a page say, in their order; quirks: by the rules of old pages."""
    reading = PageReading()
    PageElement.steps = 0
    PageWalk(root, reading, 0, quirks).walk(PageStyle())
    return reading


class PageWalk:
    """The walk over one tree; the page of a frame inside has one of its own."""

    def __init__(
        self, root: etree._Element, reading: PageReading, depth: int, quirks: bool = False
    ) -> None:
        self.root = root
        self.reading = reading
        self.writer = reading.writer
        self.depth = depth
        self.trees = PageTrees(PageStyles(root, quirks))
        self.counters = PageCounters(CounterStyles(self.trees.styles.sheets.counter_styles))
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
        self.reading.styles_given_up |= self.trees.given_up or self.trees.styles.sheets.given_up
        self.reading.undecided += self.trees.undecided + self.trees.styles.undecided

    def _enter(self, node: etree._Element, outer: PageStyle) -> bool:
        """Open an element; False where nothing of it is read."""
        tag = name_element(node)
        if not tag:
            return False
        around = self._open[-1] if self._open else None
        if tag in SILENT:
            return False
        left = self.trees.enter(node, tag, around)
        place = (around.children if around is not None else 0, len(node))
        element = self.trees.wrap(node, around, parted=left is not None)
        outside = self._find_style_around(around, tag, outer)
        if tag == "math":
            self._write(_write_formula(node), outside)
            return False
        style, made = self.trees.styles.compute(node, tag, outside, element, place)
        opened = OpenElement(node, tag, _set_aside(node, tag, style, outside), made, element)
        opened.outer = left
        if tag == "details" and node.get("open") is None and not made.opened:
            opened.summary = style
            opened.style = replace(style, boxes=(*style.boxes, Hiding(HIDDEN, folded=True)))
        self._skip(node, tag, outside)
        self._open_element(opened)
        self._open.append(opened)
        return True

    def _find_style_around(
        self, around: OpenElement | None, tag: str, outer: PageStyle
    ) -> PageStyle:
        if around is None:
            return outer
        if tag == "summary" and around.summary is not None:
            style, around.summary = around.summary, None
            return style
        return around.style

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
        before = made.before
        if before is None or before.content == "normal":
            if tag == "q" and not (node.text or "").lstrip().startswith(_QUOTES):
                self._write_made(MadeContent("open-quote", style), opened)
        else:
            self._write_made(before, opened)
        if tag == "input":
            self._write(read_control(node), style)
        elif tag == "iframe" and node.get("srcdoc") and self.depth < DEEPEST_FRAME:
            self._read_frame(node.get("srcdoc") or "", replace(style, boxes=style.boxes[:-1]))

    def _write_made(self, made: MadeContent, opened: OpenElement) -> None:
        """Write what a style puts before or behind an element's words, if anybody sees it."""
        if made.content in ("", "none", "normal") or (
            made.style.hidings and made.style.hidings != opened.style.hidings
        ):
            return
        self.counters.count(made, len(self._open) + 1)
        if "quote" in made.content:
            self.counters.signs = find_signs(made.style.quotes, self._find_language(opened.node))
        words = self.counters.write_content(made.content, opened.node)
        if made.style.block and made.style is not opened.style:
            self._break("")
            self._write(words, made.style)
            self._break("")
        else:
            self._write(words, made.style)

    def _find_language(self, node: etree._Element) -> str:
        """Return the nearest language that is stated around an element, "" for none."""
        languages = (one.node.get("lang") or "" for one in reversed(self._open))
        return node.get("lang") or next(filter(None, languages), "")

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
        if opened.outer is not None:
            self.trees.leave(opened.tag, opened.outer)
        node, tag, writer = opened.node, opened.tag, self.writer
        after = opened.made.after
        if after is not None and after.content != "normal":
            self._write_made(after, opened)
        elif tag == "q" and not (node.text or "").lstrip().startswith(_QUOTES):
            self._write_made(MadeContent("close-quote", opened.style), opened)
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
        if style.transform != "none":
            text = write_letters(text, style.transform, self.writer.tail)
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


def _set_aside(node: etree._Element, tag: str, style: PageStyle, around: PageStyle) -> PageStyle:
    """Return the style of an element, hidden where it stands in for another or annotates one."""
    if tag in READINGS or stands_in(node, tag, around.drawn):
        unseen = RUBY if tag in READINGS else FALLBACK
        return replace(style, boxes=(*style.boxes, Hiding(unseen)))
    if tag == "rb":
        boxes = tuple(hiding for hiding in style.boxes if hiding.unseen is not RUBY)
        return replace(style, boxes=boxes)
    return style


def _write_formula(node: etree._Element) -> str:
    """Return a formula in one line; where it holds words that are no formula, all its words."""
    words = [word.strip() for word in map(str, node.itertext())]
    try:
        formula = write_equation(node)
    except (RecursionError, ValueError):
        # Too deep, or with a tag that is no name.
        formula = ""
    lost = any(not word.isascii() and word not in formula for word in words)
    return "".join(words) if lost or not formula else formula


def find_frames(root: etree._Element) -> Iterator[str]:
    """Yield the addresses of the pages of which a frameset is put together."""
    for node in root.iter("frame"):
        if node.get("src"):
            yield node.get("src") or ""
