"""Declarations of styles that change which words a page shows, and those that it numbers by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

import tinycss2

# Property, value (white space and comments settled), whether it is important.
Declaration = tuple[str, str, bool]

PROPERTIES: Final = frozenset({
    "background", "background-clip", "background-color", "background-image", "bottom", "clip",
    "clip-path", "color", "content", "content-visibility", "counter-increment", "counter-reset",
    "counter-set", "direction", "display", "font", "font-size", "height", "inset", "left",
    "list-style", "list-style-type", "margin", "margin-left", "margin-top", "max-height",
    "max-width", "opacity", "overflow", "overflow-x", "overflow-y", "position", "quotes", "right",
    "text-indent", "text-shadow", "top", "transform", "unicode-bidi", "visibility",
    "white-space", "width", "zoom", "-webkit-text-fill-color", "-webkit-background-clip",
})  # fmt: skip
COLORED: Final = frozenset({"background", "background-color", "background-image", "color"})
# A style sheet, or a style, without any of these hides, numbers and breaks nothing.
TELLING: Final = re.compile(
    r"display\s*:\s*(?:none|list)|\\[0-9a-f]|visibility\s*:|opacity\s*:|font(?:-size)?\s*:[^;}]*?(?<![\d.])[01]?(?:\.\d+)?"
    r"(?:px|pt|em|rem|%|[\s;}!/]|$)|:\s*-[\d.]{3}|:\s*-?\d{4}|clip|counter|content\s*:|list-style"
    r"|white-space\s*:\s*(?:pre|break)|direction\s*:\s*rtl|transparent|transform\s*:|zoom\s*:"
    r"|(?:height|width)\s*:\s*[01](?:px|\s*[;}!]|\s*$)",
    re.I,
)
COLORS: Final = re.compile(
    r"(?<![\w-])(background(?:-color)?|color|-webkit-text-fill-color)\s*:\s*([^;}!]{1,80})", re.I
)
_SIDES: Final = ("top", "right", "bottom", "left")
_LIST_WORDS: Final = frozenset({"inside", "outside"})
MOST_CHARS: Final = 4_000


@lru_cache(maxsize=2_000)
def read_style(style: str) -> tuple[Declaration, ...]:
    """Return the declarations of a style attribute that matter here."""
    return read_declarations(tinycss2.parse_blocks_contents(style[:MOST_CHARS], True, True))


def read_declarations(nodes: Iterable[Any]) -> tuple[Declaration, ...]:
    """Return those of the parsed declarations that matter here, shorthands taken apart."""
    found: list[Declaration] = []
    for node in nodes:
        if node.type != "declaration" or node.lower_name not in PROPERTIES:
            continue
        value = tinycss2.serialize(node.value).strip()
        found += ((name, part, node.important) for name, part in _expand(node.lower_name, value))
    return tuple(found)


def _expand(name: str, value: str) -> list[tuple[str, str]]:
    words = value.lower().split()
    if name == "font" and words:
        size = next((word.partition("/")[0] for word in words if word[0] in "0123456789."), "")
        return [("font-size", size)] if size else []
    if name == "list-style":
        return [("list-style-type", _find_list_type(value))]
    if name == "overflow":
        return [("overflow-x", words[0]), ("overflow-y", words[-1])] if words else []
    if name in ("margin", "inset") and words:
        sides = dict(zip(_SIDES, _spread(words), strict=True))
        stem = "margin-" if name == "margin" else ""
        return [(stem + side, sides[side]) for side in _SIDES]
    if name == "background":
        image = "set" if "url(" in value.lower() or "gradient" in value.lower() else "none"
        clip = [("background-clip", "text")] if words[-1:] == ["text"] else []
        return [("background-color", value), ("background-image", image), *clip]
    return [(name.removeprefix("-webkit-") if name.endswith("-clip") else name, value)]


def _spread(words: list[str]) -> tuple[str, str, str, str]:
    top, right, bottom, left = (*words, *("",) * 4)[:4]
    right = right or top
    return top, right, bottom or top, left or right


def _find_list_type(value: str) -> str:
    """Of "inside url(a.png) cjk-ideographic" the last; "none" where nothing else is said."""
    text = re.sub(r"url\([^)]*\)", "", value)
    quoted = re.search(r"\"[^\"]*\"|'[^']*'", text)
    if quoted:
        return quoted.group()
    words = [word for word in text.split() if word.lower() not in _LIST_WORDS]
    named = [word for word in words if word.lower() != "none"]
    return named[0] if named else (words or ["disc"])[0]


def is_clear(value: str) -> bool:
    """Return whether a colour shows nothing of what it is laid on."""
    if value == "transparent":
        return True
    alpha = re.fullmatch(r"(?:rgb|hsl)a?\([^,)]+,[^,)]+,[^,)]+,\s*([\d.]+)%?\s*\)", value)
    alpha = alpha or re.fullmatch(r"(?:rgb|hsl)a?\([^/)]+/\s*([\d.]+)%?\s*\)", value)
    if alpha:
        return float(alpha[1]) < 0.05
    return re.fullmatch(r"#(?:[0-9a-f]{3}0|[0-9a-f]{6}0[0-9a-c])", value) is not None
