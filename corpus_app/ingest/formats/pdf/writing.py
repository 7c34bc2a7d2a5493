"""Pages to one text: paragraphs in order, what is set aside behind them, notes at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.formats.pdf.interruptions import iter_lines
from corpus_app.ingest.formats.pdf.lines import list_blocks
from corpus_app.ingest.formats.pdf.notes import take_notes
from corpus_app.ingest.formats.pdf.pages import PrintedPage
from corpus_app.ingest.formats.pdf.paragraphs import Joiner, find_body_size
from corpus_app.ingest.formats.pdf.wording import join_words

# By number of page: kind, words and rule of what is set aside.
Aside = Mapping[int, Sequence[tuple[str, str, str]]]
Places = Sequence[tuple[int, int]]


@dataclass(slots=True)
class Writer:
    """Builds raw: paragraphs, one a line, and what is set aside after the paragraph it cuts.

    paragraphs has where each begins, with its page; doubts the places of doubtful characters with
    theirs, in order.
    """

    raw: str = ""
    marks: list[Removed] = field(default_factory=list)
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    doubts: list[tuple[int, int, int]] = field(default_factory=list)
    _open: str = ""
    _notes: list[tuple[int, int]] = field(default_factory=list)
    _unsure: list[tuple[int, int, int]] = field(default_factory=list)
    _aside: list[tuple[str, str, str]] = field(default_factory=list)

    def write(
        self, text: str, notes: Places, *, goes_on: bool, doubts: Places = (), page: int = 0
    ) -> None:
        """Add a line; notes are the places in it of marks that lead to footnotes."""
        if not goes_on:
            self.close()
            self.paragraphs.append((len(self.raw), page))
        self._open = join_words(self._open, text) if goes_on else text
        start = len(self._open) - len(text)
        self._notes += [(start + a, start + b) for a, b in notes]
        self._unsure += [(start + a, start + b, page) for a, b in doubts]

    def set_aside(self, kind: str, text: str, rule: str) -> None:
        """Keep words that are not the text's for the next place between two paragraphs."""
        self._aside.append((kind, text, rule))

    def close(self) -> None:
        """End the paragraph, and put down what was set aside."""
        start = len(self.raw)
        for a, b in self._notes:
            self._mark("markup", self._open[a:b], start + a, "pdf:note_mark")
        self.doubts += [(start + a, start + b, page) for a, b, page in self._unsure]
        parts = [self.raw, self._open + "\n" if self._open else ""]
        start = sum(map(len, parts))
        for kind, text, rule in self._aside:
            self._mark(kind, text, start, rule)
            parts.append(text + "\n")
            start += len(text) + 1
        self.raw, self._open, self._aside = "".join(parts), "", []
        self._notes, self._unsure = [], []

    def _mark(self, kind: str, text: str, start: int, rule: str) -> None:
        self.marks.append(Removed(kind, text, start, start + len(text), rule))


@dataclass(slots=True)
class Written:
    """The text, what of it is not the speech's, and what the writer knows of its places.

    recognised are the pages that a recogniser read; unread has by number of page where in the text
    stands what could not be read of it.
    """

    raw: str
    marks: list[Removed]
    paragraphs: list[tuple[int, int]]
    doubts: list[tuple[int, int, int]]
    recognised: set[int]
    unread: dict[int, int]


def write_pages(pages: Sequence[PrintedPage], aside: Aside) -> Written:
    """Return the pages' text in paragraphs, and what of it is not the speech's.

    No sentence goes on over a page that could not be read.
    """
    recognised = {page.number for page in pages if page.recognised}
    missing = [page.number for page in pages if page.unread]
    blocks = [block for page in pages for block in list_blocks(page)]
    printed = [block for block in blocks if block.page not in recognised]
    notes = take_notes(printed, find_body_size(printed))
    joiner, writer = Joiner(blocks), Writer()
    waiting, unread = sorted(aside), dict[int, int]()
    for line, block, goes_on in iter_lines(blocks, joiner):
        while waiting and waiting[0] < block.page:
            _put_aside(writer, aside, waiting.pop(0))
        while missing and missing[0] < block.page:
            writer.close()
            unread[missing.pop(0)] = len(writer.raw)
            goes_on = False
        doubts = line.raised if block.page in recognised else ()
        marks = notes.marks.get(id(line), ())
        writer.write(line.text, marks, goes_on=goes_on, doubts=doubts, page=block.page)
    for number in waiting:
        _put_aside(writer, aside, number)
    writer.close()
    unread |= dict.fromkeys(missing, len(writer.raw))
    for number, text in enumerate(notes.texts, start=1):
        writer.write(f"[注{number}] {text}", (), goes_on=False)
    writer.close()
    return Written(writer.raw, writer.marks, writer.paragraphs, writer.doubts, recognised, unread)


def _put_aside(writer: Writer, aside: Aside, number: int) -> None:
    for kind, text, rule in aside[number]:
        writer.set_aside(kind, text, rule)
