"""A Word file with a comment at each finding, everything else as it was."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
from corpus_app.proofreading.findings import DraftFinding, EvidencePassage
from corpus_app.text.alignment import map_texts

if TYPE_CHECKING:
    from docx.oxml.text.run import CT_R

# What a Word file may hold unpacked: pictures of a speech's draft are few.
MOST_UNPACKED: Final = 200 * MEGABYTE
AUTHOR: Final = "言库校稿"
INITIALS: Final = "校"
# What paragraphs stand in, and runs; boxes take no comments.
_BLOCKS: Final = frozenset(
    map(qn, ["w:tbl", "w:tr", "w:tc", "w:sdt", "w:sdtContent", "w:customXml"])
)
_INLINE: Final = "w:hyperlink w:ins w:moveTo w:smartTag w:fldSimple w:dir w:bdo w:customXml"
_HOLDERS: Final = frozenset(map(qn, [*_INLINE.split(), "w:sdt", "w:sdtContent"]))
# What of a run is read as words, as Run.text does.
_WORDS: Final = frozenset(map(qn, ["w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen", "w:ptab"]))


class NotWordError(Exception):
    """Bytes that are no .docx file which comments can be put into."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of the file, where its words begin in all of them together, and its runs.

    Each run stands with the number of its characters; parted ones take the place of the whole.
    """

    words: str
    start: int
    end: int
    runs: list[tuple[Run, int]]


def comment_docx(data: bytes, text: str, findings: Sequence[DraftFinding]) -> tuple[bytes, int]:
    """Return the file with a comment at each finding, and how many found no place in it.

    text is what the findings point into. Words keep their formatting; a run is parted where a
    finding begins or ends inside it. A finding over several paragraphs is marked in the first;
    those without a place (in boxes) are told at the first words. Raises NotWordError.
    """
    document = _open(data)
    lines = list(_list_lines(document))
    whole = "\n".join(line.words for line in lines)
    places = map_texts(text, whole)
    starts = [line.start for line in lines]
    lost: list[DraftFinding] = []
    # From the end on: parting a run moves nothing that is still to be marked.
    for one in sorted(findings, key=lambda f: -f.start):
        start, end = places.find_span(one.start, one.end)
        if end <= start:  # a blank alone has no place of its own: its neighbours have
            start, end = places.find_span(max(0, one.start - 1), one.end + 1)
        line = lines[bisect_right(starts, start) - 1] if lines else None
        runs = _part(line, start, min(end, line.end)) if line and end > start else []
        if runs:
            document.add_comment(runs, _write(one), AUTHOR, INITIALS)
        else:
            lost.insert(0, one)
    _tell_lost(document, lines, lost)
    target = BytesIO()
    document.save(target)
    return target.getvalue(), len(lost)


def _open(data: bytes) -> WordDocument:
    """Return the file read; its size unpacked is known before any of it is."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise NotWordError
        return Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise NotWordError from error


def _list_lines(document: WordDocument) -> Iterator[_Line]:
    """Yield the paragraphs, those in tables and fields to fill in at their place."""
    at = 0
    body = document.element.body
    for element in _walk(body, _BLOCKS, qn("w:p")):
        runs = _list_runs(Paragraph(element, document._body))
        words = [run.text for run in runs]
        size = sum(map(len, words))
        sized = [(run, len(own)) for run, own in zip(runs, words, strict=True)]
        yield _Line("".join(words), at, at + size, sized)
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


def _part(line: _Line, start: int, end: int) -> list[Run]:
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
            run, first = _split(run, start - first), start
        held.append(run)
        parted.append((run, min(last, end) - first))
        if last > end:
            parted.append((_split(run, end - first), last - end))
    line.runs[:] = parted
    return held


def _split(run: Run, at: int) -> Run:
    """Cut a run in two behind so many characters, and return the second; both look alike.

    What is no words (pictures, notes, fields, signs, breaks) moves as it is.
    """
    behind = cast("CT_R", OxmlElement("w:r"))
    run._r.addnext(behind)
    if run._r.rPr is not None:
        behind.append(deepcopy(run._r.rPr))
    for child in list(run._r):
        size = len(str(child)) if child.tag in _WORDS else 0
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


def _tell_lost(
    document: WordDocument, lines: Sequence[_Line], lost: Sequence[DraftFinding]
) -> None:
    first = next((line.runs[0][0] for line in lines if line.runs), None)
    if lost and first is not None:
        words = "\n".join(f"“{one.text}”：{_write(one)}" for one in lost)
        document.add_comment(first, f"以下各处在文中标不出位置：\n{words}", AUTHOR, INITIALS)


def _write(one: DraftFinding) -> str:
    words = [one.message]
    if one.suggestion is not None:
        words.append(f"建议：{one.suggestion or '删去'}")
    words += [f"依据：{_cite(proof)}" for proof in one.evidence[:2] if proof.title]
    return "\n".join(words)


def _cite(proof: EvidencePassage) -> str:
    title = proof.title if proof.speech is None else f"《{proof.title}》"
    return f"{title}（{proof.date}）" if proof.date else title
