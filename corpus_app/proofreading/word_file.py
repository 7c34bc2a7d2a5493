"""A Word file by its words: where a stretch of the draft stands, and the runs that hold it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, cast
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import XMLSyntaxError

from corpus_app.ingest.limits import MEGABYTE
from corpus_app.text.alignment import map_texts
from corpus_app.text.spans import Span

if TYPE_CHECKING:
    from docx.oxml.text.run import CT_R

# What a Word file may hold unpacked: pictures of a speech's draft are few.
MOST_UNPACKED: Final = 200 * MEGABYTE
# What paragraphs stand in, and runs; boxes take no marks.
_BLOCKS: Final = frozenset(
    map(qn, ["w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:customXml"])
)
_INLINE: Final = "w:hyperlink w:ins w:moveTo w:smartTag w:fldSimple w:dir w:bdo w:customXml"
_HOLDERS: Final = frozenset(map(qn, [*_INLINE.split(), "w:sdt", "w:sdtContent"]))
# What of a run is read as words, as Run.text does.
WORDS: Final = frozenset(map(qn, ["w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:ptab"]))


class NotWordError(Exception):
    """Bytes that are no .docx file which marks can be put into."""


@dataclass(frozen=True, slots=True)
class FileLine:
    """A paragraph of the file, where its words begin in all of them together, and its runs.

    Each run stands with the number of its characters; parted ones take the place of the whole.
    """

    words: str
    start: int
    end: int
    runs: list[tuple[Run, int]]


class MarkedFile:
    """A .docx file to be marked; text is the draft as it was read from it.

    Raises NotWordError where the bytes are no such file. Marks are put in from the end on:
    parting a run then moves nothing that is still to be marked.
    """

    def __init__(self, data: bytes, text: str) -> None:
        self.document = _open(data)
        self.text = text
        self.lines = list(_list_lines(self.document))
        self.words = "\n".join(line.words for line in self.lines)
        self._places = map_texts(text, self.words)
        self._starts = [line.start for line in self.lines]

    def find(self, start: int, end: int) -> Span:
        """Return where text[start:end] stands in words; empty where it stands nowhere."""
        return self._places.find_span(start, end)

    def find_line(self, at: int) -> FileLine | None:
        """Return the paragraph in which a character of words stands, None without any."""
        return self.lines[bisect_right(self._starts, at) - 1] if self.lines else None

    def save(self) -> bytes:
        """Return the file as it is now."""
        target = BytesIO()
        self.document.save(target)
        return target.getvalue()


def _open(data: bytes) -> WordDocument:
    """Return the file read; its size unpacked is known before any of it is."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise NotWordError
        return Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise NotWordError from error


def _list_lines(document: WordDocument) -> Iterator[FileLine]:
    """Yield the paragraphs, those in tables and fields to fill in at their place."""
    at = 0
    body = document.element.body
    for element in _walk(body, _BLOCKS, qn("w:p")):
        runs = _list_runs(Paragraph(element, document._body))
        words = [run.text for run in runs]
        size = sum(map(len, words))
        sized = [(run, len(own)) for run, own in zip(runs, words, strict=True)]
        yield FileLine("".join(words), at, at + size, sized)
        at += size + 1


def _list_runs(paragraph: Paragraph) -> list[Run]:
    """Return the runs of a paragraph, those of links, insertions and fields among them."""
    found = _walk(paragraph._p, _HOLDERS, qn("w:r"))
    return [Run(element, paragraph) for element in found]


def _walk(element: Any, ways: frozenset[str], wanted: str) -> Iterator[Any]:
    """Yield the elements of the wanted name below one, through those named by ways, in order."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if child.tag == wanted:
            yield child
        elif child.tag in ways:
            stack.extend(reversed(child))


def part_runs(line: FileLine, start: int, end: int) -> list[Run]:
    """Return the runs that hold exactly the stretch, parted from what stands before and behind."""
    at, held = line.start, []
    parted: list[tuple[Run, int]] = []
    for run, size in line.runs:
        first, last = at, at + size
        at = last
        if last <= start or first >= end:
            parted.append((run, size))
            continue
        if first < start:
            parted.append((run, start - first))
            run, first = split_run(run, start - first), start
        held.append(run)
        parted.append((run, min(last, end) - first))
        if last > end:
            parted.append((split_run(run, end - first), last - end))
    line.runs[:] = parted
    return held


def split_run(run: Run, at: int) -> Run:
    """Cut a run in two behind so many characters, and return the second; both look alike.

    What is no words (pictures, notes, fields, signs, breaks) moves as it is.
    """
    behind = cast("CT_R", OxmlElement("w:r"))
    run._r.addnext(behind)
    if run._r.rPr is not None:
        behind.append(deepcopy(run._r.rPr))
    for child in list(run._r):
        size = len(str(child)) if child.tag in WORDS else 0
        if child.tag != qn("w:rPr") and at <= 0:
            behind.append(child)
        elif size > at:
            twin = deepcopy(child)
            words = str(child)
            child.text, twin.text = words[:at], words[at:]
            for part in (child, twin):
                part.set(qn("xml:space"), "preserve")
            behind.append(twin)
        at -= size
    return Run(behind, run._parent)
