"""The style of each element: what it declares, what it takes over, what hides its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from lxml import etree

from corpus_app.ingest.formats.visibility import (
    BLACK,
    BLENDED,
    HIDDEN,
    HIDDEN_BY_STYLE,
    OFF_PAGE,
    WHITE,
    Rgb,
    blends,
    read_color,
)
from corpus_app.ingest.formats.webpage.declarations import Declaration, is_clear, read_style
from corpus_app.ingest.formats.webpage.elements import VERBATIM
from corpus_app.ingest.formats.webpage.hiding import (
    Hiding,
    find_hidden_box,
    find_small,
    is_indented_away,
    measure,
)
from corpus_app.ingest.formats.webpage.sheets import PageElement, StyleSheets

_SIZES: Final = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0}
_TYPES: Final = {
    "1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman",
}  # fmt: skip
_PAINTED: Final = frozenset({
    "color", "background-color", "background-image", "-webkit-text-fill-color",
})  # fmt: skip
_KEEPS: Final = frozenset({"inherit", "unset", "revert", ""})


@dataclass(frozen=True, slots=True)
class PageStyle:
    """What an element's words are drawn by; boxes are what hides all that is inside."""

    boxes: tuple[Hiding, ...] = ()
    invisible: Hiding | None = None
    small: Hiding | None = None
    blended: Hiding | None = None
    shifted: Hiding | None = None
    size: float = 16.0
    color: Rgb = BLACK
    # None where it is not known: a picture, or a style sheet that the file does not hold.
    ground: Rgb | None = WHITE
    stated_ground: bool = False
    white_space: str = "normal"
    list_type: str = ""
    list_item: bool = True
    block: bool = False
    reversed: bool = False
    direction: str = "ltr"
    # All that hides the element's own words, () where they are seen.
    hidings: tuple[Hiding, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        more = (self.invisible, self.small, self.blended, self.shifted)
        found = (*self.boxes, *(hiding for hiding in more if hiding is not None))
        object.__setattr__(self, "hidings", found)


@dataclass(frozen=True, slots=True)
class GeneratedStyle:
    """What an element's style makes before and behind it, and how it counts."""

    before: str = ""
    after: str = ""
    marker: str = ""
    reset: str = ""
    step: str = ""
    set: str = ""
    quotes: bool = True


NOTHING: Final = GeneratedStyle()
COUNTING: Final = {"counter-reset": "reset", "counter-increment": "step", "counter-set": "set"}


class PageStyles:
    """The styles of one page's elements, each told from that of the element around it."""

    def __init__(self, root: etree._Element) -> None:
        self.sheets = StyleSheets(root)
        self._named = any(
            node.get("class") or node.get("id") for node in root.iter("body", "div", "td")
        )
        self._derived: dict[tuple[str, PageStyle], PageStyle] = {}

    def compute(
        self, node: etree._Element, tag: str, around: PageStyle, element: PageElement | None
    ) -> tuple[PageStyle, GeneratedStyle]:
        """Return the style of an element inside one of the style around; element for selectors."""
        rules = self.sheets.find(element) if element is not None else []
        inline = node.get("style")
        declared = read_style(inline) if inline else ()
        hints = _list_hints(node, tag)
        if not (rules or declared or hints):
            return around if not around.block and around.list_item else _take_over(around), NOTHING
        key = (inline or "", around)
        if not (rules or hints) and key in self._derived:
            return self._derived[key], NOTHING
        own = _cascade([*hints, *(rule for pseudo, rule in rules if pseudo is None), declared])
        pseudo = (
            {
                name: _cascade(rule for part, rule in rules if part == name)
                for name in ("before", "after", "marker")
            }
            if any(part for part, _ in rules)
            else {}
        )
        style, made = self._derive(own, around), _generate(own, pseudo)
        if not (rules or hints) and made is NOTHING and style.hidings == around.hidings:
            self._derived[key] = style
        return style, made

    def _derive(self, own: dict[str, str], around: PageStyle) -> PageStyle:
        style = _take_over(around)
        unseen = find_hidden_box(own)
        if unseen:
            hiding = Hiding(HIDDEN if own.get("display") == "none" and "hidden" in own else unseen)
            style = replace(style, boxes=(*style.boxes, hiding))
        style = _lay_out(own, style)
        style = _shrink(own, style)
        return self._paint(own, style) if not _PAINTED.isdisjoint(own) else style

    def _paint(self, own: dict[str, str], style: PageStyle) -> PageStyle:
        ground, stated = style.ground, style.stated_ground
        stated_color = _read_first_color(own.get("background-color", ""))
        if own.get("background-image", "none").lower() not in ("none", ""):
            ground, stated = None, True
        elif stated_color:
            ground, stated = stated_color, True
        value = own.get("-webkit-text-fill-color") or own.get("color") or ""
        color = read_color(value) or style.color
        clear = is_clear(value) and own.get("background-clip") != "text"
        clear = clear and own.get("text-shadow", "none") == "none"
        style = replace(style, color=color, ground=ground, stated_ground=stated)
        known = stated or not (self.sheets.outside and self._named)
        same = ground is not None and known and blends(color, ground)
        hiding = (style.blended or Hiding(BLENDED)) if clear or same else None
        return replace(style, blended=hiding)


def _take_over(around: PageStyle) -> PageStyle:
    """What is said of a box alone is not taken over by the boxes in it."""
    if around.block or not around.list_item or around.reversed:
        return replace(around, block=False, list_item=True, reversed=False)
    return around


def _list_hints(node: etree._Element, tag: str) -> list[tuple[Declaration, ...]]:
    """What attributes say of the style, and what browsers themselves say of some elements."""
    found: list[tuple[str, str]] = []
    if tag in ("ol", "ul", "menu", "dir", "li"):
        found += _hint_list(node, tag)
    elif tag in VERBATIM:
        found.append(("white-space", "pre"))
    elif tag in ("bdo", "font", "body", "td", "th", "table", "tr", "dialog", "p", "div"):
        found += _hint_more(node, tag)
    if node.get("hidden") is not None or node.get("popover") is not None:
        found += [("display", "none"), ("hidden", "")]
    return [tuple((name, value, False) for name, value in found)] if found else []


def _hint_list(node: etree._Element, tag: str) -> list[tuple[str, str]]:
    kind = (node.get("type") or "").strip()
    named = (_TYPES.get(kind) if tag in ("ol", "li") else None) or kind.lower()
    if named in ("disc", "circle", "square", "none") or named in _TYPES.values():
        return [("list-style-type", named)]
    return [] if tag == "li" else [("list-style-type", "decimal" if tag == "ol" else "disc")]


def _hint_more(node: etree._Element, tag: str) -> list[tuple[str, str]]:
    found = []
    if tag == "dialog" and node.get("open") is None:
        found += [("display", "none"), ("hidden", "")]
    if tag == "bdo" and (node.get("dir") or "").lower() == "rtl":
        found += [("direction", "rtl"), ("unicode-bidi", "bidi-override")]
    color = node.get("color") if tag == "font" else node.get("text") if tag == "body" else None
    if color:
        found.append(("color", color))
    if node.get("bgcolor"):
        found.append(("background-color", node.get("bgcolor") or ""))
    if node.get("background"):
        found.append(("background-image", "set"))
    return found


def _cascade(layers: Iterable[tuple[Declaration, ...]]) -> dict[str, str]:
    """Return the value of each property that wins: the last one said, important ones before all."""
    own: dict[str, str] = {}
    important: dict[str, str] = {}
    for layer in layers:
        for name, value, weighty in layer:
            if weighty:
                important[name] = value
            elif name != "hidden" or value is not None:
                own[name] = value
    own |= important
    return {
        name: value if name in ("content", "list-style-type") or name in COUNTING else value.lower()
        for name, value in own.items()
    }


def _lay_out(own: dict[str, str], style: PageStyle) -> PageStyle:
    changes: dict[str, object] = {}
    if own.get("visibility", "inherit") not in _KEEPS:
        seen = own["visibility"] not in ("hidden", "collapse")
        changes["invisible"] = None if seen else style.invisible or Hiding(HIDDEN_BY_STYLE)
    if own.get("white-space", "") not in _KEEPS:
        changes["white_space"] = own["white-space"]
    if own.get("list-style-type", "inherit") not in _KEEPS:
        changes["list_type"] = own["list-style-type"]
    display = own.get("display", "")
    if display and display not in _KEEPS:
        changes["list_item"] = "list-item" in display or display == "none"
        changes["block"] = display in ("block", "list-item", "flex", "grid", "table", "flow-root")
    if own.get("direction") in ("ltr", "rtl"):
        changes["direction"] = own["direction"]
    if "override" in own.get("unicode-bidi", ""):
        changes["reversed"] = own.get("direction", style.direction) == "rtl"
    return replace(style, **changes) if changes else style  # type: ignore[arg-type]


def _shrink(own: dict[str, str], style: PageStyle) -> PageStyle:
    if "font-size" in own:
        size = _read_size(own["font-size"], style.size)
        if size is not None:
            unseen = find_small(size)
            hiding = (style.small or Hiding(unseen)) if unseen else None
            style = replace(style, size=size, small=hiding)
    if own.get("text-indent", "") not in _KEEPS:
        away = is_indented_away(own["text-indent"], style.size)
        hiding = (style.shifted or Hiding(OFF_PAGE)) if away else None
        style = replace(style, shifted=hiding)
    return style


def _read_size(value: str, around: float) -> float | None:
    if value in _SIZES:
        return _SIZES[value]
    if value.endswith("%"):
        share = re.fullmatch(r"([\d.]+)%", value)
        return float(share[1]) * around / 100 if share else None
    return measure(value, around)


def _read_first_color(value: str) -> Rgb | None:
    """Of "#fff url(a.png) no-repeat" the colour; "rgb(1, 2, 3)" is one word."""
    for word in re.findall(r"[\w#-]+(?:\([^)]*\))?", value):
        color = read_color(word)
        if color is not None and not is_clear(word):
            return color
    return None


def _generate(own: dict[str, str], pseudo: dict[str, dict[str, str]]) -> GeneratedStyle:
    made = {COUNTING[name]: own[name] for name in COUNTING if name in own}
    shown = {
        name: style["content"]
        for name, style in pseudo.items()
        if "content" in style and find_hidden_box(style) is None and _is_drawn(style)
    }
    quotes = own.get("quotes") != "none" and not (
        "before" in pseudo and "content" in pseudo["before"]
    )
    if not made and not shown and quotes:
        return NOTHING
    return GeneratedStyle(
        shown.get("before", ""), shown.get("after", ""), shown.get("marker", ""),
        made.get("reset", ""), made.get("step", ""), made.get("set", ""), quotes,
    )  # fmt: skip


def _is_drawn(style: dict[str, str]) -> bool:
    size = _read_size(style.get("font-size", "16px"), 16.0)
    return style.get("visibility") != "hidden" and (size is None or find_small(size) is None)
