"""Colours of styles as the screen shows them, in every way in which CSS writes them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import tinycss2
from tinycss2 import color5

from corpus_app.ingest.formats.visibility import BLACK, WHITE, Rgb
from corpus_app.ingest.formats.webpage.lengths import split_commas
from corpus_app.ingest.rule_files import read_rules

# As much of a colour shows nothing.
CLEAR: Final = 0.05
_DEEPEST: Final = 6
# From the colours that the eye tells apart (CIE XYZ, white of daylight) to those of a screen.
_TO_RED_GREEN_BLUE: Final = (
    (3.2409699, -1.5373832, -0.4986108),
    (-0.9692436, 1.8759675, 0.0415551),
    (0.0556301, -0.2039770, 1.0569715),
)

Paint = tuple[Rgb, float]


def is_color(value: str) -> bool:
    """Return whether a browser takes this for a colour."""
    text = value.lower()
    if text in read_rules("css_values")["colors"]["system"]:
        return True
    # A colour made of another ("rgb(from red r g b)") is one, though we can't tell which.
    return read_paint(text) is not None or " from " in f" {text.replace('(', ' ')}"


@lru_cache(maxsize=4_000)
def read_paint(value: str) -> Paint | None:
    """Return a colour and how much of it covers the ground (0 to 1), None where it is not known.

    >>> read_paint("hsl(0 0% 100%)"), read_paint("transparent")[1]
    (((255, 255, 255), 1.0), 0.0)
    """
    tokens = [
        token
        for token in tinycss2.parse_component_value_list(value.lower(), skip_comments=True)
        if token.type != "whitespace"
    ]
    return _read(tokens[0], 0) if len(tokens) == 1 else None


def _read(token: Any, depth: int) -> Paint | None:
    if depth > _DEEPEST:
        return None
    if token.type == "ident":
        colors = read_rules("css_values")["colors"]
        if token.lower_value in colors["light"]:
            return WHITE, 1.0
        if token.lower_value in ("canvastext", "fieldtext", "windowtext", "buttontext", "infotext"):
            return BLACK, 1.0
    if token.type == "function" and token.lower_name in ("light-dark", "color-mix"):
        return _mix(token, depth)
    try:
        found = color5.parse_color(token)
        if found is None or isinstance(found, str):
            return None
        shares = _convert(found)
    except (ValueError, TypeError, NotImplementedError, ArithmeticError, AttributeError):
        return None
    red, green, blue = (round(255 * min(1.0, max(0.0, share))) for share in shares)
    return (red, green, blue), float(1.0 if found.alpha is None else found.alpha)


def _convert(color: Any) -> Sequence[float]:
    """Return red, green and blue, 0 to 1; what only a better screen shows is rounded to one."""
    if color.space in ("hsl", "hwb"):
        return tuple(color.to("srgb").coordinates)
    if color.space not in ("lab", "lch", "oklab", "oklch", "xyz-d50", "xyz-d65"):
        return tuple(part or 0.0 for part in color.coordinates)
    old = color.space in ("lab", "lch", "xyz-d50")
    known = color.to("xyz-d50" if old else "xyz-d65").coordinates
    white = color5.D50 if old else color5.D65
    xyz = [part / one * other for part, one, other in zip(known, white, color5.D65, strict=True)]
    linear = (sum(a * b for a, b in zip(row, xyz, strict=True)) for row in _TO_RED_GREEN_BLUE)
    return [
        12.92 * share if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055
        for share in (max(0.0, part) for part in linear)
    ]


def _mix(token: Any, depth: int) -> Paint | None:
    parts = split_commas(token.arguments)
    if token.lower_name == "light-dark":
        return _read(parts[0][0], depth + 1) if len(parts) == 2 and parts[0] else None
    if len(parts) != 3:
        return None
    first, second = (_read_part(part, depth) for part in parts[1:])
    if first is None or second is None:
        return None
    share = _weigh(first[1], second[1])
    mixed = [
        round(a * share + b * (1 - share)) for a, b in zip(first[0][0], second[0][0], strict=True)
    ]
    alpha = first[0][1] * share + second[0][1] * (1 - share)
    return (mixed[0], mixed[1], mixed[2]), alpha


def _read_part(part: Sequence[Any], depth: int) -> tuple[Paint, float | None] | None:
    shares = [token.value / 100 for token in part if token.type == "percentage"]
    rest = [token for token in part if token.type not in ("percentage", "whitespace")]
    paint = _read(rest[0], depth + 1) if len(rest) == 1 else None
    return (paint, shares[0] if shares else None) if paint else None


def _weigh(first: float | None, second: float | None) -> float:
    if first is None:
        return 0.5 if second is None else 1 - second
    return first if second is None or not first + second else first / (first + second)


def is_clear(value: str) -> bool:
    """Return whether a colour shows nothing of what it is laid on."""
    paint = read_paint(value)
    return paint is not None and paint[1] < CLEAR
