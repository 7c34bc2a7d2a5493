"""The tree of a page, by the parser that its mark-up needs; hostile pages are refused at once."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

from lxml import etree

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.package import check_memory

# The parser compares all attributes of a tag with one another: this many take it no time yet.
MOST_ATTRIBUTES: Final = 500
_LONG_TAG: Final = re.compile(r"<[a-zA-Z][^<>]{1500,}")
_QUOTED_VALUE: Final = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_XHTML: Final = "http://www.w3.org/1999/xhtml"
_PREFIX: Final = re.compile(rf"xmlns:([A-Za-z][\w.-]{{0,30}})\s*=\s*[\"']{re.escape(_XHTML)}[\"']")
_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^>\[]{0,1000}(?:\[[^\]]{0,10000}\]\s*)?>", re.I)
_ENTITY: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{1,31};")
NO_TEXT: Final = "网页里没有文字。"
_SLOTS: Final = "shadowroot"


def parse_page(text: str) -> etree._Element:
    """Return the root of a page; raises "damaged" for one that no parser reads, or "no_text"."""
    _check_attributes(text)
    text = text.replace("\x00", "")
    root = _parse_xml(text) if _DECLARATION.match(text) or _XHTML in text[:2_000] else None
    root = _parse_html(text) if root is None else root
    if _SLOTS in text:
        for template in list(root.iter("template")):
            _attach_shadow(template)
    return root


def _check_attributes(text: str) -> None:
    """Refuse at once what would keep the parser busy until its time is up."""
    for tag in _LONG_TAG.finditer(text):
        count = len(_QUOTED_VALUE.sub("=", tag.group()).split()) - 1
        if count > MOST_ATTRIBUTES:
            message = f"网页的一个标签带有 {count} 个属性，数量异常，请另存为纯文本后再上传。"
            raise RejectedFile("damaged", message)


def _parse_html(text: str) -> etree._Element:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    # A feed wraps its text in CDATA, which the parser would drop as a comment, and has no body.
    if "<![CDATA[" in text and "<body" not in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
        text = f"<html><body>{text}</body></html>"
    prefix = _PREFIX.search(text[:20_000])
    if prefix:
        text = re.sub(rf"(</?){re.escape(prefix[1])}:", r"\1", text)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        check_memory(error)
        raise RejectedFile("no_text", NO_TEXT) from error
    if root is None:
        raise RejectedFile("no_text", NO_TEXT)
    # Beyond 2,048 nested tags the parser drops text without a word; then nothing is better.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise RejectedFile("damaged", "网页标签嵌套过深，无法完整读取，请另存为纯文本后再上传。")
    return root


def _parse_xml(text: str) -> etree._Element | None:
    """Return the root of a page that is sound XHTML, with bare names; None for any other."""
    text = _DOCTYPE.sub("", _DECLARATION.sub("", text, count=1), count=1)
    text = _ENTITY.sub(lambda match: unescape(match.group()), text)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        check_memory(error)
        return None
    if root is None or root.tag not in (f"{{{_XHTML}}}html", "html"):
        return None
    for node in root.iter("*"):
        node.tag = etree.QName(node).localname.lower()
    return root


def _attach_shadow(template: etree._Element) -> None:
    """Put what a shadow root draws in place of its host's own content, which fills its slots."""
    host = template.getparent()
    if host is None or not (template.get("shadowrootmode") or template.get("shadowroot")):
        return
    kept = [child for child in host if child is not template]
    words = (host.text or "") + (template.tail or "")
    template.tail = None
    host.text = template.text
    host[:] = list(template)
    filled = set()
    for slot in host.iter("slot"):
        name = slot.get("name") or ""
        chosen = [child for child in kept if (child.get("slot") or "") == name]
        if name in filled or not (chosen or (words.strip() and not name)):
            continue
        filled.add(name)
        slot.text, slot[:] = (words if not name else None), chosen
    left = [child for child in kept if child.getparent() is not None and child.getparent() is None]
    left = [child for child in kept if child.getparent() is None]
    if left or (words.strip() and "" not in filled):
        # What has no slot is not drawn.
        rest = etree.SubElement(host, "template")
        rest.text = words if "" not in filled else None
        rest[:] = left
