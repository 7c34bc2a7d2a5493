"""Where the index lies, by which rules it is made, and the arrays opened once per process."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from django.conf import settings
from django.db.models import Q

from corpus_app.access.audience import Audience, read_audience, see_everything
from corpus_app.catalog.kept import keep_answers, read_corpus_version
from corpus_app.catalog.limits import match_visible
from corpus_app.catalog.models import Speech, SpeechChange
from search.analysis.words import dictionary_digest
from search.arrays.manifest import MANIFEST, hold_lock
from search.arrays.store import ArrayIndex, mask_speeches, read_arrays
from search.errors import IndexProblem
from search.index.lag import is_behind, read_engine_number
from search.index.shared_engine import keeps_arrays

# Raise it when the arrays' columns, the engine's fields or which speeches are held change.
SCHEMA_VERSION: Final = "13"
# The stamp of an index that was begun while most speeches were not in it.
INCOMPLETE: Final = "incomplete"

# Audiences for which masks are kept in a process: one for every set of groups that somebody has.
_MOST_AUDIENCES: Final = 64
_ARRAYS: Final = "arrays"
_VERSION: Final = "version"
_EMPTY: Final = ArrayIndex("", 0, ())
_LOCK: Final = threading.Lock()


@dataclass(slots=True)
class _Opened:
    """The arrays opened last, with the state of the manifest they were opened by."""

    path: Path | None = None
    seen: tuple[int, int, int] | None = None
    arrays: ArrayIndex | None = None


_OPENED: Final = _Opened()


def index_folder() -> Path:
    """Return the folder of the whole index."""
    return Path(settings.INDEX_DIR)


def arrays_folder() -> Path:
    """Return the folder of the arrays."""
    folder = index_folder() / _ARRAYS
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def write_lock() -> Path:
    """Return the lock file of all writers."""
    return index_folder() / "write.lock"


@contextmanager
def change_index() -> Iterator[None]:
    """Hold the lock of all writers; the index has no version until all inside is written."""
    with hold_lock(write_lock()):
        version = index_folder() / _VERSION
        version.write_text("", encoding="ascii")
        yield
        version.write_text(secrets.token_hex(8), encoding="ascii")


def is_settled() -> bool:
    """Tell whether the last writer ended; call it under the lock, or another one may be at work."""
    return bool(_read_version())


def read_index_version() -> str | None:
    """Return a word that stays as long as the index does; None while it is being written.

    None, too, where a writer was killed or failed, until the next one has written all it had to,
    and while other hosts' changes are left to follow.
    """
    if is_behind():
        return None
    version = _read_version()
    return f"{version}-{read_engine_number()}" if version else None


def _read_version() -> str:
    """Return the last writer's word, "" where it did not end, "none" before the first."""
    try:
        return (index_folder() / _VERSION).read_text(encoding="ascii")
    except FileNotFoundError:
        return "none"


def current_stamp() -> str:
    """Return the stamp of an index made by today's rules and settings."""
    engine = settings.HAYSTACK_CONNECTIONS["default"]["ENGINE"]
    return f"{SCHEMA_VERSION}/{dictionary_digest()}/{engine}"


def open_arrays() -> ArrayIndex | None:
    """Return the arrays as of now, None where there are none; raise IndexProblem if damaged."""
    folder = index_folder() / _ARRAYS
    with _LOCK:
        seen = _look(folder / MANIFEST)
        if seen is None:
            return None
        if _OPENED.arrays is None or (_OPENED.path, _OPENED.seen) != (folder, seen):
            known = [live.segment for live in _OPENED.arrays.segments] if _OPENED.arrays else []
            _OPENED.arrays = read_arrays(folder, known)
            _OPENED.path, _OPENED.seen = folder, seen
        return _OPENED.arrays


def open_visible() -> ArrayIndex | None:
    """Return the arrays without what whoever is answered may not see; as open_arrays else.

    What is hidden is asked once for each state of the index, of the corpus and each audience:
    what is closed or withdrawn is out of sight at once, also where the index is late or can't
    be written; who is in which group each request asks anew.
    """
    arrays, audience = open_arrays(), read_audience()
    if arrays is None or audience.sees_all:
        return arrays
    masked: dict[Audience, tuple[int, ArrayIndex]]
    masked, version = arrays.notes.setdefault("visible", {}), read_corpus_version()
    known, kept = masked.get(audience, (None, arrays))
    if known != version:
        kept = _mask_for(arrays, audience, [each for _, each in masked.values()])
        with _LOCK:
            masked[audience] = version, kept
            while len(masked) > _MOST_AUDIENCES:
                masked.pop(next(iter(masked)))
    return kept


def list_masked() -> frozenset[int]:
    """Return the speeches that a shared engine may hold and whoever is answered may not see.

    What is closed to them, and what does not count any more and was changed since the engine was
    asked how far it is. That a host's arrays have let go of a speech is no proof that the engine
    has: it may have been out of reach.
    """
    shared = _list_closed() | _list_late(read_engine_number() or 0)
    visible = open_visible() if keeps_arrays() else None
    hidden: frozenset[int] = (
        frozenset() if visible is None else visible.notes.get("hidden", frozenset())
    )
    return shared | hidden


@keep_answers
def _list_closed() -> frozenset[int]:
    audience = read_audience()
    if audience.sees_all:
        return frozenset()
    with see_everything():
        closed = Speech.objects.published().exclude(match_visible("", audience))
        return frozenset(closed.values_list("pk", flat=True))


@keep_answers
def _list_late(number: int) -> frozenset[int]:
    """Return the speeches that were changed after a change of the log and do not count now."""
    later = SpeechChange.objects.filter(Q(number=None) | Q(number__gt=number)).order_by()
    changed = frozenset(later.values_list("speech_id", flat=True))
    with see_everything():
        counting = Speech.objects.narrow().filter(pk__in=later.values("speech_id"))
        return changed.difference(counting.values_list("pk", flat=True))


def _mask_for(arrays: ArrayIndex, audience: Audience, known: Iterable[ArrayIndex]) -> ArrayIndex:
    """Return the arrays for an audience: those of another from which as much is hidden."""
    hidden = _keep_held(arrays, Speech.objects.list_hidden(audience))
    if not hidden:
        return arrays
    for other in known:
        if other.notes.get("hidden") == hidden:
            return other
    masked = mask_speeches(arrays, hidden)
    masked.notes["hidden"] = hidden
    return masked


def _keep_held(arrays: ArrayIndex, speech_ids: frozenset[int]) -> frozenset[int]:
    """Return those of the ids that the arrays hold: drafts are mostly not among them."""
    asked = np.fromiter(speech_ids, dtype=np.int64, count=len(speech_ids))
    held = (each.segment.speech_ids[each.alive] for each in arrays.segments)
    return frozenset(pk for ids in held for pk in ids[np.isin(ids, asked)].tolist())


def open_index() -> tuple[ArrayIndex, bool]:
    """Return the visible arrays, and whether they are stale: missing, damaged, by older rules,
    behind what other hosts changed.

    Missing or damaged ones are empty, so that a page can be shown that says so; so are they where
    this host keeps none.
    """
    try:
        arrays = open_visible()
    except IndexProblem:
        arrays = None
    if arrays is None:
        return _EMPTY, True
    if not keeps_arrays():
        return ArrayIndex(arrays.stamp, read_corpus_version(), ()), True
    return arrays, arrays.stamp != current_stamp() or is_behind()


def _look(manifest: Path) -> tuple[int, int, int] | None:
    try:
        stat = manifest.stat()
    except FileNotFoundError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
