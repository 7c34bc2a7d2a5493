"""Which declarations of a page can decide on a word of it: all others are dropped unread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from corpus_app.ingest.formats.webpage.declarations import COLORED, PENDING
from corpus_app.ingest.formats.webpage.hiding import FAINT, FAR, FLAT, find_transformed
from corpus_app.ingest.formats.webpage.lengths import measure, read_share
from corpus_app.ingest.formats.webpage.tracks import read_tracks

_SIZES: Final = frozenset({
    "width", "height", "max-width", "max-height", "flex-basis", "grid-template-rows",
    "grid-template-columns", "contain",
})  # fmt: skip
_ROOM: Final = _SIZES | {
    "min-width", "min-height", "padding-right", "padding-bottom", "flex-grow", "flex-shrink",
    "flex-direction", "overflow-x", "overflow-y",
}  # fmt: skip
_SHIFTS: Final = frozenset({"left", "top", "right", "bottom", "margin-left", "margin-top"})
_TURNS: Final = frozenset({"transform", "translate", "rotate", "scale", "backface-visibility"})
_PLACES: Final = frozenset({"position", "float"})
_DRAWN: Final = frozenset({"fill", "stroke", "fill-opacity", "stroke-opacity"})
_ASKED: Final = frozenset({"container-type", "container-name"})
# These decide nothing here, whatever they are.
_IDLE: Final = frozenset({"margin-right", "margin-bottom", "grid-auto-rows"})


def list_idle(
    said: Iterable[tuple[str, str]], *, colored: bool, drawings: bool, containers: bool
) -> frozenset[str]:
    """Return the properties that decide nothing on a page where these values are said of them.

    colored: some letters may have the colour of their ground; drawings: there are words in some;
    containers: rules ask for the boxes around.
    """
    telling: set[str] = set()
    for name, value in said:
        if name not in telling and _tells(name, value):
            telling.add(name)
    idle = set(_IDLE)
    sized, shifted = bool(telling & _SIZES), telling & _SHIFTS
    idle |= set() if sized else _ROOM
    idle |= set() if shifted else _SHIFTS
    idle |= set() if telling & _TURNS else _TURNS
    # A box with a place of its own can be turned, cut off, indented.
    boxed = telling & (_TURNS | {"clip", "text-indent", "content-visibility"})
    idle |= set() if sized or shifted or boxed else _PLACES
    idle |= set() if colored else COLORED
    idle |= set() if drawings else _DRAWN
    idle |= {name for name in ("opacity", "filter", "font-size") if name not in telling}
    if "text-indent" in telling:
        idle -= {"overflow-x"}
    else:
        idle |= {"text-indent"}
    idle -= {"width", "max-width", "position", "float"} if containers else set()
    return frozenset(idle if containers else idle | _ASKED)


@lru_cache(maxsize=10_000)
def _tells(name: str, value: str) -> bool:
    """Say whether a value hides words, or may where the others are as they may be."""
    if value[:1] == PENDING:
        return True
    if name in _SIZES:
        return _is_flat(name, value)
    if name in _SHIFTS:
        shift = measure(value)
        return shift is not None and abs(shift) >= FAR
    if name == "opacity":
        share = read_share(value)
        return share is not None and share < FAINT
    if name == "font-size":
        return _is_small(value)
    if name in _TURNS:
        said: Mapping[str, str] = {name: value.lower(), "backface-visibility": "hidden"}
        return find_transformed(said) is not None
    if name == "text-indent":
        indent = measure(value)
        return indent is not None and abs(indent) >= FAR
    return name not in ("filter", "contain", "clip") or value.lower() not in ("none", "auto")


def _is_flat(name: str, value: str) -> bool:
    if name == "contain":
        return value.lower() != "none"
    if name.startswith("grid"):
        return any(read_tracks(value))
    size = measure(value, 16.0, 0.0)
    return size is not None and size < FLAT


def _is_small(value: str) -> bool:
    """Say whether letters come to nothing by a size, alone or with a few like it around."""
    size = measure(value, 16.0, 16.0)
    return size is not None and size < FLAT * 2
