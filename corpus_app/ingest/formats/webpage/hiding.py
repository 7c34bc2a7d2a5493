"""What hides the words of a box: how it is drawn, how small, where, and in which colour."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from corpus_app.ingest.formats.visibility import (
    HIDDEN_BY_STYLE,
    OFF_PAGE,
    TOO_SMALL,
    Unseen,
)

# Pixels beyond which a box stands on no screen.
FAR: Final = 900.0
# As much of an opaque box is still seen by nobody.
FAINT: Final = 0.05
# A box of so many pixels shows no character.
FLAT: Final = 2.0
_LENGTH: Final = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+))(px|pt|em|rem|ex|ch|vw|vh|%|cm|mm|in|)")
_PIXELS: Final = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "vw": 12.8,
    "vh": 8.0, "%": 12.8, "cm": 37.8, "mm": 3.78, "in": 96.0,
}  # fmt: skip
_NUMBERS: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
_INSET: Final = re.compile(r"inset\(\s*(100|[5-9]\d)(?:\.\d+)?%")
_NOTHING: Final = re.compile(
    r"(?:circle|ellipse)\(\s*0(?:px|%)?[\s)]|polygon\((?:\s*0(?:px|%)?\s+0(?:px|%)?\s*,?)+\)"
    r"|path\(\s*[\"'][\"']"
)
_MOVED: Final = re.compile(r"translate(?:x|y|3d)?\(\s*([^,)]+)(?:,\s*([^,)]+))?")
_SCALED: Final = re.compile(r"(?:scale(?:x|y|3d)?|matrix)\(\s*0(?:\.0+)?\s*[,)]")
_SHIFTS: Final = ("left", "top", "margin-left", "margin-top")


@dataclass(eq=False, slots=True)
class Hiding:
    """One reason for which the words of a box, or some of them, are not seen; told by identity."""

    unseen: Unseen
    # Whether it hides the box that holds the page's text, which scripts then show.
    article: bool = False


def measure(value: str, em: float = 16.0) -> float | None:
    """Return a length in pixels, None where none is stated; em is the size of the letters."""
    found = _LENGTH.fullmatch(value.strip().lower())
    if found is None or (not found[2] and float(found[1]) != 0):
        return None
    return float(found[1]) * (em if found[2] == "em" else _PIXELS[found[2]])


def find_hidden_box(own: Mapping[str, str]) -> Unseen | None:
    """Return why a box with these declarations shows nothing of what is in it, None if it does."""
    if own.get("display") == "none" or own.get("content-visibility") == "hidden":
        return HIDDEN_BY_STYLE
    if _is_faint(own) or _is_clipped(own):
        return HIDDEN_BY_STYLE
    if own.get("zoom") in ("0", "0%") or _SCALED.search(own.get("transform", "")):
        return TOO_SMALL
    if _is_flat(own):
        return TOO_SMALL
    return OFF_PAGE if _is_far(own) else None


def _is_faint(own: Mapping[str, str]) -> bool:
    value = own.get("opacity", "1")
    found = _NUMBERS.match(value)
    share = 0.01 if value.endswith("%") else 1.0
    return found is not None and float(found.group()) * share < FAINT


def _is_clipped(own: Mapping[str, str]) -> bool:
    path = own.get("clip-path", "")
    if _INSET.match(path) or _NOTHING.match(path):
        return True
    clip = own.get("clip", "")
    if not clip.startswith("rect") or own.get("position") not in ("absolute", "fixed"):
        return False
    sides = [float(number) for number in _NUMBERS.findall(clip)]
    return len(sides) == 4 and (sides[2] - sides[0] < FLAT or sides[1] - sides[3] < FLAT)


def _is_flat(own: Mapping[str, str]) -> bool:
    for side, axis in (("height", "y"), ("width", "x")):
        if own.get(f"overflow-{axis}") not in ("hidden", "clip"):
            continue
        sizes = (measure(own[name]) for name in (side, f"max-{side}") if name in own)
        if any(size is not None and size < FLAT for size in sizes):
            return True
    return False


def _is_far(own: Mapping[str, str]) -> bool:
    placed = own.get("position") in ("absolute", "fixed", "relative")
    for name in _SHIFTS:
        if name in own and (placed or name.startswith("margin")):
            shift = measure(own[name])
            if shift is not None and shift <= -FAR:
                return True
    if own.get("position") in ("absolute", "fixed"):
        shifts = [measure(own[name]) for name in ("right", "bottom") if name in own]
        aside = measure(own.get("left", ""))
        if any(shift is not None and shift <= -FAR for shift in shifts):
            return True
        if aside is not None and aside >= 5 * FAR:
            return True
    moved = _MOVED.search(own.get("transform", ""))
    lengths = [measure(part) for part in moved.groups() if part] if moved else []
    return any(length is not None and length <= -FAR for length in lengths)


def find_small(size: float) -> Unseen | None:
    """Return why letters of this size (pixels) are not seen, None where they are."""
    return TOO_SMALL if size < FLAT * 2 / 3 else None


def is_indented_away(value: str, em: float) -> bool:
    """Return whether the first line begins beyond the page."""
    shift = measure(value, em)
    return shift is not None and abs(shift) >= FAR
