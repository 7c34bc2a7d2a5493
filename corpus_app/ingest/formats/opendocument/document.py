"""An OpenDocument text as text: the body, then its notes; what is not read is told."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Final

from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.detection import TABLE_ADVICE
from corpus_app.ingest.formats.elements import FileAccount, load_elements, tell_margin
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.opendocument.inline import OdtSurroundings
from corpus_app.ingest.formats.opendocument.lists import OdtListNumbers
from corpus_app.ingest.formats.opendocument.looks import OdtStyles
from corpus_app.ingest.formats.opendocument.names import qualify
from corpus_app.ingest.formats.opendocument.objects import ObjectParts, ReadPart, read_object_words
from corpus_app.ingest.formats.opendocument.shapes import find_ground
from corpus_app.ingest.formats.opendocument.story import OdtReader
from corpus_app.ingest.formats.package import check_package, parse_part, read_member
from corpus_app.ingest.formats.visibility import (
    HIDDEN,
    ExtractedText,
    join_lines,
    report_pictures,
    report_unseen,
)
from corpus_app.ingest.limits import Limits, check_length

LABEL: Final = "OpenDocument 文档"
LOCKED: Final = f"{LABEL}设有密码，请解除密码后再上传。"
MARGINS: Final = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")


def extract_opendocument(data: bytes, limits: Limits) -> Extracted:
    """Return the text of an .odt; raises "damaged", "unsupported" or "too_large"."""
    check_package(data, limits, LABEL)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if b"encryption-data" in (read_member(package, "META-INF/manifest.xml") or b""):
            raise RejectedFile("unsupported", LOCKED)

        def read_part(name: str) -> etree._Element | None:
            part = read_member(package, name)
            return None if part is None else parse_part(part, LABEL)

        content = parse_part(read_member(package, "content.xml") or b"", LABEL)
        styles = read_part("styles.xml")
        common = [styles] if styles is not None else []
        return _read_document(content, common, read_part, limits)


def extract_flat(data: bytes, limits: Limits) -> Extracted:
    """Return the text of an .fodt, which is one XML file; raises "damaged" or "too_large"."""
    root = parse_part(data.lstrip(b"\xef\xbb\xbf \r\n\t"), LABEL)
    return _read_document(root, [], lambda name: None, limits)


def _read_document(
    root: etree._Element, common: list[etree._Element], read_part: ReadPart, limits: Limits
) -> Extracted:
    body = root.find(f"{qualify('office:body')}/{qualify('office:text')}")
    if body is None and next(root.iter(qualify("office:spreadsheet")), None) is not None:
        raise RejectedFile("unsupported", TABLE_ADVICE)
    if body is None:
        raise RejectedFile("damaged", f"{LABEL}已损坏：没有正文部分。")
    account = FileAccount()
    styles = OdtStyles([*common, root])
    numbers = OdtListNumbers([*common, root], account)
    parts = ObjectParts(read_part, root)
    reader = OdtReader(load_elements("opendocument"), styles, account, parts, numbers)
    around = OdtSurroundings(ground=find_ground(styles, body))
    text = ExtractedText()
    for line in reader.read_lines(body, around):
        text.add(line)
        text.write("\n")
        check_length(text.length, limits)
    for line in _iter_notes(reader, around):
        text.add(line)
        text.write("\n")
    if next(body.iter(qualify("text:changed-region")), None) is not None:
        account.note("tracked_changes")
    _tell_margins(account, [*common, root])
    raw, marks = text.finish()
    notices = (*account.report(), *report_unseen(marks), *report_pictures(raw, marks))
    return Extracted(raw, "utf-8", "odt", marks, notices)


def _iter_notes(reader: OdtReader, around: OdtSurroundings) -> Iterator[ExtractedText]:
    """Foot- and endnotes follow the body as lines of their own: "[注1] …"."""
    counts = {"注": 0, "尾注": 0}
    lines: dict[str, list[ExtractedText]] = {"注": [], "尾注": []}
    for note, seen in reader.notes:
        kind = "尾注" if note.get(qualify("text:note-class")) == "endnote" else "注"
        words = _read_note(reader, note, around if seen else around.hide(HIDDEN))
        if not words.length:
            continue
        counts[kind] += seen
        line = ExtractedText()
        line.write(f"[{kind}{counts[kind]}] " if seen else f"[{kind}] ", None if seen else HIDDEN)
        line.add(words)
        lines[kind].append(line)
    yield from lines["注"]
    yield from lines["尾注"]


def _read_note(reader: OdtReader, note: etree._Element, around: OdtSurroundings) -> ExtractedText:
    body = note.find(qualify("text:note-body"))
    return join_lines(reader.read_lines(body, around) if body is not None else ())


def _tell_margins(account: FileAccount, parts: list[etree._Element]) -> None:
    tags = [qualify(f"style:{name}") for name in MARGINS]
    nodes = (node for part in parts for node in part.iter(*tags))
    for words in dict.fromkeys(read_object_words(node) for node in nodes):
        tell_margin(account, words)
