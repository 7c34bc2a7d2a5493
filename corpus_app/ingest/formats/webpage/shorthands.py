"""Shorthands of styles, such as margin: taken apart into the properties that they stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import tinycss2

from corpus_app.ingest.formats.webpage.colors import is_color
from corpus_app.ingest.formats.webpage.values import is_valid, read_font_size

Pairs = list[tuple[str, str]]

_SIDES: Final = ("top", "right", "bottom", "left")
LONGHANDS: Final[dict[str, tuple[str, ...]]] = {
    "font": ("font-size",),
    "list-style": ("list-style-type",),
    "overflow": ("overflow-x", "overflow-y"),
    "margin": tuple(f"margin-{side}" for side in _SIDES),
    "margin-inline": ("margin-left", "margin-right"),
    "margin-block": ("margin-top", "margin-bottom"),
    "inset": _SIDES,
    "inset-inline": ("left", "right"),
    "inset-block": ("top", "bottom"),
    "padding": ("padding-right", "padding-bottom"),
    "background": ("background-color", "background-image", "background-clip"),
    "mask": ("mask-image",),
    "flex": ("flex-grow", "flex-shrink", "flex-basis"),
    "flex-flow": ("flex-direction",),
    "grid-template": ("grid-template-rows", "grid-template-columns"),
    "grid": ("grid-template-rows", "grid-template-columns"),
    "container": ("container-name", "container-type"),
    "-webkit-text-stroke": ("-webkit-text-stroke-width",),
}
_REPEATS: Final = frozenset({
    "repeat", "no-repeat", "repeat-x", "repeat-y", "space", "round", "scroll", "fixed", "local",
    "left", "right", "top", "bottom", "center", "cover", "contain", "auto", "none",
})  # fmt: skip
_MASKING: Final = frozenset({
    "add", "subtract", "intersect", "exclude", "alpha", "luminance", "match-source", "fill-box",
    "stroke-box", "view-box", "no-clip", "border-box", "padding-box", "content-box",
})  # fmt: skip


def expand_shorthand(name: str, value: str, quirks: bool) -> Pairs:
    """Return the properties and values that a shorthand stands for, [] where it is wrong."""
    tokens = [
        token
        for token in tinycss2.parse_component_value_list(value, skip_comments=True)
        if token.type != "whitespace"
    ]
    words = [tinycss2.serialize([token]) for token in tokens]
    return _EXPANDED[name](name, value, words, quirks) if words else []


def _expand_font(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    size = read_font_size(value, quirks)
    return [] if size is None else [("font-size", size or "medium")]


def _expand_list(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    """Of "inside url(a.png) cjk-ideographic" the last; "none" where nothing else is said."""
    rest = [w for w in words if w.lower() not in ("inside", "outside") and not _is_image(w)]
    named = [word for word in rest if word.lower() != "none"]
    if len(words) > 3 or len(named) > 1 or len(rest) > 2:
        return []
    kind = named[0] if named else (rest or ["disc"])[0]
    return [("list-style-type", kind)] if is_valid("list-style-type", kind) else []


def _expand_sides(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    names = LONGHANDS[name]
    if name == "padding":
        if len(words) > 4 or not all(is_valid("padding-right", word, quirks) for word in words):
            return []
        spread = _spread(words)
        return [("padding-right", spread[1]), ("padding-bottom", spread[2])]
    if len(words) > len(names) or not all(is_valid(names[0], word, quirks) for word in words):
        return []
    values = _spread(words) if len(names) == 4 else (words[0], words[-1])
    return list(zip(names, values, strict=True))


def _spread(words: Sequence[str]) -> tuple[str, str, str, str]:
    top, right, bottom, left = (*words, *("",) * 4)[:4]
    right = right or top
    return top, right, bottom or top, left or right


def _is_image(word: str) -> bool:
    return word.lower().startswith("url(") or "gradient(" in word.lower()


def _expand_background(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    color = ""
    image, clip = "none", "border-box"
    for word in words:
        lower = word.lower()
        if is_valid("background-color", word, quirks) and not lower[:1].isdigit():
            color = lower
        elif _is_image(word) or is_valid("background-image", word):
            image = image if lower == "none" else "set"
        elif lower == "text":
            clip = "text"
        elif not (lower in _REPEATS or lower in _MASKING or lower in (",", "/") or _is_size(word)):
            return []
    color = color or "transparent"
    return [("background-color", color), ("background-image", image), ("background-clip", clip)]


def _expand_mask(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    images = []
    for word in words:
        lower = word.lower()
        if is_valid("mask-image", word):
            images.append(word)
        elif not (lower in _REPEATS or lower in _MASKING or lower in (",", "/") or _is_size(word)):
            return []
    return [("mask-image", ", ".join(images) or "none")]


def _is_size(word: str) -> bool:
    return is_valid("left", word) or is_valid("flex-grow", word)


def _expand_flex(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    if len(words) == 1 and words[0].lower() in ("none", "auto"):
        grow = "0" if words[0].lower() == "none" else "1"
        return [("flex-grow", grow), ("flex-shrink", grow), ("flex-basis", "auto")]
    numbers = [word for word in words if is_valid("flex-grow", word)]
    sizes = [word for word in words if word not in numbers]
    if len(numbers) == 3 and not sizes:
        # A third number is the size, which only 0 can be without a unit.
        sizes = [numbers.pop()]
    if len(numbers) > 2 or len(sizes) > 1 or not all(is_valid("flex-basis", s) for s in sizes):
        return []
    grow, shrink = (*numbers, "1", "1")[:2] if len(numbers) != 1 else (numbers[0], "1")
    basis = sizes[0] if sizes else "0"
    return [("flex-grow", grow), ("flex-shrink", shrink), ("flex-basis", basis)]


def _expand_flow(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    ways = [word for word in words if is_valid("flex-direction", word)]
    rest = [
        w for w in words if w not in ways and w.lower() not in ("wrap", "nowrap", "wrap-reverse")
    ]
    return [] if rest or len(words) > 2 else [("flex-direction", ways[0] if ways else "row")]


def _expand_grid(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    rows, _, columns = value.partition("/")
    # Of named areas in quotes only the sizes between them matter.
    rows = " ".join(word for word in rows.split() if not word.startswith(("'", '"'))) or "none"
    columns = columns.strip() or "none"
    if is_valid("grid-template-rows", rows) and is_valid("grid-template-columns", columns):
        return [("grid-template-rows", rows), ("grid-template-columns", columns)]
    return []


def _expand_container(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    names, _, kind = value.partition("/")
    kind = kind.strip() or "normal"
    if not is_valid("container-name", names.strip()) or not is_valid("container-type", kind):
        return []
    return [("container-name", names.strip()), ("container-type", kind)]


def _expand_stroke(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    sizes = [word for word in words if is_valid("-webkit-text-stroke-width", word)]
    if len(sizes) > 1 or not all(word in sizes or is_color(word) for word in words):
        return []
    return [("-webkit-text-stroke-width", sizes[0] if sizes else "0")]


def _expand_overflow(name: str, value: str, words: Sequence[str], quirks: bool) -> Pairs:
    if len(words) > 2 or not all(is_valid("overflow-x", word) for word in words):
        return []
    return [("overflow-x", words[0]), ("overflow-y", words[-1])]


_EXPANDED: Final[dict[str, Callable[[str, str, Sequence[str], bool], Pairs]]] = {
    **dict.fromkeys(
        (
            "margin",
            "margin-inline",
            "margin-block",
            "inset",
            "inset-inline",
            "inset-block",
            "padding",
        ),
        _expand_sides,
    ),
    "font": _expand_font,
    "list-style": _expand_list,
    "overflow": _expand_overflow,
    "background": _expand_background,
    "mask": _expand_mask,
    "flex": _expand_flex,
    "flex-flow": _expand_flow,
    "grid-template": _expand_grid,
    "grid": _expand_grid,
    "container": _expand_container,
    "-webkit-text-stroke": _expand_stroke,
}
