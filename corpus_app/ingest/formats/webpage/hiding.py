"""What hides the words of a box: how it is drawn, how small, and where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import tinycss2

from corpus_app.ingest.formats.visibility import (
    HIDDEN_BY_STYLE,
    OFF_PAGE,
    TOO_SMALL,
    Unseen,
)
from corpus_app.ingest.formats.webpage.colors import is_clear
from corpus_app.ingest.formats.webpage.lengths import SCREEN, measure, read_share, split_commas
from corpus_app.ingest.formats.webpage.tracks import BoxPlace, find_flat_sides
from corpus_app.ingest.formats.webpage.transforms import find_shift, is_faceless, read_transform

# Pixels beyond which a box stands on no screen.
FAR: Final = 900.0
# As much of an opaque box is still seen by nobody.
FAINT: Final = 0.05
# A box of so many pixels shows no character.
FLAT: Final = 2.0
# What a box hides of those inside it that are placed by themselves.
Hold = Literal["all", "absolute", "fixed"]

_NUMBERS: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")
_SIDE: Final = re.compile(r"([-+]?[\d.]+)(%|\w*)")
_NOTHING: Final = re.compile(
    r"(?:circle|ellipse)\(\s*0(?:px|%)?[\s)]"
    r"|(?:xywh)\(\s*\S+\s+\S+\s+0(?:px|%)?[\s)]|rect\((?:\s*0(?:px|%)?){4}"
)
_SHIFTS: Final = ("left", "top", "margin-left", "margin-top")
# Columns of a table have no words of their own.
_UNDRAWN: Final = frozenset({"none", "table-column", "table-column-group"})
_PLACED: Final = frozenset({"absolute", "fixed"})
_MOVED: Final = frozenset({"relative"}) | _PLACED
_HOLDING: Final = frozenset({"sticky", "-webkit-sticky"}) | _MOVED


@dataclass(eq=False, slots=True)
class Hiding:
    """One reason for which the words of a box, or some of them, are not seen; told by identity."""

    unseen: Unseen
    # Whether it hides the box that holds the page's text, which scripts then show.
    article: bool = False
    # Whether boxes inside escape it that are placed by another box, or by the screen alone.
    holds: Hold = "all"
    # Whether readers fold it open themselves: then it is read, and told.
    folded: bool = False


def is_placed(own: Mapping[str, str]) -> bool:
    """Return whether a box stands out of the flow, at a place of its own."""
    return own.get("position") in _PLACED


def is_moved(own: Mapping[str, str]) -> bool:
    """Return whether boxes inside are placed by this one."""
    return own.get("position") in _HOLDING or "transform" in own or "filter" in own


def find_hidden_box(own: Mapping[str, str], box: BoxPlace) -> Hiding | None:
    """Return what hides all that is in a box with these declarations, None if nothing does."""
    if own.get("display") in _UNDRAWN:
        return Hiding(HIDDEN_BY_STYLE)
    boxed = not box.inline
    if boxed and own.get("content-visibility") == "hidden":
        return Hiding(HIDDEN_BY_STYLE)
    if box.display == "contents":
        return None
    if (
        own.get("-webkit-text-security", "none") != "none"
        or _is_faint(own)
        or _is_clipped(own)
        or _is_masked(own.get("mask-image", ""))
    ):
        return Hiding(HIDDEN_BY_STYLE)
    if _is_tiny(own):
        return Hiding(TOO_SMALL)
    if boxed and (found := find_transformed(own)):
        return Hiding(found)
    if find_flat_sides(own, box, FLAT):
        return Hiding(TOO_SMALL, holds="fixed" if is_moved(own) else "absolute")
    return Hiding(OFF_PAGE, holds="fixed") if _is_far(own, box) else None


def _is_faint(own: Mapping[str, str]) -> bool:
    share = read_share(own["opacity"]) if "opacity" in own else None
    if share is not None and share < FAINT:
        return True
    if "opacity(" not in own.get("filter", ""):
        return False
    left = 1.0
    for token in tinycss2.parse_component_value_list(own["filter"], skip_comments=True):
        if token.type == "function" and token.lower_name == "opacity" and token.arguments:
            share = read_share(tinycss2.serialize(token.arguments).strip())
            left *= 1.0 if share is None else share
    return left < FAINT


def _is_clipped(own: Mapping[str, str]) -> bool:
    path = own.get("clip-path", "")
    if path and (_is_inset_away(path) or _NOTHING.match(path) or _is_point(path)):
        return True
    clip = own.get("clip", "")
    if not clip.startswith("rect") or not is_placed(own):
        return False
    sides = [float(number) for number in _NUMBERS.findall(clip)]
    return len(sides) == 4 and (sides[2] - sides[0] < FLAT or sides[1] - sides[3] < FLAT)


def _is_point(path: str) -> bool:
    """Say whether all corners of a polygon are one."""
    sides = _NUMBERS.findall(path) if path.startswith("polygon(") else []
    return bool(sides) and not any(float(side) for side in sides)


def _is_inset_away(path: str) -> bool:
    """Say whether inset(…) leaves nothing between its top and bottom or left and right."""
    if not path.startswith("inset("):
        return False
    sides = [
        float(number) if unit == "%" else 0.0
        for number, unit in _SIDE.findall(path[6:].partition("round")[0])
    ]
    top, right, bottom, left = (
        ((*sides, None, None, None)[:4]) if sides else (0.0, None, None, None)
    )
    top = top or 0.0
    right = top if right is None else right
    bottom = top if bottom is None else bottom
    left = right if left is None else left
    return top + bottom >= 100 or left + right >= 100


def _is_masked(images: str) -> bool:
    """Say whether each picture of a mask is a gradient from nothing to nothing."""
    if "gradient(" not in images:
        return False
    layers = split_commas(tinycss2.parse_component_value_list(images.lower(), skip_comments=True))
    return all(
        len(layer) == 1
        and layer[0].type == "function"
        and all(map(_is_clear_stop, split_commas(layer[0].arguments)))
        for layer in layers
    )


def _is_clear_stop(part: list[object]) -> bool:
    text = tinycss2.serialize(part).strip()
    word = text if "(" in text else (text.split() or [""])[0]
    return text.startswith(("to ", "at ", "circle", "ellipse", "from ")) or (
        is_clear(word) or measure(word) is not None or word.endswith(("deg", "turn"))
    )


def _is_tiny(own: Mapping[str, str]) -> bool:
    zoom = read_share(own["zoom"]) if "zoom" in own else None
    return zoom is not None and 0 < zoom < 0.1


def find_transformed(own: Mapping[str, str]) -> Unseen | None:
    """Return why a box is not seen as it is turned, stretched or moved, None where it is."""
    said = [own.get(name, "") for name in ("transform", "translate", "rotate", "scale")]
    if all(value in ("", "none") for value in said):
        return None
    matrix = read_transform(*said)
    if matrix is None:
        return None
    if is_faceless(matrix, own):
        return TOO_SMALL
    return OFF_PAGE if min(find_shift(matrix)) <= -FAR else None


def _is_far(own: Mapping[str, str], box: BoxPlace) -> bool:
    moved = own.get("position") in _MOVED
    for name in _SHIFTS:
        if name not in own or not (moved or name.startswith("margin")):
            continue
        if name == "margin-top" and box.inline:
            continue
        shift = measure(own[name])
        if shift is not None and shift <= -FAR:
            return True
    if not is_placed(own):
        return False
    for name, start in (("right", "left"), ("bottom", "top")):
        shift = measure(own.get(name, ""))
        alone = shift is not None and own.get(start, "auto") == "auto"
        if shift is not None and alone and not -FAR < shift < SCREEN + 2 * FAR:
            return True
    aside = measure(own.get("left", ""))
    return aside is not None and aside >= 5 * FAR


def find_small(size: float) -> Unseen | None:
    """Return why letters of this size (pixels) are not seen, None where they are."""
    return TOO_SMALL if size < FLAT * 2 / 3 else None
