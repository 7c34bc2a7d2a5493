"""Where in a speech places stand: in its title, opening, which section, closing; which tenth."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
from django.utils.translation import gettext as _

from search.arrays.segment import Segment
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.study.places import Places

TENTHS: Final = 10
# The zone of places in a text; those of title and subtitle are 0 and 1.
_TEXT_ZONE: Final = 2
# Parts by number: those of a name, then sections by their order. One that runs across the border
# of two parts is in none.
NAMED_PARTS: Final = ("across", "title", "opening", "closing", "undivided")
_ACROSS, _TITLE, _OPENING, _CLOSING, _UNDIVIDED = range(len(NAMED_PARTS))
FIRST_SECTION: Final = len(NAMED_PARTS)
# Longer outlines are rare: the last number is of this section and all behind it.
LAST_SECTION: Final = 10
PART_COUNT: Final = FIRST_SECTION + LAST_SECTION
# As the outline names parts that have no heading, in every interface language.
_OPENING_NAME: Final = "导语".encode()
_CLOSING_NAME: Final = "结语".encode()
_POSITION: Final = re.compile(r"(part|tenth):([a-z]+|\d{1,2})")


def name_part(part: int) -> str:
    """Return a part as addresses name it: "opening", "2" for the second section."""
    return NAMED_PARTS[part] if part < FIRST_SECTION else str(part - FIRST_SECTION + 1)


def read_position(text: str) -> tuple[str, int] | None:
    """Return what "part:opening" or "tenth:3" asks for, None where it is neither."""
    found = _POSITION.fullmatch(text)
    if found is None:
        return None
    kind, value = found.groups()
    if kind == "part":
        names = [name_part(part) for part in range(PART_COUNT)]
        return ("part", names.index(value)) if value in names else None
    number = int(value) if value.isdecimal() else 0
    return ("tenth", number - 1) if 1 <= number <= TENTHS else None


def label_position(kind: str, number: int) -> str:
    """Return a part or a tenth, by its number from 0, as it is shown."""
    if kind == "tenth":
        return _("%(low)d–%(high)d%%") % {"low": number * 10, "high": number * 10 + 10}
    if number < FIRST_SECTION:
        labels = (_("跨部分"), _("标题"), _("导语"), _("结语"), _("不分部分的全文"))
        return labels[number]
    section = number - FIRST_SECTION + 1
    words = _("第 %(number)d 部分及以后") if section == LAST_SECTION else _("第 %(number)d 部分")
    return words % {"number": section}


def describe_position(position: str) -> str:
    """Return a position of a concordance in words, "" for none."""
    asked = read_position(position)
    if asked is None:
        return ""
    label = label_position(*asked)
    return _("正文的 %(tenth)s") % {"tenth": label} if asked[0] == "tenth" else label


def choose_places(index: ArrayIndex, places: Places, position: str) -> Places:
    """Return the places at a position, all of them where it names none."""
    asked = read_position(position)
    if asked is None:
        return places
    kind, number = asked
    found = find_parts(index, places) if kind == "part" else find_tenths(index, places)
    return places.take(np.flatnonzero(found == number))


def find_parts(index: ArrayIndex, places: Places) -> Array:
    """Return the part of each place by its number."""
    parts = np.full(len(places), _TITLE, dtype=np.int64)
    for number, live in enumerate(index.segments):
        rows = np.flatnonzero((places.segments == number) & (places.zones == _TEXT_ZONE))
        parts[rows] = number_parts(live.segment)[places.nodes[rows]]
    return parts


def find_tenths(index: ArrayIndex, places: Places) -> Array:
    """Return the tenth of the text in which each place begins, from 0, -1 for one in a title."""
    tenths = np.full(len(places), -1, dtype=np.int64)
    rows = np.flatnonzero(places.zones == _TEXT_ZONE)
    sizes = np.maximum(places.highs[rows] - places.lows[rows], 1)
    tenths[rows] = (places.starts[rows] - places.lows[rows]) * TENTHS // sizes
    return tenths


def number_parts(segment: Segment) -> Array:
    """Return for each node the number of the part it lies in; kept with the segment."""
    kept = segment.notes.get("parts")
    if kept is None:
        tops = _find_tops(segment)
        own = _number_tops(segment)
        kept = segment.notes["parts"] = (own[tops], own)
    return kept[0]


def measure_parts(segment: Segment, speeches: Array) -> Array:
    """Return the characters of each part in the speeches that a mask names."""
    number_parts(segment)
    own = segment.notes["parts"][1]
    tops = np.flatnonzero(own != _ACROSS)
    tops = tops[speeches[segment.node_speech[tops]]]
    sizes = segment.node_end[tops] - segment.node_start[tops]
    counted = np.bincount(own[tops], sizes, minlength=PART_COUNT).astype(np.int64)
    starts, ends = (np.asarray(each)[speeches] for each in segment.zone("title"))
    # Between title and subtitle stands a border.
    counted[_TITLE] = int((ends - starts - 1).sum())
    return counted


def _find_tops(segment: Segment) -> Array:
    """Return for each node the part of the speech above it, the root for itself."""
    parents = segment.node_parent
    is_top = _mark_tops(segment)
    tops = np.arange(segment.node_count)
    deep = np.flatnonzero((parents >= 0) & ~is_top)
    while len(deep):
        tops[deep] = parents[tops[deep]]
        deep = deep[~is_top[tops[deep]]]
    return tops


def _mark_tops(segment: Segment) -> Array:
    parents = segment.node_parent
    is_root = parents < 0
    below: Array = ~is_root & is_root[np.maximum(parents, 0)]
    return below


def _number_tops(segment: Segment) -> Array:
    """Return the number of the part that each node is, of what is none 0."""
    tops = np.flatnonzero(_mark_tops(segment))
    opening, closing = (is_named(segment, tops, name) for name in (_OPENING_NAME, _CLOSING_NAME))
    speeches = segment.node_speech[tops]
    counted = np.cumsum(~(opening | closing))
    # How many sections stood before the first part of the same speech.
    first = np.searchsorted(speeches, speeches)
    before: Array = counted[first] - ~(opening | closing)[first]
    order = np.minimum(counted - before, LAST_SECTION)
    parts = np.where(opening, _OPENING, np.where(closing, _CLOSING, FIRST_SECTION + order - 1))
    alone = np.bincount(speeches, minlength=segment.tables.speech_count)[speeches] == 1
    own = np.zeros(segment.node_count, dtype=np.int64)
    own[tops] = np.where(alone, _UNDIVIDED, parts)
    return own


def is_named(segment: Segment, nodes: Array, name: bytes) -> Array:
    """Tell which nodes bear a name, given in UTF-8, without reading all names."""
    labels = segment.tables.strings["node_label"]
    ends = np.asarray(labels.ends)[nodes]
    starts = np.append([0], labels.ends)[nodes]
    named: Array = ends - starts == len(name)
    for at, byte in enumerate(name):
        rows = np.flatnonzero(named)
        named[rows] = np.asarray(labels.blob)[starts[rows] + at] == byte
    return named
