"""Web pages: all visible text line by line, with chrome marked where the markup shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html as lxml_html

from corpus_app.ingest.decode import Decoded
from corpus_app.ingest.draft import Notice, RejectedFile, Removed
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.package import check_memory
from corpus_app.ingest.formats.page_statements import read_statements
from corpus_app.ingest.noise.boxes import IN_ARTICLE, LINKS, RULE

UNSEEN = {
    "script", "style", "template", "noscript", "head", "iframe", "object", "svg", "select",
    "textarea", "button", "canvas", "audio", "video",
}  # fmt: skip
BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd",
    "details", "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
    "tr", "ul",
}  # fmt: skip
CELLS = {"td", "th"}
CHROME_TAGS = {"nav": "site", "footer": "site", "aside": "site"}
CHROME_NAMES = (
    (re.compile(r"bread-?crumb|crumbs?\b|location|dqwz|position", re.I), "breadcrumb"),
    (re.compile(r"share|bdshare|social", re.I), "share"),
    (re.compile(r"\b(?:prev|next|pager?|pagination)\b", re.I), "pager"),
    (re.compile(r"relat|recommend|hot-?list|side-?bar", re.I), "related"),
    (re.compile(r"\b(?:nav|menu|foot|footer|copyright|top-?bar|toolbar|banner)\b", re.I), "site"),
    (re.compile(r"\b(?:ads?|advert\w*|guanggao)\b", re.I), "advert"),
)
# Boxes that hold the text of a page and nothing else, by tag, and by class or id.
ARTICLE_TAGS = {"article", "main"}
ARTICLE_NAMES = re.compile(
    r"(?:^|\s)(?:zoom|TRS_Editor|article(?:[-_]?(?:body|content|text))?|articleBody|pages_content"
    r"|js_content|rich_media_content|content[-_]?text|detail[-_]?content)(?:\s|$)",
    re.I,
)
# Of a box of links this share of the characters is linked.
LINKED = 0.8
FACT_NAMES = re.compile(
    r"meta|author|source|publish|pub-?time|pub-?date|\bdate\b|\btime\b|nickname|js_name|copyright_logo|laiyuan",
    re.I,
)
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0", re.I)
BLANKS = re.compile(r"[ \t\r\n\f\v]+")
PROSE = re.compile(r"[^。！？\n]{25,}[。！？]")
# The parser compares all attributes of a tag with one another: this many take it no time yet.
MOST_ATTRIBUTES = 500
LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{1500,}")
QUOTED_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
MOST_NAME_CHARS = 2_000
SITE_SUFFIX = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{1,30}$")


@dataclass(frozen=True, slots=True)
class _Box:
    """A box that is open and named as chrome: where its text begins, and what is said of it."""

    start: int
    linked: int
    inside: bool
    kind: str
    name: str

    def name_rule(self, writer: _Writer) -> str:
        """Return the rule of the closed box, with what tells whether it may hold the speech."""
        chars, linked = writer.length - self.start, writer.linked - self.linked
        links = LINKS if linked >= LINKED * chars else ""
        return f"{RULE}{IN_ARTICLE if self.inside else ''}{links}{self.name}"


class _Writer:
    """Collects text as a browser would lay it out: one line per block, blanks collapsed."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.tail = "\n"
        # Links and boxes of text that are open, and the characters in links so far.
        self.links = self.articles = self.linked = 0

    def write(self, text: str) -> None:
        text = BLANKS.sub(" ", text)
        if self.tail in "\n\t " and text.startswith(" "):
            text = text[1:]
        self._append(text)

    def write_verbatim(self, text: str) -> None:
        self._append(text)

    def break_line(self) -> None:
        if self.tail != "\n":
            self._append("\n")

    def break_word(self) -> None:
        if self.tail not in "\n\t ":
            self._append(" ")

    def break_cell(self) -> None:
        if self.tail not in "\n\t":
            self._append("\t")

    def _append(self, text: str) -> None:
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.linked += len(text) if self.links else 0
            self.tail = text[-1]


def extract_page(decoded: Decoded) -> Extracted:
    """Return the visible text of a page; chrome and hidden parts are kept and marked."""
    root = _parse(decoded.text)
    writer = _Writer()
    spans = list(_walk(root, writer))
    raw = "".join(writer.parts)
    marks = [Removed(kind, raw[a:b], a, b, rule) for a, b, kind, rule in spans if a < b]
    raw, marks = _prepend_title(root, raw, [mark for mark in marks if _is_chrome(mark)])
    notices = [*decoded.notices, *_report_hidden(marks)]
    stated = read_statements(root)
    return Extracted(raw, decoded.encoding, "html", tuple(marks), tuple(notices), stated)


def _check_attributes(text: str) -> None:
    """Refuse at once what would keep the parser busy until its time is up."""
    for tag in LONG_TAG.finditer(text):
        count = len(QUOTED_VALUE.sub("=", tag.group()).split()) - 1
        if count > MOST_ATTRIBUTES:
            message = f"网页的一个标签带有 {count} 个属性，数量异常，请另存为纯文本后再上传。"
            raise RejectedFile("damaged", message)


def _parse(text: str) -> etree._Element:
    _check_attributes(text)
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    # A feed wraps its text in CDATA, which the parser would drop as a comment, and has no body.
    if "<![CDATA[" in text and "<body" not in text:
        text = text.replace("<![CDATA[", "").replace("]]>", "")
        text = f"<html><body>{text}</body></html>"
    data = text.replace("\x00", "").encode("utf-8")
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        check_memory(error)
        raise RejectedFile("no_text", "网页里没有文字。") from error
    # Beyond 2,048 nested tags the parser drops text without a word; then nothing is better.
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise RejectedFile("damaged", "网页标签嵌套过深，无法完整读取，请另存为纯文本后再上传。")
    return root


def _walk(root: etree._Element, writer: _Writer) -> Iterator[tuple[int, int, str, str]]:
    """Iterates instead of recursing: hostile pages nest tags a hundred thousand deep."""
    opened: dict[etree._Element, _Box] = {}
    muted: etree._Element | None = None
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if muted is None and event == "start":
            if tag in UNSEEN or not tag:
                muted = node
                continue
            _open(node, tag, writer, opened)
        elif muted is None or muted is node:
            if muted is None:
                yield from _close(node, tag, writer, opened)
            muted = None
            if node.tail and node is not root:
                _write_text(node.getparent(), node.tail, writer)


def _open(
    node: etree._Element, tag: str, writer: _Writer, opened: dict[etree._Element, _Box]
) -> None:
    if tag in BLOCKS:
        writer.break_line()
    elif tag in CELLS:
        writer.break_cell()
    elif _states(node):
        writer.break_word()
    role = _name_role(node, tag)
    if role:
        opened[node] = _Box(writer.length, writer.linked, writer.articles > 0, *role)
    writer.links += tag == "a"
    writer.articles += _holds_article(node, tag)
    if node.text:
        _write_text(node, node.text, writer)


def _close(
    node: etree._Element, tag: str, writer: _Writer, opened: dict[etree._Element, _Box]
) -> Iterator[tuple[int, int, str, str]]:
    writer.links -= tag == "a"
    writer.articles -= _holds_article(node, tag)
    if node in opened:
        box = opened.pop(node)
        yield box.start, writer.length, box.kind, box.name_rule(writer)
    if tag in BLOCKS:
        writer.break_line()
    elif tag not in CELLS and _states(node):
        writer.break_word()


def _states(node: etree._Element) -> bool:
    """Say whether an inline box is named as one that states a fact: style sets it apart."""
    names = f"{node.get('class') or ''} {node.get('id') or ''}"[:MOST_NAME_CHARS]
    return names != " " and FACT_NAMES.search(names) is not None


def _write_text(node: etree._Element | None, text: str, writer: _Writer) -> None:
    if node is not None and node.tag == "pre":
        writer.write_verbatim(text)
    else:
        writer.write(text)


def _name_role(node: etree._Element, tag: str) -> tuple[str, str] | None:
    if node.get("hidden") is not None or HIDDEN_STYLE.search(node.get("style") or ""):
        return "hidden_text", "style"
    if tag in CHROME_TAGS:
        return CHROME_TAGS[tag], tag
    if tag in {"body", "html", "main", "article"}:
        return None
    names = f"{node.get('class') or ''} {node.get('id') or ''}"[:MOST_NAME_CHARS]
    found = (kind for pattern, kind in CHROME_NAMES if pattern.search(names))
    kind = next(found, None)
    return (kind, names.strip()[:40]) if kind else None


def _holds_article(node: etree._Element, tag: str) -> bool:
    """Say whether a box holds the text of the page and nothing else."""
    if tag in ARTICLE_TAGS or node.get("itemprop") == "articleBody":
        return True
    names = (node.get("class"), node.get("id"))
    return any(name and ARTICLE_NAMES.search(name[:MOST_NAME_CHARS]) for name in names)


def _is_chrome(mark: Removed) -> bool:
    """Names lie: whatever holds running sentences is kept, even in a box called "footer"."""
    return len(PROSE.findall(mark.text)) < 2 and len(mark.text) < 3000


def _report_hidden(marks: list[Removed]) -> list[Notice]:
    hidden = [mark for mark in marks if mark.kind == "hidden_text"]
    if not hidden:
        return []
    chars = sum(len(mark.text) for mark in hidden)
    return [
        Notice("hidden_text", f"网页中有 {chars} 字设为不可见，未收入正文，请在删除清单中核对。")
    ]


def _prepend_title(
    root: etree._Element, raw: str, marks: list[Removed]
) -> tuple[str, list[Removed]]:
    """A page whose title stands only in the tab bar gets it as its first line."""
    title = BLANKS.sub(" ", root.findtext(".//title") or "").strip()
    bare = SITE_SUFFIX.sub("", title).strip()
    if len(bare) < 6 or bare in raw or root.find(".//h1") is not None:
        return raw, marks
    head = bare + "\n"
    moved = [Removed(m.kind, m.text, m.start + len(head), m.end + len(head), m.rule) for m in marks]
    return head + raw, moved
