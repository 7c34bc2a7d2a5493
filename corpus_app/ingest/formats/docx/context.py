"""What all stories of one Word document share: parts, styles, numbers, notes, the account."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.formats.docx.looks import WordStyles, WordTheme
from corpus_app.ingest.formats.docx.numbering import Numbering
from corpus_app.ingest.formats.docx.package import LoneDocument
from corpus_app.ingest.formats.elements import ElementTable, FileAccount
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.visibility import ExtractedText, Unseen

RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
HINT: Final = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
ReadChunk = Callable[[bytes, str], Extracted]


class WordContext:
    """Opens what a document needs besides its body; one for each document."""

    def __init__(
        self,
        package: LoneDocument,
        table: ElementTable,
        read_chunk: ReadChunk,
        styles: etree._Element | None = None,
    ) -> None:
        self.package, self.table = package, table
        self.account = FileAccount()
        styles = self._parse_related("styles") if styles is None else styles
        theme = WordTheme(self._parse_related("theme"))
        self.styles = WordStyles(styles, theme)
        self._numbering = Numbering(self._parse_related("numbering"), styles, self.account)
        self._read_chunk = read_chunk
        # Kind and name of each note in the order of its references, and whether these are seen.
        self.notes: dict[tuple[str, str], bool] = {}
        self.inner_notes: dict[tuple[str, str], etree._Element] = {}

    def next_label(self, properties: etree._Element | None, style: str) -> str:
        """Return the automatic number of the next paragraph; "" where it has none."""
        kept = properties.find(f"{qn('w:listPr')}/{HINT}t") if properties is not None else None
        if kept is None:
            return self._numbering.next_label(properties, style)
        # Word 2003 keeps the number that it showed beside the list's properties.
        label = (kept.get(HINT + "val") or "").strip()
        if label:
            self.account.note("numbering")
        return label

    def keep_note(self, kind: str, name: str, *, seen: bool) -> None:
        """Remember a reference to a note, so that the note follows the body."""
        self.notes[kind, name] = seen or self.notes.get((kind, name), False)

    def keep_inner_note(self, kind: str, node: etree._Element, *, seen: bool) -> None:
        """Remember a note that stands where it is referred to."""
        name = f"inner {len(self.inner_notes)}"
        self.inner_notes[kind, name] = node
        self.keep_note(kind, name, seen=seen)

    def read_chunk(self, node: etree._Element, part: str) -> Iterator[ExtractedText]:
        """Yield the lines of a file of another format that stands in place of blocks."""
        relation = self.package.list_relations(part).get(node.get(RELATION) or "")
        data = None if relation is None else self.package.read(relation.target)
        if relation is None or not data or relation.external:
            self.account.note("linked", relation.target if relation else "altChunk")
            return
        try:
            chunk = self._read_chunk(data, posixpath.basename(relation.target))
        except RecursionError:
            self.account.note("embedded", relation.target)
            return
        yield from _split_lines(chunk)

    def read_diagram(self, part: str, name: str) -> str:
        """Return the words of a diagram (SmartArt), a line for each paragraph."""
        root = self._parse_target(part, name)
        paragraphs = root.iter("{*}p") if root is not None else ()
        lines = ("".join(t.text or "" for t in node.iter("{*}t")) for node in paragraphs)
        return "\n".join(line for line in lines if line.strip())

    def read_chart(self, part: str, node: etree._Element) -> str:
        """Return the words of a chart: titles, names of its series and values."""
        root = self._parse_target(part, node.get(RELATION) or "")
        nodes = root.iter("{*}t", "{*}v", "{*}pt") if root is not None else ()
        words = (child.text.strip() for child in nodes if child.text)
        return " ".join(dict.fromkeys(word for word in words if word))

    def name_target(self, part: str, node: etree._Element) -> str:
        """Return the address that an element leads to, "" for none."""
        relation = self.package.list_relations(part).get(node.get(RELATION) or "")
        return relation.target if relation else ""

    def _parse_related(self, kind: str) -> etree._Element | None:
        for name in self.package.find_related(kind):
            root = self.package.parse(name)
            if root is not None:
                return root
        return None

    def _parse_target(self, part: str, name: str) -> etree._Element | None:
        relation = self.package.list_relations(part).get(name)
        if relation is None or relation.external:
            return None
        return self.package.parse(relation.target)


def _split_lines(chunk: Extracted) -> Iterator[ExtractedText]:
    """Yield the lines of another file's text, its hidden words still marked."""
    whole, position = ExtractedText(), 0
    for mark in sorted(chunk.marks, key=lambda mark: mark.start):
        if mark.kind in ("hidden_text", "annotation") and mark.start >= position:
            whole.write(chunk.raw[position : mark.start])
            kind: Unseen = Unseen(mark.kind, mark.rule)  # type: ignore[arg-type]
            whole.write(chunk.raw[mark.start : mark.end], kind)
            position = mark.end
    whole.write(chunk.raw[position:])
    line = ExtractedText()
    for text, unseen in whole.iter_stretches():
        first, *rest = text.split("\n")
        line.write(first, unseen)
        for part in rest:
            yield line
            line = ExtractedText()
            line.write(part, unseen)
    if line.length:
        yield line
