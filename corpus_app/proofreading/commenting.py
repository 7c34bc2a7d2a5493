"""A Word file with a comment at each finding, everything else as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import XMLSyntaxError

from corpus_app.ingest.limits import MEGABYTE
from corpus_app.proofreading.findings import DraftFinding
from corpus_app.text.alignment import map_texts

# What a Word file may hold unpacked: pictures of a speech's draft are few.
MOST_UNPACKED: Final = 200 * MEGABYTE
AUTHOR: Final = "言库校稿"
INITIALS: Final = "校"


class NotWordError(Exception):
    """Bytes that are no .docx file which comments can be put into."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph of the file and where its words begin in all of them together."""

    paragraph: Paragraph
    start: int
    end: int


def comment_docx(data: bytes, text: str, findings: Sequence[DraftFinding]) -> tuple[bytes, int]:
    """Return the file with a comment at each finding, and how many found no place in it.

    text is what the findings point into. Words keep their formatting; a run is parted where a
    finding begins or ends inside it. A finding over several paragraphs is marked in the first.
    Raises NotWordError.
    """
    document = _open(data)
    lines = list(_list_lines(document))
    whole = "\n".join(line.paragraph.text for line in lines)
    places = map_texts(text, whole)
    lost = 0
    # From the end on: parting a run moves nothing that is still to be marked.
    for one in sorted(findings, key=lambda f: -f.start):
        start, end = places.find_span(one.start, one.end)
        line = next((row for row in lines if row.start <= start < row.end), None)
        runs = _part(line, start, min(end, line.end)) if line and end > start else []
        if runs:
            document.add_comment(runs, _write(one), AUTHOR, INITIALS)
        else:
            lost += 1
    target = BytesIO()
    document.save(target)
    return target.getvalue(), lost


def _open(data: bytes) -> WordDocument:
    """Return the file read; its size unpacked is known before any of it is."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise NotWordError
        return Document(BytesIO(data))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError) as error:
        raise NotWordError from error


def _list_lines(document: object) -> Iterator[_Line]:
    at = 0
    for paragraph in _walk(document):
        size = len(paragraph.text)
        yield _Line(paragraph, at, at + size)
        at += size + 1


def _walk(container: object) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document, those in its tables at their place."""
    for block in container.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _walk(cell)


def _part(line: _Line, start: int, end: int) -> list[Run]:
    """Return the runs that hold exactly the stretch, parted from what stands before and behind."""
    at, held = line.start, []
    for run in list(line.paragraph.runs):
        first, last = at, at + len(run.text)
        at = last
        if last <= start or first >= end:
            continue
        if first < start:
            run = _split(run, start - first)
            first = start
        if last > end:
            _split(run, end - first)
        held.append(run)
    return held


def _split(run: Run, at: int) -> Run:
    """Cut a run in two behind so many characters, and return the second; both look alike."""
    text = run.text
    twin = deepcopy(run._r)
    run._r.addnext(twin)
    behind = Run(twin, run._parent)
    run.text, behind.text = text[:at], text[at:]
    return behind


def _write(one: DraftFinding) -> str:
    words = [one.message]
    if one.suggestion is not None:
        words.append(f"建议：{one.suggestion or '删去'}")
    words += [
        f"依据：《{proof.title}》（{proof.date}）" for proof in one.evidence[:2] if proof.title
    ]
    return "\n".join(words)
