"""The room that a box is given: its display, and whether it has no height or no width."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import tinycss2

from corpus_app.ingest.formats.webpage.lengths import measure, read_share, split_commas

_BLOCKS: Final = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "listing",
    "main", "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre", "search",
    "section", "summary", "ul", "xmp",
})  # fmt: skip
_DISPLAYS: Final = {
    "li": "list-item", "table": "table", "tr": "table-row", "td": "table-cell", "th": "table-cell",
    "tbody": "table-row-group", "thead": "table-row-group", "tfoot": "table-row-group",
    "caption": "table-caption", "button": "inline-block", "select": "inline-block",
    "textarea": "inline-block", "input": "inline-block", "meter": "inline-block",
    "progress": "inline-block", "marquee": "inline-block", "svg": "inline-block",
}  # fmt: skip
# Boxes that a height or a width of their own can make flat.
_SIZED: Final = frozenset({
    "block", "list-item", "inline-block", "flow-root", "flex", "inline-flex", "grid",
    "inline-grid", "-webkit-box", "-webkit-flex", "-webkit-inline-box", "table-caption", "math",
    "-webkit-inline-flex", "inline flow-root", "block flow-root", "block flex", "inline flex",
    "block grid", "inline grid", "block flow", "flow", "block list-item",
})  # fmt: skip
_CLIPPING: Final = frozenset({"hidden", "auto", "scroll", "overlay"})
_SIDES: Final = (("height", "y", "padding-bottom"), ("width", "x", "padding-right"))
MOST_TRACKS: Final = 100


@dataclass(frozen=True, slots=True)
class BoxPlace:
    """Where a box stands: its display, the container that lays it out, and its number in it."""

    display: str = "inline"
    tag: str = ""
    # How the box around lays out those in it: "flex", "flex-column", "grid", "" as text runs.
    layout: str = ""
    # The heights of rows and widths of columns of a grid around: "0" and "0fr" where they are.
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    number: int = 0
    children: int = 0

    @property
    def inline(self) -> bool:
        """Whether the box is a part of a line, which has neither height nor width of its own."""
        return self.display in ("inline", "contents", "ruby", "inline flow")


def find_display(own: Mapping[str, str], tag: str, layout: str) -> str:
    """Return how a box is drawn: as stated, else as browsers draw the element."""
    display = own.get("display", "")
    if not display or display == "inherit":
        display = _DISPLAYS.get(tag) or ("block" if tag in _BLOCKS else "inline")
    taken_out = own.get("position") in ("absolute", "fixed") or own.get("float", "none") != "none"
    if display == "inline" and (taken_out or layout):
        # A box of its own, but no end of the line in which it stands in the file.
        return "inline-block"
    return display


def find_layout(own: Mapping[str, str], display: str) -> str:
    """Return how a box lays out those in it."""
    if "grid" in display:
        return "grid"
    if "flex" in display:
        return "flex-column" if "column" in own.get("flex-direction", "") else "flex"
    return ""


@lru_cache(maxsize=500)
def read_tracks(value: str) -> tuple[str, ...]:
    """Return for each row or column of a grid "0", "0fr" or "" (it has room)."""
    if value in ("", "none"):
        return ()
    return tuple(_iter_tracks(tinycss2.parse_component_value_list(value, skip_comments=True)))


def _iter_tracks(tokens: list[Any]) -> list[str]:
    found: list[str] = []
    for token in tokens:
        if token.type == "function" and token.lower_name == "repeat":
            times, *sizes = split_commas(token.arguments)
            count = times[0].int_value if times and times[0].type == "number" else 0
            inner = _iter_tracks(sizes[0]) if sizes else []
            found += inner * max(0, min(count or 0, MOST_TRACKS))
        elif token.type == "function" and token.lower_name == "minmax":
            ends = split_commas(token.arguments)
            flat = [_read_track(end[0]) for end in ends if end]
            found.append("0" if flat[:1] == ["0"] and flat[1:] in (["0"], ["0fr"]) else "")
        elif token.type not in ("whitespace", "[] block"):
            found.append(_read_track(token))
    return found[:MOST_TRACKS]


def _read_track(token: Any) -> str:
    if token.type in ("number", "dimension", "percentage") and not token.value:
        return "0fr" if token.type == "dimension" and token.lower_unit == "fr" else "0"
    return ""


def find_flat_sides(own: Mapping[str, str], box: BoxPlace, flat: float) -> bool:
    """Return whether a box has less room than so many pixels, and lets nothing hang out of it."""
    if box.display not in _SIZED or box.tag in ("html", "body"):
        return False
    return any(
        _clips(own, axis, box.tag)
        and not _has_room(own, side, padding, flat)
        and _is_flat(own, box, side, flat)
        for side, axis, padding in _SIDES
    )


def _clips(own: Mapping[str, str], axis: str, tag: str) -> bool:
    """Say whether what hangs out of a box is cut off; what scrolls one way is cut the other too."""
    ways = own.get("overflow-x", "visible"), own.get("overflow-y", "visible")
    if tag == "svg" and "overflow-x" not in own:
        return True
    if ways[axis == "y"] == "clip" or not _CLIPPING.isdisjoint(ways):
        return True
    return any(word in own.get("contain", "") for word in ("paint", "strict", "content"))


def _has_room(own: Mapping[str, str], side: str, padding: str, flat: float) -> bool:
    sizes = (measure(own[name]) for name in (f"min-{side}", padding) if name in own)
    return any(size is not None and size >= flat for size in sizes)


def _is_flat(own: Mapping[str, str], box: BoxPlace, side: str, flat: float) -> bool:
    main = "width" if box.layout == "flex" else "height" if box.layout == "flex-column" else ""
    if _is_under(own.get(f"max-{side}", ""), flat):
        return True
    if side == main:
        return _is_flat_in_row(own, side, flat)
    if box.layout == "grid" and side not in own and _has_no_track(box, side):
        return True
    if _is_under(own.get(side, ""), flat):
        return True
    if side == "height" and side not in own and "grid" in box.display:
        rows = read_tracks(own.get("grid-template-rows", ""))
        columns = max(1, len(read_tracks(own.get("grid-template-columns", ""))))
        if rows and set(rows) == {"0"} and box.children <= len(rows) * columns:
            return True
    return side not in own and any(word in own.get("contain", "") for word in ("strict", "size "))


def _is_flat_in_row(own: Mapping[str, str], side: str, flat: float) -> bool:
    """Say whether a flexible box gets no room from the box around."""
    if (read_share(own.get("flex-grow", "0")) or 0) > 0:
        return False
    basis = own.get("flex-basis", "auto")
    return _is_under(own.get(side, "") if basis == "auto" else basis, flat)


def _has_no_track(box: BoxPlace, side: str) -> bool:
    across = max(1, len(box.columns))
    tracks = box.rows if side == "height" else box.columns
    place = box.number // across if side == "height" else box.number % across
    return place < len(tracks) and tracks[place] in ("0", "0fr")


def _is_under(value: str, flat: float) -> bool:
    """Say whether a stated size is less than so many pixels; shares of others are not known."""
    if not value or (value.endswith("%") and value != "0%"):
        return False
    size = measure(value, 16.0, None)
    return size is not None and size < flat
