"""The tree of a page, by the parser that its mark-up needs; hostile pages are refused at once."""

from __future__ import annotations

import re
from copy import deepcopy
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
_SLOTS: Final = "shadowrootmode"
# What stands in the head of a page; anything else begins its body.
_IN_HEAD: Final = frozenset({
    "title", "meta", "link", "base", "style", "script", "noscript", "template", "basefont",
    "bgsound", "object", "isindex", etree.Comment, etree.ProcessingInstruction,
})  # fmt: skip
_XLINK: Final = "{http://www.w3.org/1999/xlink}href"
_DEEPEST_USE: Final = 4
# So many elements of drawings are copied to where they are used.
MOST_COPIED: Final = 5_000
# By the first words of its type, a page is read by the rules of browsers before standards.
_TYPE: Final = re.compile(r"<!DOCTYPE\s+([^>]{0,300})>", re.I)
_BLANK: Final = re.compile(r"[\s\ufeff]*")
_OLD_TYPE: Final = re.compile(
    r"html\s+public\s+[\"']-//(?:ietf|w3o|netscape|microsoft|sq|webtechs|as|spyglass|sun|metrius)//"
    r"|html\s+public\s+[\"']-//w3c//dtd (?:html 3|html experimental|w3 html)"
    r"|html\s+public\s+[\"']-//w3c//dtd html 4\.0?1? ?(?:frameset|transitional)//[^\"']*[\"']\s*$",
    re.I,
)


def parse_page(text: str) -> etree._Element:
    """Return the root of a page; raises "damaged" for one that no parser reads, or "no_text"."""
    _check_attributes(text)
    text = text.replace("\x00", "")
    root = _parse_xml(text) if _DECLARATION.match(text) or _XHTML in text[:2_000] else None
    root = _parse_html(text) if root is None else root
    if _SLOTS in text:
        for template in list(root.iter("template")):
            _attach_shadow(template)
    if "<use" in text:
        _draw_used(root)
    return root


def is_old_page(text: str) -> bool:
    """Return whether browsers read a page as before the standards: it says no type, or an old one.

    >>> is_old_page("<!-- a --> <!DOCTYPE html><p>"), is_old_page("<p>")
    (False, True)
    """
    if _DECLARATION.match(text):
        return False
    place = _skip_blank(text, 0)
    while text.startswith("<!--", place) and (end := text.find("-->", place + 4)) >= 0:
        place = _skip_blank(text, end + 3)
    found = _TYPE.match(text, place)
    return found is None or _OLD_TYPE.match(found[1].strip()) is not None


def _skip_blank(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place


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
    _leave_head(root)
    return root


def _leave_head(root: etree._Element) -> None:
    """Put into the body what the parser, which knows no newer elements, has left in the head."""
    head, body = root.find("head"), root.find("body")
    if head is None:
        return
    start = next((at for at, child in enumerate(head) if child.tag not in _IN_HEAD), None)
    if start is None:
        return
    moved = list(head)[start:]
    if body is None:
        body = etree.SubElement(root, "body")
    body[:0] = moved
    body.text, moved[-1].tail = None, (moved[-1].tail or "") + (body.text or "")


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
    """Put what a shadow root draws in place of its host's own content, which fills its slots.

    The root is an element "shadow-root", whose style sheets hold for it alone and stand in its
    attribute "styles"; what fills a slot bears the attribute "shadow-slotted".
    """
    host = template.getparent()
    if host is None or not template.get("shadowrootmode"):
        return
    kept = [child for child in host if child is not template]
    words = (host.text or "") + (template.tail or "")
    shadow = etree.Element("shadow-root")
    shadow.text, shadow[:] = template.text, list(template)
    _take_styles(shadow)
    host.text, host[:] = None, [shadow]
    filled = set()
    for slot in shadow.iter("slot"):
        name = slot.get("name") or ""
        chosen = [child for child in kept if (child.get("slot") or "") == name]
        if name in filled or not (chosen or (words.strip() and not name)):
            continue
        filled.add(name)
        slot.text, slot[:] = (words if not name else None), chosen
        for child in chosen:
            child.set("shadow-slotted", "")
    left = [child for child in kept if child.getparent() is None]
    if left or (words.strip() and "" not in filled):
        # What has no slot is not drawn.
        rest = etree.SubElement(host, "template")
        rest.text = words if "" not in filled else None
        rest[:] = left


def _take_styles(shadow: etree._Element) -> None:
    styles = list(shadow.iter("style"))
    shadow.set("styles", "\n".join("".join(map(str, one.itertext())) for one in styles))
    for one in styles:
        # The text behind it stays, for the element stays too, empty.
        one.text, one[:] = None, []


def _draw_used(root: etree._Element) -> None:
    """Put into each <use> of a drawing a copy of what it draws, where words are in that."""
    named = {name: node for node in root.iter() if (name := node.get("id"))}
    waiting = [(use, 0) for use in root.iter("use")]
    copied = 0
    for use, depth in waiting:
        name = (use.get("href") or use.get("xlink:href") or use.get(_XLINK) or "").strip()
        drawn = named.get(name[1:]) if name[:1] == "#" else None
        if (
            drawn is None
            or depth > _DEEPEST_USE
            or any(drawn is one for one in use.iterancestors())
        ):
            continue
        if not any(text.strip() for text in drawn.itertext()):
            continue
        copied += sum(1 for _ in drawn.iter())
        if copied > MOST_COPIED:
            return
        copy = deepcopy(drawn)
        copy.tail = None
        copy.tag = "g" if copy.tag == "symbol" else copy.tag
        use.append(copy)
        waiting += [(inner, depth + 1) for inner in copy.iter("use")]
