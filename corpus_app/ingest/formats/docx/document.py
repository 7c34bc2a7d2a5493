"""A Word document as text: the body, then its notes; what is not read is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.docx.context import WordContext
from corpus_app.ingest.formats.docx.inline import IN_CODE
from corpus_app.ingest.formats.docx.package import LABEL, WordPackage
from corpus_app.ingest.formats.docx.story import DocxReader
from corpus_app.ingest.formats.docx.surroundings import DocxSurroundings
from corpus_app.ingest.formats.elements import FileAccount, load_elements, tell_margin
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.looks import Ground
from corpus_app.ingest.formats.visibility import (
    HIDDEN,
    WHITE,
    ExtractedText,
    join_lines,
    report_pictures,
    report_unseen,
)
from corpus_app.ingest.limits import Limits, check_length
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze

Margins = Iterable[tuple[str, etree._Element | None]]
NOTE_KINDS: Final = (("footnote", "注"), ("endnote", "尾注"))


def extract_document(data: bytes, limits: Limits, depth: int = 0) -> Extracted:
    """Return the text of a .docx; raises "damaged", "unsupported" or "too_large".

    depth is how many documents this one stands in as a part.
    """
    table = load_elements("word")
    package = WordPackage(data, limits, table)

    def read_chunk(chunk: bytes, name: str) -> Extracted:
        from corpus_app.ingest.formats import extract

        if depth:
            raise RecursionError
        is_package = chunk.startswith(b"PK")
        return extract_document(chunk, limits, 1) if is_package else extract(chunk, name, limits)

    context = WordContext(package, table, read_chunk)
    root = package.parse(package.main)
    body = root.find(qn("w:body")) if root is not None else None
    if body is None:
        raise RejectedFile("damaged", f"{LABEL}已损坏：没有正文部分。")
    margins = (*package.find_related("header"), *package.find_related("footer"))
    parts = ((part, package.parse(part)) for part in margins)
    return read_body(context, body, parts, limits)


def read_body(
    context: WordContext, body: etree._Element, margins: Margins, limits: Limits
) -> Extracted:
    """Return the text of a body with its notes; margins are headers and footers, with parts."""
    text = ExtractedText()
    reader = DocxReader(context, context.package.main)
    for line in reader.read_lines(body, DocxSurroundings(_find_ground(context, body))):
        text.add(line)
        text.write("\n")
        check_length(text.length, limits)
    for line in _iter_notes(context):
        text.add(line)
        text.write("\n")
    for part, root in margins:
        _tell_margin(context, part, root)
    _tell_comments(context)
    _tell_relations(context)
    raw, marks = text.finish()
    if reader.has_open_code:
        # A field that never comes to its result hides nothing.
        marks = tuple(mark for mark in marks if mark.rule != IN_CODE.rule)
    notices = (*context.account.report(), *report_unseen(marks), *report_pictures(raw, marks))
    return Extracted(raw, "utf-8", "docx", marks, notices)


def _find_ground(context: WordContext, body: etree._Element) -> Ground:
    """Return what lies behind the text: a picture may lie there, and pages may have a colour."""
    anchors = body.iter("{*}anchor")
    if any(anchor.get("behindDoc") in ("1", "true") for anchor in anchors):
        return "unknown"
    parent = body.getparent()
    page = parent.find(qn("w:background")) if parent is not None else None
    if page is None:
        return WHITE
    # Whether it is shown, settings say and printers ask: words of either colour stay.
    return "unknown"


def _iter_notes(context: WordContext) -> Iterator[ExtractedText]:
    """Foot- and endnotes follow the body as lines of their own: "[注1] …"."""
    for kind, label in NOTE_KINDS:
        nodes = _list_notes(context, kind)
        number = 0
        referred = [name for note, name in context.notes if note == kind]
        for name in dict.fromkeys((*referred, *nodes)):
            if name not in nodes:
                continue
            seen = context.notes.get((kind, name), False)
            part, node = nodes[name]
            words = _read_note(context, part, node, seen)
            if words.length:
                number += seen
                line = ExtractedText()
                line.write(
                    f"[{label}{number}] " if seen else f"[{label}] ", None if seen else HIDDEN
                )
                line.add(words)
                yield line


def _list_notes(context: WordContext, kind: str) -> dict[str, tuple[str, etree._Element]]:
    found = {
        name: (context.package.main, node)
        for (note, name), node in context.inner_notes.items()
        if note == kind
    }
    for part in context.package.find_related(f"{kind}s"):
        root = context.package.parse(part)
        for node in root.iterchildren(qn(f"w:{kind}")) if root is not None else ():
            if node.get(qn("w:type")) in (None, "normal"):
                found[node.get(qn("w:id")) or ""] = part, node
    return found


def _read_note(context: WordContext, part: str, node: etree._Element, seen: bool) -> ExtractedText:
    around = DocxSurroundings(unseen=None if seen else HIDDEN)
    return join_lines(DocxReader(context, part).read_lines(node, around))


def _tell_margin(context: WordContext, part: str, root: etree._Element | None) -> None:
    """A header or footer is not read: what it says besides page numbers is told."""
    if root is None:
        return
    account, context.account = context.account, FileAccount()
    lines = [line.finish()[0] for line in DocxReader(context, part).read_lines(root)]
    context.account = account
    tell_margin(account, " ".join(lines))


def _tell_comments(context: WordContext) -> None:
    for part in context.package.find_related("comments"):
        root = context.package.parse(part)
        for node in root.iterchildren(qn("w:comment")) if root is not None else ():
            words = "".join(child.text or "" for child in node.iter(qn("w:t")))
            if squeeze(words):
                context.account.note("comments", words)


def _tell_relations(context: WordContext) -> None:
    """Parts of kinds that nobody knows are told of, with the words they hold."""
    known = {
        kind
        for kinds in read_rules("office_elements")["word"]["relations"].values()
        for kind in kinds
    }
    for relation in context.package.list_relations(context.package.main).values():
        if relation.kind not in known:
            context.account.note("unknown", f"{relation.kind} {relation.target}")
