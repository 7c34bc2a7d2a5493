"""Word documents as one XML file, often named .doc: of 2003, or a .docx package laid out flat."""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from lxml import etree

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.package import parse_part
from corpus_app.ingest.limits import Limits

LABEL = "Word XML 文档"
PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "{http://schemas.microsoft.com/office/word/2003/wordml}"
HINT = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
SAFE_PART = re.compile(r"/[\w./-]{1,200}")
# Not the running text: deleted words, field codes, properties, remarks, pictures.
SKIPPED = {WORD + name for name in ("delText", "instrText", "pPr", "rPr", "pict", "binData")}
SIGNS = {WORD + "tab": "\t", WORD + "br": "\n", WORD + "noBreakHyphen": "-"}


def extract_flat_word(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a Word document in one XML file; raises "damaged" or "too_large"."""
    root = parse_part(data.lstrip(b"\xef\xbb\xbf \r\n\t"), LABEL)
    if root.tag == PACKAGE + "package":
        from corpus_app.ingest.formats.word import extract_document

        return replace(extract_document(_pack(root), limits), format="doc")
    body = root.find(WORD + "body")
    if body is None:
        raise RejectedFile("damaged", f"{LABEL}已损坏：没有正文部分。")
    numbered = next(body.iter(HINT + "t"), None) is not None
    message = "序号由 Word 自动编号生成，已还原为文字，请核对。"
    notices = (Notice("numbering", message),) if numbered else ()
    raw = "".join(line + "\n" for line in _iter_lines(body))
    return Extracted(raw, "utf-8", "doc", (), notices)


def _pack(root: etree._Element) -> bytes:
    """Put the parts back into the package that they were taken from."""
    types, seen = [], set[str]()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for part in root.iterchildren(PACKAGE + "part"):
            name, kind = part.get(PACKAGE + "name") or "", part.get(PACKAGE + "contentType") or ""
            if not SAFE_PART.fullmatch(name) or ".." in name or name in seen:
                continue
            seen.add(name)
            package.writestr(name[1:], _read_part(part))
            types.append(f"<Override PartName={quoteattr(name)} ContentType={quoteattr(kind)}/>")
        rels = "application/vnd.openxmlformats-package.relationships+xml"
        default = f'<Default Extension="rels" ContentType="{rels}"/>'
        listed = f'<Types xmlns="{TYPES}">{default}{"".join(types)}</Types>'
        package.writestr("[Content_Types].xml", listed)
    return buffer.getvalue()


def _read_part(part: etree._Element) -> bytes:
    for content in part.iterchildren(PACKAGE + "xmlData"):
        for child in content:
            return bytes(etree.tostring(child, with_tail=False))
    binary = part.findtext(PACKAGE + "binaryData") or ""
    try:
        return base64.b64decode(binary)
    except (binascii.Error, ValueError):
        return b""


def _iter_lines(container: etree._Element) -> Iterator[str]:
    for child in container:
        if child.tag == WORD + "p":
            yield _read_label(child) + "".join(_iter_text(child))
        elif child.tag == WORD + "tr":
            cells = child.iterchildren(WORD + "tc")
            yield "\t".join(" ".join(filter(None, _iter_lines(cell))) for cell in cells)
        elif isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _iter_lines(child)


def _read_label(paragraph: etree._Element) -> str:
    """The number that Word showed is kept beside the list's properties."""
    label = paragraph.find(f"{WORD}pPr/{WORD}listPr/{HINT}t")
    return (label.get(HINT + "val") or "").strip() if label is not None else ""


def _iter_text(node: etree._Element) -> Iterator[str]:
    for child in node:
        if child.tag == WORD + "t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _iter_text(child)
