"""What of a speech goes into the arrays, and from there to the tables of a segment."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from corpus_app.text.chars import Codes, Offsets
from corpus_app.text.equality import SENTINEL
from corpus_app.text.folding import fold_codes, fold_name, fold_with_offsets
from search.analysis.words import cut_all_texts
from search.arrays.tables import AXES, COLUMNS, STRINGS, Array, StringColumn, Tables
from search.arrays.words import find_word_starts, lay_steps

_BORDER = np.array([SENTINEL], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A node of the outline; parent is its place in the record's list, -1 below the speech."""

    pk: int
    key: str
    label: str
    parent: int
    start: int
    end: int
    has_gap: bool


@dataclass(frozen=True, slots=True)
class SpeechRecord:
    """A published speech as it is searched; offsets point into text, sections in reading order.

    tags are (theme id, place in sections), mentions (slogan id, start, end).
    """

    id: int
    revision_id: int
    title: str
    subtitle: str
    text: str
    speaker: str = ""
    organisation: str = ""
    source: str = ""
    source_name: str = ""
    place: str = ""
    level: str = ""
    genre: str = ""
    completeness: str = "complete"
    date_kind: str = ""
    date_first: datetime.date | None = None
    date_last: datetime.date | None = None
    sections: tuple[SectionRecord, ...] = ()
    tags: tuple[tuple[int, int], ...] = ()
    mentions: tuple[tuple[int, int, int], ...] = ()

    @property
    def fingerprint(self) -> str:
        """Return a digest of all that is searched, so that a stale entry can be told."""
        return hashlib.blake2b(repr(self).encode(), digest_size=12).hexdigest()


def build_tables(records: Sequence[SpeechRecord]) -> Tables:
    """Return the tables of the speeches, in the order given."""
    texts = [text for record in records for text in (record.title, record.subtitle, record.text)]
    cut = cut_all_texts(texts)
    parts = [_build_one(record, cut) for record in records]
    return Tables.join(parts or [_make_empty()])


def _make_empty() -> Tables:
    columns: dict[str, Array] = {
        name: np.zeros((0, c.width) if c.width > 1 else 0, dtype=c.dtype)
        for name, c in COLUMNS.items()
    }
    strings = {name: StringColumn.pack([]) for name in STRINGS}
    return Tables(columns, strings, {axis: np.zeros(0, dtype=np.int64) for axis in AXES})


def _build_one(record: SpeechRecord, cut: Iterator[list[str]]) -> Tables:
    """Return the tables of one speech; cut yields the pieces of its title, subtitle and text."""
    title, subtitle = fold_codes(record.title), fold_codes(record.subtitle)
    body = fold_with_offsets(record.text)
    # As it is asked for: dots and blanks inside a person's name part nobody from himself.
    names = [fold_codes(fold_name(record.speaker))]
    names += [fold_codes(name) for name in (record.organisation, record.source, record.place)]
    heading = np.concatenate([title, _BORDER, subtitle])
    starts, ends, codes = _lay_out([heading, body.codes, *names])
    nodes = _build_nodes(record, body.offsets, int(starts[1]), int(ends[1]))
    mentions = _build_mentions(record, body.offsets, int(starts[1]))
    steps = _build_steps(record, cut, codes, mentions, (len(title) + 1, starts[1], ends[1]))
    columns: dict[str, Any] = {
        "codes": codes,
        "speech_id": [record.id],
        "speech_revision": [record.revision_id],
        "date_first": [record.date_first.toordinal() if record.date_first else 0],
        "date_last": [_last_day(record)],
        "zone_start": [starts],
        "zone_end": [ends],
        "tag_theme": [theme for theme, _ in record.tags],
        "tag_node": [section + 1 for _, section in record.tags],
        **nodes,
        **mentions,
        "word_step": steps,
    }
    arrays = {name: np.asarray(columns[name], dtype=c.dtype) for name, c in COLUMNS.items()}
    sizes = (
        *(len(codes), len(record.sections) + 1),
        *(len(record.tags), len(record.mentions), len(steps)),
    )
    return Tables(
        arrays,
        _build_strings(record),
        {axis: np.array([size], dtype=np.int64) for axis, size in zip(AXES, sizes, strict=True)},
    )


def _last_day(record: SpeechRecord) -> int:
    last = record.date_last or record.date_first
    return last.toordinal() if last else 0


def _lay_out(zones: list[Codes]) -> tuple[list[int], list[int], Codes]:
    """Put the zones one after the other, a border after each; return where they lie."""
    starts, ends, parts, at = [], [], [], 0
    for zone in zones:
        starts.append(at)
        ends.append(at + len(zone))
        parts += [zone, _BORDER]
        at += len(zone) + 1
    return starts, ends, np.concatenate(parts)


def _build_nodes(record: SpeechRecord, origins: Offsets, base: int, end: int) -> dict[str, Array]:
    """Return the node columns; the root reaches from the title to the end of the text."""
    sections = record.sections
    places = np.array([(s.start, s.end) for s in sections], dtype=np.int64).reshape(-1, 2)
    parents = np.array([-1, *(s.parent + 1 for s in sections)], dtype=np.int64)
    inside = base + np.searchsorted(origins, places)
    return {
        "node_start": np.concatenate([[0], inside[:, 0]]),
        "node_end": np.concatenate([[end], inside[:, 1]]),
        "node_parent": parents,
        "node_last": _find_last(parents),
        "node_pk": np.array([0, *(s.pk for s in sections)]),
        "node_gap": np.array(
            [record.completeness != "complete", *(s.has_gap for s in sections)], dtype=np.bool_
        ),
    }


def _find_last(parents: Array) -> Array:
    """Return for each node the node after its subtree; parents come before children."""
    last = np.arange(1, len(parents) + 1)
    for node in range(len(parents) - 1, 0, -1):
        parent = parents[node]
        last[parent] = max(last[parent], last[node])
    return last


def _build_mentions(record: SpeechRecord, origins: Offsets, base: int) -> dict[str, Array]:
    ordered = sorted(record.mentions, key=lambda mention: mention[1:])
    rows = np.array(ordered, dtype=np.int64).reshape(-1, 3)
    return {
        "mention_slogan": rows[:, 0],
        "mention_start": base + np.searchsorted(origins, rows[:, 1]),
        "mention_end": base + np.searchsorted(origins, rows[:, 2]),
    }


def _build_steps(
    record: SpeechRecord,
    cut: Iterator[list[str]],
    codes: Codes,
    mentions: dict[str, Array],
    zones: tuple[int, int, int],
) -> Array:
    """Return the steps from word to word; zones are where subtitle and text start and it ends."""
    texts = (record.title, record.subtitle, record.text)
    starts = [
        base + find_word_starts(text, next(cut))
        for base, text in zip((0, *zones[:2]), texts, strict=True)
    ]
    units = np.stack([mentions["mention_start"], mentions["mention_end"]], axis=1)
    return lay_steps(codes, np.concatenate(starts), units, zones[2])


def _build_strings(record: SpeechRecord) -> dict[str, StringColumn]:
    values = {
        "organisation": [record.organisation],
        "level": [record.level],
        "genre": [record.genre],
        "completeness": [record.completeness],
        "date_kind": [record.date_kind],
        "source_name": [record.source_name],
        "fingerprint": [record.fingerprint],
        "node_key": ["", *(section.key for section in record.sections)],
        "node_label": ["", *(section.label for section in record.sections)],
    }
    return {name: StringColumn.pack(values[name]) for name in STRINGS}
