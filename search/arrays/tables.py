"""The columns of a segment, and how segments are cut down and put together.

Every speech owns one stretch of each axis: of the characters, the nodes, the tags, the mentions
and the words. So dropping speeches or joining segments moves whole stretches, and each column that
points into another axis moves by what that axis moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Mask = npt.NDArray[np.bool_]
AXES: Final = ("codes", "nodes", "tags", "mentions", "words")
ZONES: Final = ("title", "text", "speaker", "organisation", "source", "place")
STRINGS: Final[dict[str, str]] = {
    "organisation": "speeches",
    "level": "speeches",
    "genre": "speeches",
    "completeness": "speeches",
    "date_kind": "speeches",
    "source_name": "speeches",
    "fingerprint": "speeches",
    "node_key": "nodes",
    "node_label": "nodes",
}


@dataclass(frozen=True, slots=True)
class StringColumn:
    """UTF-8 bytes of all strings in a row; string i is blob[ends[i - 1]:ends[i]]."""

    blob: npt.NDArray[np.uint8]
    ends: npt.NDArray[np.int64]

    @classmethod
    def pack(cls, values: Iterable[str]) -> StringColumn:
        """Return the column of the values."""
        parts = [value.encode("utf-8", "surrogatepass") for value in values]
        ends = np.cumsum([len(part) for part in parts], dtype=np.int64)
        return cls(np.frombuffer(b"".join(parts), dtype=np.uint8), ends)

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> str:
        start = int(self.ends[at - 1]) if at else 0
        part = self.blob[start : int(self.ends[at])]
        return part.tobytes().decode("utf-8", "surrogatepass")

    def to_list(self) -> list[str]:
        """Return all strings."""
        return [self[at] for at in range(len(self))]

    def take(self, keep: npt.NDArray[np.bool_]) -> StringColumn:
        """Return the column of the strings that are kept."""
        lengths = np.diff(self.ends, prepend=0)
        return StringColumn(self.blob[np.repeat(keep, lengths)], np.cumsum(lengths[keep]))

    @classmethod
    def join(cls, columns: Sequence[StringColumn]) -> StringColumn:
        """Return the columns one after the other."""
        lengths = np.concatenate([np.diff(column.ends, prepend=0) for column in columns])
        return cls(
            np.concatenate([column.blob for column in columns]), np.cumsum(lengths, dtype=np.int64)
        )


@dataclass(frozen=True, slots=True)
class Column:
    """Axis a column runs along, axis its values point into (or None), type and width."""

    axis: str
    points_into: str | None
    dtype: str
    width: int = 1


COLUMNS: Final[dict[str, Column]] = {
    "codes": Column("codes", None, "u4"),
    "speech_id": Column("speeches", None, "i8"),
    "speech_revision": Column("speeches", None, "i8"),
    # First and last day as ordinals, 0 where no date is known.
    "date_first": Column("speeches", None, "i4"),
    "date_last": Column("speeches", None, "i4"),
    "zone_start": Column("speeches", "codes", "i8", len(ZONES)),
    "zone_end": Column("speeches", "codes", "i8", len(ZONES)),
    # Nodes in reading order, each speech's root (the whole speech) first.
    "node_start": Column("nodes", "codes", "u4"),
    "node_end": Column("nodes", "codes", "u4"),
    "node_parent": Column("nodes", "nodes", "i4"),
    # The node after the last one inside this node.
    "node_last": Column("nodes", "nodes", "i4"),
    "node_pk": Column("nodes", None, "i8"),
    "node_gap": Column("nodes", None, "?"),
    "tag_theme": Column("tags", None, "i8"),
    "tag_node": Column("tags", "nodes", "i4"),
    "mention_slogan": Column("mentions", None, "i8"),
    "mention_start": Column("mentions", "codes", "i8"),
    "mention_end": Column("mentions", "codes", "i8"),
    # From the start of a word to the start of the next; they cover the codes.
    "word_step": Column("words", None, "u1"),
}


@dataclass(frozen=True)
class Tables:
    """All columns of a segment; ends[axis][i] is where speech i's stretch of an axis ends."""

    columns: dict[str, Array]
    strings: dict[str, StringColumn]
    ends: dict[str, Array]

    @property
    def speech_count(self) -> int:
        """Return the number of speeches."""
        return len(self.columns["speech_id"])

    def lengths(self, axis: str) -> Array:
        """Return the length of each speech's stretch of an axis."""
        if axis == "speeches":
            return np.ones(self.speech_count, dtype=np.int64)
        return np.diff(self.ends[axis], prepend=0)

    def take(self, keep: npt.NDArray[np.bool_]) -> Tables:
        """Return the tables of the speeches that are kept."""
        lengths = {axis: self.lengths(axis) for axis in (*AXES, "speeches")}
        kept = {axis: np.repeat(keep, length) for axis, length in lengths.items()}
        ends = {axis: np.cumsum(lengths[axis][keep], dtype=np.int64) for axis in AXES}
        moved = {axis: self.ends[axis][keep] - ends[axis] for axis in AXES}
        columns = {}
        for name, column in COLUMNS.items():
            values = self.columns[name][kept[column.axis]]
            if column.points_into:
                shift = np.repeat(moved[column.points_into], lengths[column.axis][keep])
                values = _shift(values, -shift)
            columns[name] = values.astype(column.dtype, copy=False)
        strings = {name: self.strings[name].take(kept[axis]) for name, axis in STRINGS.items()}
        return Tables(columns, strings, ends)

    @classmethod
    def join(cls, parts: Sequence[Tables]) -> Tables:
        """Return the tables of all parts, one after the other."""
        if len(parts) == 1:
            return parts[0]
        before = {axis: _offsets(parts, axis) for axis in AXES}
        columns = {}
        for name, column in COLUMNS.items():
            pieces = [part.columns[name] for part in parts]
            if column.points_into:
                shifts = before[column.points_into]
                pieces = [_shift(p, np.int64(s)) for p, s in zip(pieces, shifts, strict=True)]
            columns[name] = np.concatenate(pieces).astype(column.dtype, copy=False)
        strings = {n: StringColumn.join([part.strings[n] for part in parts]) for n in STRINGS}
        ends = {
            axis: np.concatenate(
                [part.ends[axis] + s for part, s in zip(parts, before[axis], strict=True)]
            )
            for axis in AXES
        }
        return cls(columns, strings, ends)


def _offsets(parts: Sequence[Tables], axis: str) -> Array:
    totals = [int(part.ends[axis][-1]) if part.speech_count else 0 for part in parts]
    return np.cumsum([0, *totals[:-1]])


def _shift(values: Array, shift: Array | np.int64) -> Array:
    """Move places, save -1, which points nowhere."""
    by = shift[:, np.newaxis] if values.ndim == 2 and isinstance(shift, np.ndarray) else shift
    return np.where(values < 0, values, values.astype(np.int64) + by)
