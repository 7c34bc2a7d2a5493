"""The style of each element: what it declares, what it takes over, what hides its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from lxml import etree

from corpus_app.ingest.formats.visibility import BLACK
from corpus_app.ingest.formats.webpage.cascade import NOTHING_SAID, Cascaded, cascade, layer_rule
from corpus_app.ingest.formats.webpage.conditions import Answer
from corpus_app.ingest.formats.webpage.containers import hold_around
from corpus_app.ingest.formats.webpage.declarations import Declaration, read_style
from corpus_app.ingest.formats.webpage.deriving import derive_style, enter_plainly
from corpus_app.ingest.formats.webpage.hints import Hints, read_hints
from corpus_app.ingest.formats.webpage.page_element import PageElement
from corpus_app.ingest.formats.webpage.page_style import (
    NOTHING,
    GeneratedStyle,
    MadeContent,
    PageStyle,
)
from corpus_app.ingest.formats.webpage.sheets import Match, StyleSheets
from corpus_app.ingest.formats.webpage.tracks import BoxPlace
from corpus_app.ingest.formats.webpage.variables import PageVariables, set_variables

_MADE: Final = ("before", "after", "marker", "details-content")
_COUNTING: Final = ("counter-reset", "counter-increment", "counter-set")


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """All that wins for an element and its pseudo-elements; told by identity."""

    element: Cascaded
    pseudo: dict[str, Cascaded]


class PageStyles:
    """The styles of one page's elements, each told from that of the element around it."""

    def __init__(self, root: etree._Element, quirks: bool = False) -> None:
        self.sheets = StyleSheets(root, quirks)
        self.quirks = quirks
        # So many elements are shown though a rule of which nobody can tell may hide them.
        self.undecided = 0
        named = any(node.get("class") or node.get("id") for node in root.iter("body", "div", "td"))
        # Whether a style sheet that is not in the file may set the ground under all words.
        self._unsure_ground = self.sheets.outside and named
        self._said: dict[tuple[Any, ...], Said] = {}
        self._derived: dict[tuple[Any, ...], PageStyle] = {}
        self._variables: dict[tuple[Cascaded, PageVariables], PageVariables] = {}

    def compute(
        self,
        node: etree._Element,
        tag: str,
        around: PageStyle,
        element: PageElement | None,
        place: tuple[int, int] = (0, 0),
    ) -> tuple[PageStyle, GeneratedStyle]:
        """Return the style of an element inside one of the style around; element for selectors.

        place is its number among its siblings, and how many elements are in it.
        """
        matches = self.sheets.find(element) if element is not None else []
        inline = node.get("style")
        declared = read_style(inline, self.quirks) if inline else ()
        # A link is blue: that matters only where letters have another colour than black.
        plain = tag == "a" and around.color == BLACK and around.blended is None
        hints = () if plain else read_hints(node, tag, self.quirks)
        if not (matches or declared or hints):
            return enter_plainly(around, tag), NOTHING
        decided, open_too = self._sort_out(matches, around)
        said = self._cascade(decided, hints, inline, declared)
        style = self._derive(said.element, around, tag, place)
        if open_too is not None:
            other = self._derive(
                self._cascade(open_too, hints, inline, declared).element, around, tag, place
            )
            style = self._choose(style, other)
        return style, self._generate(
            said, style, tag
        ) if said.pseudo or said.element.own else NOTHING

    def _choose(self, style: PageStyle, other: PageStyle) -> PageStyle:
        """Of two styles that an element may have, the one that shows its words."""
        if bool(style.hidings) == bool(other.hidings):
            return style
        self.undecided += 1
        return other if style.hidings else style

    def _sort_out(
        self, matches: Sequence[Match], around: PageStyle
    ) -> tuple[list[Any], list[Any] | None]:
        """Return the rules that hold; and, where some may hold, all of them (else None)."""
        decided: list[Any] = []
        possible: list[Any] = []
        for specific, steps, place, pseudo, rule in matches:
            held: Answer = hold_around(rule.containers, around) if rule.containers else True
            if held is False:
                continue
            entry = (pseudo, layer_rule(rule, specific, steps, place))
            possible.append(entry)
            if held is True and rule.certain:
                decided.append(entry)
        return decided, possible if len(possible) > len(decided) else None

    def _cascade(
        self,
        entries: Sequence[Any],
        hints: Hints,
        inline: str | None,
        declared: Sequence[Declaration],
    ) -> Said:
        key = (tuple(entry[1][2:4] for entry in entries), hints, inline)
        found = self._said.get(key)
        if found is None:
            own = cascade(hints, [rule for part, rule in entries if part is None], declared)
            pseudo = {
                name: cascade((), [rule for part, rule in entries if part == name], ())
                for name in {part for part, _ in entries if part is not None}
            }
            found = self._said[key] = Said(own, pseudo)
        return found

    def _derive(
        self, said: Cascaded, around: PageStyle, tag: str, place: tuple[int, int]
    ) -> PageStyle:
        within_grid = around.layout == "grid" or "grid" in said.own.get("display", "")
        key = (said, around, tag, place if within_grid else None)
        found = self._derived.get(key)
        if found is None:
            found = self._derived[key] = self._make(said, around, tag, place)
        return found

    def _make(
        self, said: Cascaded, around: PageStyle, tag: str, place: tuple[int, int]
    ) -> PageStyle:
        variables = self._set_variables(said, around.variables)
        own = self._settle(said, variables)
        box = BoxPlace("", tag, around.layout, around.rows, around.columns, *place)
        style = derive_style(own, around, box, self._unsure_ground)
        if variables is not style.variables:
            style = replace(style, variables=variables)
        return style

    def _settle(self, said: Cascaded, variables: PageVariables) -> dict[str, str]:
        own = said.settle(variables, self.quirks)
        if "animation" in own and self.sheets.endings:
            words = set(own["animation"].replace(",", " ").split())
            if words & {"forwards", "both"}:
                for name in words & set(self.sheets.endings):
                    ending = cascade((), (), self.sheets.endings[name])
                    own = own | ending.settle(variables, self.quirks)
        return own

    def _set_variables(self, said: Cascaded, around: PageVariables) -> PageVariables:
        if not said.variables and not self.sheets.registered:
            return around
        key = said, around
        found = self._variables.get(key)
        if found is None:
            own = {k: v for k, v in said.variables.items() if k in self.sheets.variables}
            found = self._variables[key] = set_variables(own, around, self.sheets.registered)
        return found

    def _generate(self, said: Said, style: PageStyle, tag: str) -> GeneratedStyle:
        own = said.element.settle(style.variables, self.quirks)
        reset, step, place = (own.get(name, "") for name in _COUNTING)
        if not said.pseudo:
            counted = reset or step or place
            return GeneratedStyle(None, None, "", reset, step, place) if counted else NOTHING
        made = {
            name: self._make_content(said.pseudo.get(name, NOTHING_SAID), style)
            for name in _MADE
            if name in said.pseudo
        }
        marker, shut = made.get("marker"), said.pseudo.get("details-content")
        opened = shut is not None and shut.own.get("content-visibility", "") in ("visible", "auto")
        return GeneratedStyle(
            made.get("before"), made.get("after"), marker.content if marker else "",
            reset, step, place, opened,
        )  # fmt: skip

    def _make_content(self, said: Cascaded, style: PageStyle) -> MadeContent:
        inner = self._derive(said, style, "", (0, 0))
        own = self._settle(said, inner.variables)
        counts = (own.get(name, "") for name in _COUNTING)
        return MadeContent(own.get("content", ""), inner, *counts)
