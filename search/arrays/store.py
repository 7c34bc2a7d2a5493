"""The segments of a folder: read them, add to them, drop from them, merge them.

Writers must hold the index's write lock (search.locking); readers need none.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from math import inf
from pathlib import Path
from typing import Any, Final

import numpy as np

from search.arrays.building import SpeechRecord, build_tables
from search.arrays.manifest import Manifest, ManifestEntry, read_manifest, write_manifest
from search.arrays.segment import Segment
from search.arrays.tables import Array, Tables
from search.arrays.writing import write_segment
from search.errors import IndexProblem

# More segments than this of one size are merged into one of the next size.
MAX_PER_TIER: Final = 8
# More speeches are not merged at once while somebody waits; beside the writers as many as there
# are, so that the number of segments grows with the logarithm of the corpus.
MAX_MERGED: Final = 300
_MERGING: Final = "merging-"
_TRIES: Final = 5
# Between title, subtitle and text of a speech.
_BORDERS: Final = 2


@dataclass(frozen=True)
class LiveSegment:
    """A segment with the mask of those of its speeches that count."""

    segment: Segment
    alive: Array

    @cached_property
    def node_alive(self) -> Array:
        """Return for each node whether its speech counts."""
        return self.alive[self.segment.node_speech]

    @cached_property
    def sizes(self) -> Array:
        """Return the characters of each speech's title, subtitle and text, without white space.

        That is what expressions are counted in, so it is what every number of characters tells.
        """
        segment = self.segment
        sizes: Array = segment.node_end[segment.roots] - segment.node_start[segment.roots]
        return sizes - _BORDERS


@dataclass(frozen=True)
class ArrayIndex:
    """All segments as of one generation."""

    stamp: str
    generation: int
    segments: tuple[LiveSegment, ...]
    # Room for what is worked out once for all segments and kept while they are open.
    notes: dict[str, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def fingerprints(self) -> dict[int, str]:
        """Return the fingerprint of every speech that counts, by its id."""
        return {
            int(live.segment.speech_ids[at]): live.segment.tables.strings["fingerprint"][int(at)]
            for live in self.segments
            for at in np.flatnonzero(live.alive)
        }


def mask_speeches(index: ArrayIndex, hidden: Collection[int]) -> ArrayIndex:
    """Return the index without the speeches of the ids, with room for notes of its own."""
    gone = np.fromiter(hidden, dtype=np.int64, count=len(hidden))
    live = (
        LiveSegment(each.segment, each.alive & ~np.isin(each.segment.speech_ids, gone))
        for each in index.segments
    )
    return ArrayIndex(index.stamp, index.generation, tuple(live))


def read_arrays(folder: Path, known: Iterable[Segment] = ()) -> ArrayIndex | None:
    """Open the folder's segments, None where there are none yet; raise IndexProblem if damaged.

    Segments known from before are used again.
    """
    by_name = {segment.name: segment for segment in known}
    for last_try in (*[False] * (_TRIES - 1), True):
        manifest = read_manifest(folder)
        if manifest is None:
            return None
        try:
            return _open(folder, manifest, by_name)
        except IndexProblem:
            # A writer may have merged the segment away since the manifest was read.
            if last_try or read_manifest(folder) == manifest:
                raise
    return None


def _open(folder: Path, manifest: Manifest, known: dict[str, Segment]) -> ArrayIndex:
    live = []
    for entry in manifest.entries:
        segment = known.get(entry.name) or Segment(folder / entry.name)
        dead = np.isin(segment.speech_ids, sorted(entry.deleted))
        live.append(LiveSegment(segment, ~dead))
    return ArrayIndex(manifest.stamp, manifest.generation, tuple(live))


def put_speeches(folder: Path, stamp: str, records: Sequence[SpeechRecord]) -> None:
    """Add speeches, in place of what the arrays hold of them."""
    manifest = _read_or_start(folder, stamp)
    entries = _drop(manifest, {record.id for record in records})
    if records:
        entries = (*entries, _write(folder, build_tables(records)))
    _publish(folder, manifest.with_entries(_merge(folder, entries)))


def drop_speeches(folder: Path, speech_ids: Collection[int]) -> None:
    """Take speeches out; ids that are not there change nothing."""
    manifest = read_manifest(folder)
    if manifest is not None:
        entries = _drop(manifest, set(speech_ids))
        if entries != manifest.entries:
            _publish(folder, manifest.with_entries(_merge(folder, entries)))


@dataclass(frozen=True)
class MergedSegment:
    """Segments merged into one that lies beside them and does not count yet."""

    path: Path
    parts: tuple[ManifestEntry, ...]


def merge_beside(folder: Path) -> MergedSegment | None:
    """Merge segments that writers left apart, beside them; None where none are to be merged.

    Writers go on meanwhile, so it is not held against anybody how long it takes; take_merged
    puts it in their place. Raises IndexProblem where a writer merges the same ones away.
    """
    manifest = read_manifest(folder)
    group = choose_group(manifest.entries) if manifest else []
    for left in folder.glob(f"{_MERGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    if not group:
        return None
    path = folder / f"{_MERGING}{uuid.uuid4().hex[:12]}"
    write_segment(Tables.join([_read_live(folder, entry) for entry in group]), path)
    return MergedSegment(path, tuple(group))


def take_merged(folder: Path, merged: MergedSegment) -> bool:
    """Let the merged segment stand in place of its parts; return whether they were still there.

    What a writer deleted meanwhile is deleted in it, too.
    """
    manifest = read_manifest(folder)
    now = {entry.name: entry for entry in manifest.entries} if manifest else {}
    if manifest is None or any(part.name not in now for part in merged.parts):
        shutil.rmtree(merged.path, ignore_errors=True)
        return False
    held: frozenset[int] = frozenset().union(*(part.held - part.deleted for part in merged.parts))
    gone: frozenset[int] = frozenset().union(
        *(now[p.name].deleted - p.deleted for p in merged.parts)
    )
    name = f"segment-{uuid.uuid4().hex[:12]}"
    merged.path.rename(folder / name)
    names = {part.name for part in merged.parts}
    left = [entry for entry in manifest.entries if entry.name not in names and entry.live]
    _publish(folder, manifest.with_entries((*left, ManifestEntry(name, held, gone))))
    return True


def collect_tables(batches: Iterable[Sequence[SpeechRecord]]) -> Tables:
    """Return the tables of all speeches, for switch_to."""
    parts = [build_tables(batch) for batch in batches if batch]
    return Tables.join(parts) if parts else build_tables([])


def switch_to(folder: Path, stamp: str, tables: Tables) -> None:
    """Let one segment with these tables stand in place of all segments."""
    manifest = _read_or_start(folder, stamp, stamp_wins=True)
    _publish(folder, manifest.with_entries((_write(folder, tables),)))


def _read_or_start(folder: Path, stamp: str, *, stamp_wins: bool = False) -> Manifest:
    try:
        manifest = read_manifest(folder)
    except IndexProblem:
        if not stamp_wins:
            raise
        manifest = None
    if manifest is None:
        return Manifest(stamp)
    return replace(manifest, stamp=stamp) if stamp_wins else manifest


def _drop(manifest: Manifest, speech_ids: set[int]) -> tuple[ManifestEntry, ...]:
    """Return the entries with the ids marked as deleted wherever they are held."""
    entries = []
    for entry in manifest.entries:
        held = speech_ids & entry.held
        entries.append(replace(entry, deleted=entry.deleted | held) if held else entry)
    return tuple(entries)


def _write(folder: Path, tables: Tables) -> ManifestEntry:
    name = f"segment-{uuid.uuid4().hex[:12]}"
    write_segment(tables, folder / name)
    return ManifestEntry(name, frozenset(int(i) for i in tables.columns["speech_id"]))


def _merge(folder: Path, entries: tuple[ManifestEntry, ...]) -> tuple[ManifestEntry, ...]:
    """Merge while one size has too many segments or a segment is mostly deleted."""
    left = [entry for entry in entries if entry.live]
    while group := choose_group(left, MAX_MERGED):
        tables = Tables.join([_read_live(folder, entry) for entry in group])
        left = [entry for entry in left if entry not in group] + [_write(folder, tables)]
    return tuple(left)


def choose_group(entries: Iterable[ManifestEntry], most: float = inf) -> list[ManifestEntry]:
    """Return the segments to merge next, none where none are; together they hold no more."""
    tiers: dict[int, list[ManifestEntry]] = {}
    for entry in entries:
        if len(entry.deleted) > entry.live:
            return [entry]
        tiers.setdefault(len(f"{entry.live:o}"), []).append(entry)
    groups = (_take_smallest(tier, most) for tier in tiers.values() if len(tier) > MAX_PER_TIER)
    return next((group for group in groups if len(group) > 1), [])


def _take_smallest(tier: list[ManifestEntry], most: float) -> list[ManifestEntry]:
    smallest = sorted(tier, key=lambda entry: entry.live)
    held = accumulate(entry.live for entry in smallest)
    return [entry for entry, total in zip(smallest, held, strict=True) if total <= most]


def _read_live(folder: Path, entry: ManifestEntry) -> Tables:
    tables = Segment(folder / entry.name).tables
    return tables.take(~np.isin(tables.columns["speech_id"], sorted(entry.deleted)))


def _publish(folder: Path, manifest: Manifest) -> None:
    write_manifest(folder, manifest)
    counted = {entry.name for entry in manifest.entries}
    for path in folder.glob("segment-*"):
        if path.name not in counted:
            shutil.rmtree(path, ignore_errors=True)
