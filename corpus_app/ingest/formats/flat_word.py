"""Word documents as one XML file, often named .doc: of 2003, or a .docx package laid out flat."""

from __future__ import annotations

import base64
import binascii
import io
import re
import zipfile
from dataclasses import replace
from xml.sax.saxutils import quoteattr

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.docx.context import WordContext
from corpus_app.ingest.formats.docx.document import extract_document, read_body
from corpus_app.ingest.formats.docx.package import LoneDocument
from corpus_app.ingest.formats.elements import load_elements
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.package import parse_part
from corpus_app.ingest.limits import Limits

LABEL = "Word XML 文档"
PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SAFE_PART = re.compile(r"/[\w./-]{1,200}")


def extract_flat_word(data: bytes, limits: Limits) -> Extracted:
    """Return the text of a Word document in one XML file; raises "damaged" or "too_large"."""
    table = load_elements("word")
    root = parse_part(table.unify(data.lstrip(b"\xef\xbb\xbf \r\n\t")), LABEL)
    if root.tag == PACKAGE + "package":
        return replace(extract_document(_pack(root), limits), format="doc")
    return replace(_read_word_2003(root, limits), format="doc")


def _read_word_2003(root: etree._Element, limits: Limits) -> Extracted:
    body = root.find(qn("w:body"))
    if body is None:
        raise RejectedFile("damaged", f"{LABEL}已损坏：没有正文部分。")
    styles = root.find(qn("w:styles"))
    context = WordContext(LoneDocument(), load_elements("word"), _refuse_chunk, styles)
    margins = (("", node) for node in root.iter(qn("w:hdr"), qn("w:ftr")))
    return read_body(context, body, margins, limits)


def _refuse_chunk(data: bytes, name: str) -> Extracted:
    raise RecursionError


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
