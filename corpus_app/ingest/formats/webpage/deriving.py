"""How the style of an element comes of that around it and of what is declared for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from corpus_app.ingest.formats.visibility import (
    BLACK,
    BLENDED,
    HIDDEN,
    HIDDEN_BY_STYLE,
    OFF_PAGE,
    WHITE,
    Rgb,
    blends,
)
from corpus_app.ingest.formats.webpage.colors import CLEAR, read_paint
from corpus_app.ingest.formats.webpage.hiding import (
    FAR,
    Hiding,
    find_hidden_box,
    find_small,
    is_moved,
    is_placed,
)
from corpus_app.ingest.formats.webpage.lengths import SCREEN, measure
from corpus_app.ingest.formats.webpage.page_style import PageStyle
from corpus_app.ingest.formats.webpage.tracks import (
    BoxPlace,
    find_display,
    find_layout,
    read_tracks,
)

_SIZES: Final = {
    "xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0,
    "x-large": 24.0, "xx-large": 32.0, "xxx-large": 48.0, "math": 16.0,
}  # fmt: skip
_DARK: Final[Rgb] = (18, 18, 18)
_STEPS: Final = {"smaller": 1 / 1.2, "larger": 1.2}
_PAINTED: Final = frozenset({
    "color", "background-color", "background-image", "-webkit-text-fill-color", "fill", "stroke",
    "fill-opacity",
})  # fmt: skip
# Boxes in whose first line the indent of the text is seen.
_LINED: Final = frozenset({
    "block", "list-item", "inline-block", "flow-root", "table-cell", "table-caption",
    "-webkit-box", "-webkit-inline-box",
})  # fmt: skip
# Boxes as wide as what is around them.
_WIDE_DISPLAYS: Final = frozenset({
    "block", "list-item", "flow-root", "flex", "grid", "inline", "contents",
})  # fmt: skip
# Those of them that stand in a line themselves, and go where it goes.
_IN_LINE: Final = frozenset({"inline-block", "-webkit-inline-box"})


def enter_plainly(around: PageStyle, tag: str) -> PageStyle:
    """Return the style of an element of which nothing is said."""
    display = find_display({}, tag, around.layout)
    found = around.kin.get(display)
    if found is None:
        found = _take_over(around, display)
        if found.shifted is around.shifted and not around.layout:
            object.__setattr__(found, "kin", around.kin)
        around.kin[display] = found
    return found


def _take_over(around: PageStyle, display: str) -> PageStyle:
    """What is said of a box alone is not taken over by the boxes in it."""
    return replace(
        around, display=display, reversed=False, layout="", rows=(), columns=(),
        shifted=_shift(around, display, around.indent),
    )  # fmt: skip


def _shift(around: PageStyle, display: str, indent: float) -> Hiding | None:
    """Return what hides the first line of a block, or that in which a part of a line stands."""
    if display not in _LINED or (around.shifted is not None and display in _IN_LINE):
        return around.shifted
    if abs(indent) < FAR:
        return None
    return around.shifted or Hiding(OFF_PAGE)


def derive_style(
    own: Mapping[str, str], around: PageStyle, box: BoxPlace, unsure_ground: bool
) -> PageStyle:
    """Return the style of an element with these declarations inside the style around."""
    display = around.display if own.get("display") == "inherit" else ""
    display = display or find_display(own, box.tag, box.layout)
    box = replace(box, display=display)
    style = _take_over(around, display)
    if display == "contents":
        style = replace(style, layout=around.layout, rows=around.rows, columns=around.columns)
    style = _hide(own, style, box)
    style = _set_line(own, style, around)
    style = _shrink(own, style, around)
    if box.tag == "html" and own.get("color-scheme", "").removeprefix("only ") == "dark":
        # Without a ground of its own such a page is nearly black, its letters white.
        style = replace(style, color=WHITE, ground=_DARK)
    if box.tag == "svg":
        style = replace(style, drawn=True, color=BLACK, blended=None)
    elif box.tag == "foreignobject":
        style = replace(style, drawn=False)
    if not _PAINTED.isdisjoint(own):
        style = _paint(own, style, unsure_ground)
    return _contain(own, style, box)


def _hide(own: Mapping[str, str], style: PageStyle, box: BoxPlace) -> PageStyle:
    boxes = style.boxes
    if boxes and is_placed(own):
        # What is placed by a box further out is not cut off by those between.
        escapes = ("absolute", "fixed") if own.get("position") == "fixed" else ("absolute",)
        kept = 0 if own.get("position") == "fixed" else style.held
        boxes = (*boxes[:kept], *(one for one in boxes[kept:] if one.holds not in escapes))
    hiding = find_hidden_box(own, box)
    if hiding is not None:
        if own.get("display") == "none" and "hidden" in own:
            hiding = Hiding(HIDDEN)
        boxes = (*boxes, hiding)
    held = len(boxes) if is_moved(own) else min(style.held, len(boxes))
    if boxes is style.boxes and held == style.held:
        return style
    return replace(style, boxes=boxes, held=held)


def _set_line(own: Mapping[str, str], style: PageStyle, around: PageStyle) -> PageStyle:
    changes: dict[str, object] = {}
    for name, place in (
        ("white-space", "white_space"), ("list-style-type", "list_type"), ("quotes", "quotes"),
        ("text-transform", "transform"), ("direction", "direction"),
    ):  # fmt: skip
        if name in own:
            changes[place] = own[name]
    if "visibility" in own:
        seen = own["visibility"] == "visible"
        changes["invisible"] = None if seen else style.invisible or Hiding(HIDDEN_BY_STYLE)
    if "override" in own.get("unicode-bidi", ""):
        changes["reversed"] = own.get("direction", style.direction) == "rtl"
    layout = find_layout(own, style.display)
    if layout:
        changes["layout"] = layout
        changes["rows"] = read_tracks(own.get("grid-template-rows", ""))
        changes["columns"] = read_tracks(own.get("grid-template-columns", ""))
    return replace(style, **changes) if changes else style  # type: ignore[arg-type]


def _shrink(own: Mapping[str, str], style: PageStyle, around: PageStyle) -> PageStyle:
    if "font-size" in own:
        size = _read_size(own["font-size"], style.size)
        if size is not None:
            unseen = find_small(size)
            hiding = (style.small or Hiding(unseen)) if unseen else None
            style = replace(style, size=size, small=hiding)
    if "text-indent" in own:
        indent = measure(own["text-indent"], style.size) or 0.0
        shifted = _shift(around, style.display, indent)
        style = replace(style, indent=indent, shifted=shifted)
    if _is_pushed_out(own, style):
        style = replace(style, shifted=style.shifted or Hiding(OFF_PAGE))
    return style


def _is_pushed_out(own: Mapping[str, str], style: PageStyle) -> bool:
    """Say whether the one line of a box begins where the box ends, and is cut off there."""
    return (
        style.indent >= SCREEN
        and own.get("overflow-x") == "hidden"
        and "nowrap" in own.get("white-space", "")
        and style.display in _LINED
    )


def _read_size(value: str, around: float) -> float | None:
    if value in _SIZES:
        return _SIZES[value]
    if value in _STEPS:
        return _STEPS[value] * around
    return measure(value, around, around)


def _paint(own: Mapping[str, str], style: PageStyle, unsure_ground: bool) -> PageStyle:
    ground, stated = style.ground, style.stated_ground
    painted = read_paint(own.get("background-color", ""))
    if own.get("background-image", "none").lower() not in ("none", ""):
        ground, stated = None, True
    elif painted is not None and painted[1] >= CLEAR:
        ground, stated = painted[0], True
    value = _find_ink(own, style)
    paint = read_paint(value)
    clear = value == "none" or (paint is not None and paint[1] < CLEAR)
    clear = clear and own.get("background-clip") != "text" and not _is_outlined(own)
    color = paint[0] if paint is not None and paint[1] >= CLEAR else style.color
    style = replace(style, color=color, ground=ground, stated_ground=stated)
    known = stated or not unsure_ground
    same = ground is not None and known and _is_same(color, ground, own)
    hiding = (style.blended or Hiding(BLENDED)) if clear or same else None
    return replace(style, blended=hiding)


def _is_same(color: Rgb, ground: Rgb, own: Mapping[str, str]) -> bool:
    return blends(color, ground) and not _is_outlined(own)


def _find_ink(own: Mapping[str, str], style: PageStyle) -> str:
    if style.drawn:
        if own.get("fill-opacity") in ("0", "0%"):
            return "none"
        return own.get("fill", "")
    return own.get("-webkit-text-fill-color") or own.get("color") or ""


def _is_outlined(own: Mapping[str, str]) -> bool:
    """Say whether letters show by their shadow or their outline."""
    if own.get("text-shadow", "none") != "none" or own.get("stroke", "none") not in ("none", ""):
        return True
    return (measure(own.get("-webkit-text-stroke-width", "0")) or 0.0) > 0


def _contain(own: Mapping[str, str], style: PageStyle, box: BoxPlace) -> PageStyle:
    """Note the width of a box, and whether rules may ask for it."""
    width = style.width
    if "width" in own or "max-width" in own:
        sizes = [measure(own.get(name, ""), 16.0, width) for name in ("width", "max-width")]
        stated = [size for size in sizes if size is not None]
        width = min(stated) if stated else None
    elif box.layout or is_placed(own) or style.display not in _WIDE_DISPLAYS or "float" in own:
        width = None
    if width != style.width:
        style = replace(style, width=width)
    if own.get("container-type", "normal") in ("normal", "scroll-state"):
        return style
    names = frozenset(own.get("container-name", "").split())
    return replace(style, containers=(*style.containers, (names, width)))
