"""The style sheets that a page carries, as a screen applies them: which rules fit an element."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import cssselect2
import tinycss2
from lxml import etree

from corpus_app.ingest.formats.visibility import WHITE, Rgb, blends
from corpus_app.ingest.formats.webpage.colors import CLEAR, read_paint
from corpus_app.ingest.formats.webpage.counter_styles import CounterStyle
from corpus_app.ingest.formats.webpage.declarations import (
    COLORS,
    PENDING,
    TELLING,
    Declaration,
    read_style,
)
from corpus_app.ingest.formats.webpage.page_element import (
    MOST_STEPS,
    LaxElement,
    PageElement,
    TooManySteps,
)
from corpus_app.ingest.formats.webpage.rules import RuleReader, StyleRule
from corpus_app.ingest.formats.webpage.selectors import compile_selectors
from corpus_app.ingest.formats.webpage.sheet_sources import (
    is_inert,
    is_linked,
    iter_sheets,
    read_data,
)
from corpus_app.ingest.formats.webpage.telling import list_idle
from corpus_app.ingest.formats.webpage.variables import RegisteredProperty

MOST_CHARS: Final = 1_000_000
MOST_SELECTORS: Final = 5_000
# These look at all elements beside one, at each for a tenth of a step; the dear ones build them.
_COUNTED: Final = re.compile(r":nth-|-of-type")
_DEAR: Final = re.compile(r":has\b|:nth-[^)]*\bof\b")
_MOST_COUNTED: Final = 3_000
_VARIABLES: Final = re.compile(r"--[^\s,():;]+")

# A rule that fits an element costs as many steps as so many selectors that don't.
_FITTING: Final = 4

# How specific its selector is, how far above the element the root of its scope stands, its
# place, its pseudo-element, the rule.
Match = tuple[tuple[int, int, int], int, int, str | None, StyleRule]


class StyleSheets:
    """The rules of a page's own style sheets that matter to its words."""

    def __init__(self, root: etree._Element, quirks: bool = False) -> None:
        self.quirks = quirks
        self.given_up = False
        self._matcher = cssselect2.Matcher()
        self._count = self._counted = 0
        self._small = (
            sum(1 for _ in zip(root.iter(), range(_MOST_COUNTED), strict=False)) < _MOST_COUNTED
        )
        self._reader = RuleReader(quirks)
        sheets = list(iter_sheets(root))
        # Whether the page loads style sheets that are not in the file.
        self.outside = any(
            is_linked(link) and read_data(link.get("href") or "") is None and not is_inert(link)
            for link in root.iter("link")
        )
        whole = "\n".join(_strip_comments(text) for text, _ in sheets)
        # The names of the custom properties that decide on anything.
        self.variables = _find_variables(root)
        if len(whole) > MOST_CHARS:
            self.given_up = True
        elif (colored := "@import" in whole or _blend_somewhere(whole)) or _is_telling(whole, root):
            try:
                for text, owner in sheets:
                    self._reader.read_sheet(text, owner)
                self._add_all(colored, root)
            except RecursionError:
                self.given_up = True
        self.outside = self.outside or self._reader.outside

    @property
    def counter_styles(self) -> dict[str, CounterStyle]:
        """The styles of counters that the page defines."""
        return self._reader.counter_styles

    @property
    def registered(self) -> Mapping[str, RegisteredProperty]:
        """The custom properties that the page registers."""
        return self._reader.registered

    @property
    def endings(self) -> Mapping[str, tuple[Declaration, ...]]:
        """What the page's animations come to in the end."""
        return self._reader.endings

    @property
    def empty(self) -> bool:
        """Whether no rule matters to any element."""
        return not self._count or self.given_up

    def wrap(self, node: etree._Element, parent: Any, index: int, previous: Any) -> PageElement:
        """Return an element as the selectors of this page see it."""
        kind = LaxElement if self.quirks else PageElement
        return kind(node, parent, index, previous, True)

    def find(self, element: PageElement) -> list[Match]:
        """Return the rules that fit an element, the weakest selector first."""
        if self.empty:
            return []
        PageElement.steps += self._count_candidates(element)
        try:
            if PageElement.steps > MOST_STEPS:
                raise TooManySteps
            return list(self._iter_matches(element))
        except (TooManySteps, RecursionError):
            self.given_up = True
            return []

    def _iter_matches(self, element: PageElement) -> Iterator[Match]:
        for specific, place, pseudo, rule in self._matcher.match(element):
            PageElement.steps += _FITTING
            steps = rule.scope.count_steps(element) if rule.scope is not None else 0
            if steps is not None:
                yield specific, steps, place, pseudo, rule

    def _count_candidates(self, element: PageElement) -> int:
        """Return how many selectors are about to be tried on an element."""
        matcher = self._matcher
        groups = [matcher.lower_local_name_selectors.get(element.local_name, ())]
        groups += (matcher.class_selectors.get(name, ()) for name in element.classes)
        counted = self._counted * len(element.etree_siblings) // 10 if self._counted else 0
        return len(matcher.other_selectors) + sum(map(len, groups)) + counted

    def _add_all(self, colored: bool, root: etree._Element) -> None:
        reader = self._reader
        reader.layers.set_ranks()
        self.given_up = self.given_up or reader.too_many
        said = [entry[:2] for rule in reader.rules for entry in rule.declared]
        said += [entry[:2] for style in _iter_styles(root) for entry in read_style(style)]
        said += [entry[:2] for ending in reader.endings.values() for entry in ending]
        idle = list_idle(
            said,
            colored=colored,
            drawings=next(root.iter("text"), None) is not None,
            containers=any(rule.containers for rule in reader.rules),
        )
        for rule in reader.rules:
            rule.declared = tuple(entry for entry in rule.declared if entry[0] not in idle)
        self._follow_variables(reader.rules)
        for rule in reader.rules:
            rule.declared = tuple(
                entry
                for entry in rule.declared
                if entry[0][:2] != "--" or entry[0] in self.variables
            )
            if rule.declared and not self.given_up:
                self._add(rule)

    def _follow_variables(self, rules: list[StyleRule]) -> None:
        """Note the custom properties that telling values name, and those that these name."""
        named: dict[str, set[str]] = {}
        for rule in rules:
            for name, value, _ in rule.declared:
                if name[:2] == "--":
                    named.setdefault(name, set()).update(_VARIABLES.findall(value))
                elif value[:1] == PENDING:
                    self.variables.update(_VARIABLES.findall(value))
            for _, condition in rule.containers:
                self.variables.update(_VARIABLES.findall(tinycss2.serialize(condition)))
        fresh = set(self.variables)
        while fresh:
            fresh = {one for name in fresh for one in named.get(name, ())} - self.variables
            self.variables |= fresh

    def _add(self, rule: StyleRule) -> None:
        self._counted += _COUNTED.search(rule.selectors) is not None
        if not self._small and _DEAR.search(rule.selectors):
            self.given_up = True
            return
        for selector, pseudo in compile_selectors(rule.selectors, self.quirks, rule.tokens):
            selector.pseudo_element = pseudo
            if selector.needed:
                selector.test = _ask_above(selector.test, selector.needed)
            self._matcher.add_selector(selector, rule)
            self._count += 1
        self.given_up = self.given_up or self._count > MOST_SELECTORS


def _ask_above(
    test: Callable[[PageElement], bool], needed: frozenset[str]
) -> Callable[[PageElement], bool]:
    """Return a test that walks around an element only if all names it needs are there."""
    return lambda element: needed <= element.above and test(element)


def _strip_comments(sheet: str) -> str:
    return "".join(part.partition("/*")[0] for part in sheet.split("*/"))


def _is_telling(sheet: str, root: etree._Element) -> bool:
    """Say whether a sheet may hide words, or show those that their elements hide."""
    if TELLING.search(sheet) or "@counter-style" in sheet:
        return True
    return bool(root.xpath("//*[@hidden or @popover] or //dialog or //details"))


def _iter_styles(root: etree._Element) -> set[str]:
    return {style for node in root.iter() if (style := node.get("style"))}


def _find_variables(root: etree._Element) -> set[str]:
    """Return the custom properties that the elements' own styles name."""
    found: set[str] = set()
    for style in _iter_styles(root):
        found.update(_VARIABLES.findall(style) if "--" in style else ())
    return found


def _blend_somewhere(sheet: str) -> bool:
    """Say whether letters of some rule have the colour of white paper or of some rule's ground."""
    inks: set[Rgb] = set()
    grounds: set[Rgb] = {WHITE}
    for name, value in COLORS.findall(sheet):
        if "(var(" in value.lower():
            return True
        paint = read_paint(value.strip()) or read_paint((value.split() or [""])[0])
        if paint is None:
            continue
        ground = name.lower().startswith("background")
        if not ground and paint[1] < CLEAR:
            return True
        if ground or name.startswith("--"):
            grounds.add(paint[0])
        if not ground:
            inks.add(paint[0])
    if len(inks) * len(grounds) > MOST_SELECTORS:
        return True
    return any(blends(ink, ground) for ink in inks for ground in grounds)
