"""Boxes that a page's mark-up calls its own, by tag, class and id, and those that hold its text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from corpus_app.ingest.draft import Removed
from corpus_app.ingest.formats.webpage.elements import CONTROLS
from corpus_app.ingest.formats.webpage.writer import PageWriter
from corpus_app.ingest.noise.boxes import IN_ARTICLE, LINKS, RULE

# What is pressed or filled in belongs to the page as its tags do.
CHROME_TAGS = {"nav": "site", "footer": "site", "aside": "site"} | dict.fromkeys(CONTROLS, "markup")
CHROME_NAMES = (
    (re.compile(r"bread-?crumb|crumbs?\b|location|dqwz|position", re.I), "breadcrumb"),
    (re.compile(r"share|bdshare|social", re.I), "share"),
    (re.compile(r"\b(?:prev|next|pager?|pagination)\b", re.I), "pager"),
    (re.compile(r"relat|recommend|hot-?list|\bhot\b|\brank(?:ing)?\b|side-?bar", re.I), "related"),
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
FACT_NAMES = re.compile(
    r"meta|author|source|publish|pub-?time|pub-?date|\bdate\b|\btime\b|nickname|js_name|copyright_logo|laiyuan",
    re.I,
)
# Of a box of links this share of the characters is linked.
LINKED = 0.8
# A sentence of so many characters shows that a box holds running text.
PIECES = re.compile(r"[^。！？\n]+[。！？]?")
PROSE_CHARS = 26
MOST_NAME_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class ChromeBox:
    """A box that is open and named as chrome: where its text begins, and what is said of it."""

    start: int
    linked: int
    inside: bool
    kind: str
    name: str

    def close(self, writer: PageWriter) -> tuple[int, int, str, str]:
        """Return start, end, kind and rule of the closed box: whether it may hold the speech."""
        chars, linked = writer.length - self.start, writer.linked - self.linked
        links = LINKS if linked >= LINKED * chars else ""
        rule = f"{RULE}{IN_ARTICLE if self.inside else ''}{links}{self.name}"
        return self.start, writer.length, self.kind, rule


def open_box(node: etree._Element, tag: str, writer: PageWriter) -> ChromeBox | None:
    """Return the box that an element opens, None for one that is not named as the page's own."""
    role = _name_role(node, tag)
    if role is None:
        return None
    return ChromeBox(writer.length, writer.linked, writer.articles > 0, *role)


def _name_role(node: etree._Element, tag: str) -> tuple[str, str] | None:
    if tag in CHROME_TAGS:
        return CHROME_TAGS[tag], tag
    names = read_names(node)
    if names == " " or tag in {"body", "html", "main", "article"}:
        return None
    found = (kind for pattern, kind in CHROME_NAMES if pattern.search(names))
    kind = next(found, None)
    return (kind, names.strip()[:40]) if kind else None


def read_names(node: etree._Element) -> str:
    """Return class and id of an element, one blank where it has neither."""
    return f"{node.get('class') or ''} {node.get('id') or ''}"[:MOST_NAME_CHARS]


def states_fact(node: etree._Element) -> bool:
    """Return whether an inline box is named as one that states a fact: style sets it apart."""
    names = read_names(node)
    return names != " " and FACT_NAMES.search(names) is not None


def holds_article(node: etree._Element, tag: str) -> bool:
    """Return whether a box holds the text of the page and nothing else."""
    if tag in ARTICLE_TAGS or node.get("itemprop") == "articleBody":
        return True
    names = (node.get("class"), node.get("id"))
    return any(name and ARTICLE_NAMES.search(name[:MOST_NAME_CHARS]) for name in names)


def list_sentences(text: str) -> list[str]:
    """Return the sentences of a text that are long enough to be of a speech."""
    pieces = (piece for piece in PIECES.findall(text) if len(piece) >= PROSE_CHARS)
    return [piece for piece in pieces if piece[-1] in "。！？"]


def is_chrome(mark: Removed) -> bool:
    """Names lie: whatever holds running sentences is kept, even in a box called "footer"."""
    return len(list_sentences(mark.text)) < 2 and len(mark.text) < 3000
