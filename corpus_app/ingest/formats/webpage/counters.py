"""Counters of a page: the numbers of its lists, and those that its own styles count and show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

import tinycss2
from lxml import etree

from corpus_app.ingest.formats.webpage.counter_styles import CounterStyles
from corpus_app.ingest.formats.webpage.declarations import read_style
from corpus_app.ingest.formats.webpage.elements import LISTS
from corpus_app.ingest.formats.webpage.page_style import (
    NOTHING,
    GeneratedStyle,
    MadeContent,
    PageStyle,
)
from corpus_app.ingest.formats.webpage.quotes import QuoteSigns
from corpus_app.text.numerals import read_ordinal

ITEM: Final = "list-item"
LARGEST: Final = 2_000_000_000
MOST_CHARS: Final = 2_000
_TYPED: Final = re.compile(
    r"\s*[（(]?([一二三四五六七八九十]{1,3}|[0-9０-９]{1,2})\s*[）)、.．:：\s]"
)
_STEP: Final = re.compile(
    r"(-?[\w-]*[a-zA-Z_][\w-]*)(?:\(\s*([\w-]+)\s*\))?(?:\s+(-?\d{1,9})(?![\w-]))?"
)


@dataclass(slots=True)
class PageCounter:
    """One instance of a counter: how deep the element stands that made it, how far it has come."""

    depth: int
    value: int
    step: int = 1


@dataclass(slots=True)
class PageCounters:
    """All counters of a page as they stand at the element that is being read."""

    styles: CounterStyles = field(default_factory=CounterStyles)
    # The signs around quotations where the walk is.
    signs: QuoteSigns = ()
    shown: int = 0
    _running: dict[str, list[PageCounter]] = field(default_factory=dict)
    _quoted: int = 0

    def enter(
        self, node: etree._Element, tag: str, depth: int, style: PageStyle, made: GeneratedStyle
    ) -> str:
        """Count an element that is drawn; return the number that a list puts before it."""
        if tag in LISTS:
            self._open_list(node, tag, depth)
        elif made is NOTHING and not style.list_item:
            return ""
        stepped = self.count(made, depth)
        if not style.list_item:
            return ""
        return self._number_item(node, depth, style, made, stepped)

    def count(self, made: GeneratedStyle | MadeContent, depth: int) -> bool:
        """Count as a style says; return whether it counts the items of lists itself."""
        for name, value in _read_steps(made.reset, 0):
            self._reset(name, depth, value)
        steps = _read_steps(made.step, 1)
        for name, value in steps:
            self._find(name, depth).value += value
        for name, value in _read_steps(made.set, 0):
            self._find(name, depth).value = value
        return any(name == ITEM for name, _ in steps)

    def _number_item(
        self,
        node: etree._Element,
        depth: int,
        style: PageStyle,
        made: GeneratedStyle,
        stepped: bool,
    ) -> str:
        item, stated = self._find(ITEM, depth), _read_number(node.get("value"))
        if stated is not None:
            item.value = stated
        elif not stepped:
            item.value += item.step
        if made.marker not in ("", "normal"):
            return self.write_content(made.marker, node)
        if is_link(node) or _read_typed(node) == item.value:
            return ""
        marker = self.styles.write_marker(item.value, style.list_type or "disc")
        self.shown += bool(marker) and style.list_type[:1] not in ("'", '"')
        return marker

    def leave(self, depth: int) -> None:
        """Forget the counters that the elements inside one of this depth have made."""
        for name, instances in list(self._running.items()):
            while instances and instances[-1].depth > depth:
                instances.pop()
            if not instances:
                del self._running[name]

    def open_quote(self) -> str:
        """Return the sign with which a quotation begins; quotations inside have another one."""
        self._quoted += 1
        return self._find_sign(self._quoted, 0)

    def close_quote(self) -> str:
        """Return the sign with which the quotation ends that was opened last."""
        sign = self._find_sign(self._quoted, 1) if self._quoted else ""
        self._quoted = max(0, self._quoted - 1)
        return sign

    def _find_sign(self, level: int, side: int) -> str:
        return self.signs[min(level, len(self.signs)) - 1][side] if self.signs else ""

    def write_content(self, content: str, node: etree._Element) -> str:
        """Return the words that a value of the property content stands for."""
        parts = []
        for token in tinycss2.parse_component_value_list(content, skip_comments=True):
            if token.type == "literal" and token.value == "/":
                break
            parts.append(self._write_token(token, node))
        words = "".join(parts)[:MOST_CHARS]
        # Signs of a font of icons are no words.
        return "" if all("\ue000" <= char <= "\uf8ff" for char in words.strip()) else words

    def _write_token(self, token: Any, node: etree._Element) -> str:
        if token.type == "string":
            return str(token.value)
        if token.type == "ident":
            name = token.lower_value.removeprefix("no-")
            sign = self.open_quote() if name == "open-quote" else ""
            sign = self.close_quote() if name == "close-quote" else sign
            return sign if name == token.lower_value else ""
        return self._write_function(token, node) if token.type == "function" else ""

    def _write_function(self, token: Any, node: etree._Element) -> str:
        words = [part for part in token.arguments if part.type in ("ident", "string")]
        if not words:
            return ""
        name = str(words[0].value)
        if token.lower_name == "attr":
            otherwise = [str(part.value) for part in words[1:] if part.type == "string"]
            return node.get(name) or ("" if name in node.attrib else "".join(otherwise[:1]))
        if token.lower_name not in ("counter", "counters"):
            return ""
        self.shown += 1
        between = str(words[1].value) if token.lower_name == "counters" and words[1:] else ""
        at = 2 if token.lower_name == "counters" else 1
        kind = str(words[at].value) if len(words) > at else "decimal"
        values = [one.value for one in self._running.get(name, ())] or [0]
        values = values if token.lower_name == "counters" else values[-1:]
        return between.join(self.styles.write_counter(value, kind) for value in values)

    def _open_list(self, node: etree._Element, tag: str, depth: int) -> None:
        start = _read_number(node.get("start")) if tag == "ol" else None
        if tag == "ol" and node.get("reversed") is not None:
            count = sum(child.tag == "li" and _is_numbered(child) for child in node)
            self._reset(ITEM, depth, (count if start is None else start) + 1, -1)
        else:
            self._reset(ITEM, depth, (1 if start is None else start) - 1)

    def _reset(self, name: str, depth: int, value: int, step: int = 1) -> None:
        instances = self._running.setdefault(name, [])
        # One that a sibling made gives way to that of its next sibling.
        if instances and instances[-1].depth >= depth:
            instances.pop()
        instances.append(PageCounter(depth, value, step))

    def _find(self, name: str, depth: int) -> PageCounter:
        instances = self._running.setdefault(name, [])
        if not instances:
            instances.append(PageCounter(depth, 0))
        return instances[-1]


def _read_steps(value: str, default: int) -> list[tuple[str, int]]:
    """Of "a b 2" the pairs (a, default) and (b, 2)."""
    if not value or value.strip().lower() in ("none", "inherit", "initial"):
        return []
    return [
        (match[2] or match[1], int(match[3]) if match[3] else default)
        for match in _STEP.finditer(value[:MOST_CHARS])
    ]


def is_link(item: etree._Element) -> bool:
    """Return whether all words of a list's item are in links: sites number such lists by place.

    Their style sheets, which are seldom in the file, mostly take the numbers away.
    """
    if (item.text or "").strip() or not len(item):
        return False
    linked = any(node.tag == "a" for node in item)
    return linked and all(node.tag == "a" and not (node.tail or "").strip() for node in item)


def _is_numbered(item: etree._Element) -> bool:
    """Say whether an item counts in a list that counts down: its own style may take it out."""
    own = {name: value for name, value, _ in read_style(item.get("style") or "")}
    return item.get("hidden") is None and own.get("display", "list-item") == "list-item"


def _read_typed(item: etree._Element) -> int | None:
    """Return the number that an item's own words begin with, None where they begin with none."""
    words = next((text for text in map(str, item.itertext()) if text.strip()), "")
    found = _TYPED.match(words)
    return read_ordinal(found[1]) if found else None


def _read_number(value: str | None) -> int | None:
    found = re.match(r"\s*([-+]?\d{1,9})", value or "")
    return int(found[1]) if found else None
