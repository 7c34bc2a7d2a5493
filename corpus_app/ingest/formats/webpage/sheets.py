"""The style sheets that a page carries, as a screen applies them: which rules fit an element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import cssselect2
import tinycss2
from lxml import etree

from corpus_app.ingest.formats.visibility import WHITE, Rgb, blends, read_color
from corpus_app.ingest.formats.webpage.counter_styles import CounterStyle, load_styles
from corpus_app.ingest.formats.webpage.declarations import (
    COLORED,
    COLORS,
    TELLING,
    Declaration,
    is_clear,
    read_declarations,
)

# A screen of this width, in pixels, is what pages are read on.
SCREEN: Final = 1280
MOST_CHARS: Final = 1_000_000
MOST_SELECTORS: Final = 5_000
# Selectors look at elements and what stands around them so many times at most.
MOST_STEPS: Final = 2_000_000
# These look at all elements beside one, at each for a tenth of a step; the dear ones build them.
_COUNTED: Final = re.compile(r":nth-|-of-type")
_DEAR: Final = re.compile(r":has\b|:nth-[^)]*\bof\b")
_MOST_COUNTED: Final = 3_000
_MEDIA: Final = re.compile(r"\(\s*(min|max)-width\s*:\s*([\d.]+)\s*(px|em|rem)\s*\)")
_UNIT: Final = {"px": 1, "em": 16, "rem": 16}


class TooManySteps(Exception):  # noqa: N818  (an end that was foreseen)
    """The styles of a page ask for more work than any page needs."""


class PageElement(cssselect2.ElementWrapper):
    """An element as selectors see it: what stands around it is walked, counted, never copied."""

    steps = 0

    @property
    def ancestors(self) -> Iterator[PageElement]:
        """The elements around it, the nearest first."""
        return self._walk("parent")

    @property
    def previous_siblings(self) -> Iterator[PageElement]:
        """The elements before it beside it, the nearest first."""
        return self._walk("previous")

    def _walk(self, way: str) -> Iterator[PageElement]:
        element = getattr(self, way)
        while element is not None:
            PageElement.steps += 1
            if PageElement.steps > MOST_STEPS:
                raise TooManySteps
            yield element
            element = getattr(element, way)


class StyleSheets:
    """The rules of a page's own style sheets that matter to its words."""

    def __init__(self, root: etree._Element) -> None:
        self.counter_styles: dict[str, CounterStyle] = {}
        self.given_up = False
        self._matcher = cssselect2.Matcher()
        self._count = self._counted = 0
        self._small = (
            sum(1 for _ in zip(root.iter(), range(_MOST_COUNTED), strict=False)) < _MOST_COUNTED
        )
        self._colored = False
        # Whether the page loads style sheets that are not in the file.
        self.outside = any(
            "stylesheet" in (link.get("rel") or "").lower() for link in root.iter("link")
        )
        PageElement.steps = 0
        sheets = [text for node in root.iter("style") if (text := _read_sheet(node))]
        self.outside = self.outside or any("@import" in text for text in sheets)
        whole = "\n".join(sheets)
        self._colored = _blend_somewhere(whole)
        if len(whole) > MOST_CHARS:
            self.given_up = True
        elif TELLING.search(whole) or self._colored or "@counter-style" in whole:
            self._read(tinycss2.parse_stylesheet(whole, True, True))

    @property
    def empty(self) -> bool:
        """Whether no rule matters to any element."""
        return not self._count or self.given_up

    def find(self, element: PageElement) -> list[tuple[str | None, tuple[Declaration, ...]]]:
        """Return pseudo-element ("before", "after" or None) and declarations, the weakest first."""
        if self.empty:
            return []
        PageElement.steps += self._count_candidates(element)
        try:
            if PageElement.steps > MOST_STEPS:
                raise TooManySteps
            matches = self._matcher.match(element)
        except (TooManySteps, RecursionError):
            self.given_up = True
            return []
        return [(pseudo, declared) for _, _, pseudo, declared in matches]

    def _count_candidates(self, element: PageElement) -> int:
        """Return how many selectors are about to be tried on an element."""
        matcher = self._matcher
        groups = [matcher.lower_local_name_selectors.get(element.local_name, ())]
        groups += (matcher.class_selectors.get(name, ()) for name in element.classes)
        counted = self._counted * len(element.etree_siblings) // 10 if self._counted else 0
        return len(matcher.other_selectors) + sum(map(len, groups)) + counted

    def _read(self, rules: list[Any], depth: int = 0) -> None:
        for rule in rules:
            if rule.type == "qualified-rule":
                self._add(rule)
            elif rule.type == "at-rule" and rule.content is not None and depth < 8:
                self._enter(rule, depth)

    def _enter(self, rule: Any, depth: int) -> None:
        name, prelude = rule.lower_at_keyword, tinycss2.serialize(rule.prelude)
        if name == "counter-style":
            style = _read_counter_style(rule.content)
            if style:
                self.counter_styles[prelude.strip()] = style
        elif _holds(name, prelude):
            self._read(tinycss2.parse_rule_list(rule.content, True, True), depth + 1)

    def _add(self, rule: Any) -> None:
        declared = read_declarations(tinycss2.parse_blocks_contents(rule.content, True, True))
        if not self._colored:
            declared = tuple(entry for entry in declared if entry[0] not in COLORED)
        if not declared:
            return
        prelude = tinycss2.serialize(rule.prelude)
        self._counted += _COUNTED.search(prelude) is not None
        if not self._small and _DEAR.search(prelude):
            self.given_up = True
            return
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except (cssselect2.SelectorError, NotImplementedError, RecursionError):
            return
        for selector in selectors:
            if selector.pseudo_element in (None, "before", "after", "marker"):
                self._matcher.add_selector(selector, declared)
                self._count += 1
        self.given_up = self.given_up or self._count > MOST_SELECTORS


def _holds(name: str, prelude: str) -> bool:
    """Say whether the rules inside an at-rule are applied."""
    if name == "supports":
        return not prelude.strip().lower().startswith("not")
    return name == "layer" or (name == "media" and fits_screen(prelude))


def _read_sheet(node: etree._Element) -> str:
    kind, media = (node.get("type") or "text/css").strip().lower(), node.get("media") or ""
    if kind != "text/css" or not fits_screen(media):
        return ""
    text = "".join(map(str, node.itertext())).replace("<!--", "").replace("-->", "")
    return "".join(part.partition("/*")[0] for part in text.split("*/"))


def fits_screen(media: str) -> bool:
    """Return whether a list of media holds for the screen on which a page is read.

    >>> fits_screen("print"), fits_screen("screen and (max-width: 600px)"), fits_screen("")
    (False, False, True)
    """
    return any(_fits(query.strip().lower()) for query in media.split(","))


def _fits(query: str) -> bool:
    kind, _, rest = query.partition(" and ")
    kind, rest = (kind, rest) if not kind.startswith("(") else ("all", query)
    kind = kind.removeprefix("only ").strip()
    if kind.startswith("not "):
        return kind.removeprefix("not ").strip() not in ("all", "screen") or bool(rest)
    if kind not in ("", "all", "screen"):
        return False
    for end, width, unit in _MEDIA.findall(rest):
        limit = float(width) * _UNIT[unit]
        if (end == "min" and limit > SCREEN) or (end == "max" and limit < SCREEN):
            return False
    return not any(word in rest for word in ("dark", "orientation: portrait", "hover: none"))


def _blend_somewhere(sheet: str) -> bool:
    """Say whether letters of some rule have the colour of white paper or of some rule's ground."""
    inks: set[Rgb] = set()
    grounds: set[Rgb] = {WHITE}
    for name, value in COLORS.findall(sheet):
        ground = name.lower().startswith("background")
        if not ground and is_clear(value.strip().lower()):
            return True
        color = read_color(value.strip()) or read_color((value.split() or [""])[0])
        if color is not None:
            (grounds if ground else inks).add(color)
    if len(inks) * len(grounds) > MOST_SELECTORS:
        return True
    return any(blends(ink, ground) for ink in inks for ground in grounds)


def _read_counter_style(content: list[Any]) -> CounterStyle | None:
    """Return the style that an @counter-style describes, None for one that is not understood."""
    stated = {
        node.lower_name: [token for token in node.value if token.type != "whitespace"]
        for node in tinycss2.parse_blocks_contents(content, True, True)
        if node.type == "declaration"
    }

    def read(name: str, default: str) -> str:
        tokens = stated.get(name)
        return str(getattr(tokens[0], "value", default)) if tokens else default

    system = read("system", "symbolic").lower()
    prefix, suffix = read("prefix", ""), read("suffix", ". ")
    if system == "extends":
        base = load_styles().get(str(getattr(stated["system"][-1], "value", "")).lower())
        if base is None:
            return None
        suffix = read("suffix", base.suffix)
        return replace(base, suffix=suffix, prefix=prefix)
    if system == "additive":
        tokens = [token for token in stated.get("additive-symbols", []) if token.type != "literal"]
        weights = tuple(int(token.value) for token in tokens if token.type == "number")
        symbols = tuple(str(token.value) for token in tokens if token.type in ("string", "ident"))
        return CounterStyle("additive", symbols, suffix, prefix, 1, weights)
    symbols = tuple(
        str(token.value) for token in stated.get("symbols", []) if token.type in ("string", "ident")
    )
    if system not in ("cyclic", "numeric", "alphabetic", "symbolic", "fixed") or not symbols:
        return None
    negative = read("negative", "-") if system == "numeric" else ""
    first = next((int(t.value) for t in stated.get("system", []) if t.type == "number"), 1)
    return CounterStyle(system, symbols, suffix, prefix, first, negative=negative)  # type: ignore[arg-type]
