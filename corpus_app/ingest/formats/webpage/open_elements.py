"""What a walk over a page has gathered, and the elements of it that are open."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from corpus_app.ingest.formats.webpage.chrome import ChromeBox
from corpus_app.ingest.formats.webpage.page_element import PageElement
from corpus_app.ingest.formats.webpage.page_style import GeneratedStyle, PageStyle
from corpus_app.ingest.formats.webpage.styles import PageStyles
from corpus_app.ingest.formats.webpage.writer import PageWriter


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
    # Of <details> that is shut: the style of its summary, which is seen.
    summary: PageStyle | None = None
    box: ChromeBox | None = None
    start: int = 0
    part: int = 0
    article: bool = False
    fact: bool = False
    children: int = 0
    last: PageElement | None = None
    # The styles that hold again behind it, where it has others.
    outer: PageStyles | None = None


@dataclass(slots=True)
class PageReading:
    """What a page says: its text with boxes and hidden runs, what was skipped and counted."""

    writer: PageWriter = field(default_factory=PageWriter)
    boxes: list[tuple[int, int, str, str]] = field(default_factory=list)
    skipped: list[SkippedPart] = field(default_factory=list)
    numbers: int = 0
    styles_given_up: bool = False
    # So many elements are taken for seen of which only a browser could tell.
    undecided: int = 0
