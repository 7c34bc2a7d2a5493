"""An engine that all hosts over one database share, as a SolrCloud is: one writes at a time.

How far it has followed the log of changes lies in the engine itself and comes into sight with
the documents, so whoever writes next goes on where the last one was, however that one ended.

Who writes holds a lease of the database and renews it before each thing sent. A writer that was
frozen for longer may still send something old over what another has written since: it learns at
its next step that the lease is another's, and notes the speeches once more, so that they are read
and sent anew.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from corpus_app.catalog.changes import note_changes
from corpus_app.catalog.leases import (
    HeldLease,
    LeaseLostError,
    release_lease,
    renew_lease,
    take_lease,
)
from corpus_app.catalog.models import Speech
from search.arrays.manifest import LockedError, hold_lock
from search.index.documents import Put, get_backend, list_batches, put_all
from search.index.position import IndexPosition
from search.index.published import read_speeches

# One thing sent takes 30 seconds at most; a host that died is waited for so long.
WRITER_SECONDS: Final = 60.0
# Two hundred speeches are read and sent in less.
REBUILDER_SECONDS: Final = 300.0
# Who changed something waits no longer for another host: the worker goes on with it.
_MOST_WAIT: Final = 10.0
_PAUSE: Final = 0.05
_WRITER: Final = "engine"
_REBUILDER: Final = "engine:rebuild"


@dataclass(frozen=True, slots=True)
class EngineNote:
    """How far the engine is, and by which rules its documents are made ("" for unknown ones)."""

    position: IndexPosition
    stamp: str = ""

    def write(self) -> str:
        """Return it as the engine keeps it."""
        return json.dumps({"stamp": self.stamp, **asdict(self.position)})


class _Turn:
    """What one process of all hosts may do alone until it is over."""

    def __init__(self, name: str, seconds: float) -> None:
        self._name, self._seconds = name, seconds
        self._lease: HeldLease | None = None

    @contextmanager
    def hold(self, wait_seconds: float) -> Iterator[None]:
        """Hold it, waiting for another; raise LockedError if that takes too long."""
        lock = Path(settings.INDEX_DIR) / f"{self._name.replace(':', '-')}.lock"
        with hold_lock(lock, wait_seconds):
            if not settings.SHARED_DATABASE:
                yield
                return
            self._lease = self._wait(time.monotonic() + wait_seconds)
            try:
                yield
            finally:
                release_lease(self._lease)

    def confirm(self) -> None:
        """Hold it for its time from now; raise LeaseLostError where it is another host's."""
        if self._lease is not None and not renew_lease(self._lease, self._seconds):
            raise LeaseLostError(self._name)

    def _wait(self, deadline: float) -> HeldLease:
        while True:
            # Of this data folder another could only be a dead one: the lock is ours.
            lease = take_lease(self._name, self._seconds, over_own=True)
            if lease is not None:
                return lease
            if time.monotonic() >= deadline:
                raise LockedError(f"{self._name} is another host's")
            time.sleep(_PAUSE)


class SharedEngine:
    """Haystack's backend of such an engine, written to by one host at a time."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend
        self._turn = _Turn(_WRITER, WRITER_SECONDS)
        self._stamp = ""
        self._sent: set[int] = set()

    def read_note(self) -> EngineNote:
        """Return how far the engine is; at the log's beginning where nothing is known.

        Raise EngineUnreachableError where it does not answer in the time of a reader.
        """
        noted = self._backend.read_followed()
        try:
            content = json.loads(noted or "")
            return EngineNote(IndexPosition.read(content), content["stamp"])
        except (ValueError, KeyError):
            return EngineNote(IndexPosition())

    @contextmanager
    def hold(self, wait_seconds: float) -> Iterator[None]:
        """Be the one who writes; raise LockedError where another is for too long."""
        with self._turn.hold(min(wait_seconds, _MOST_WAIT)):
            self._sent = set()
            try:
                yield
            except LeaseLostError:
                note_changes(sorted(self._sent))
                raise

    def read_position(self) -> IndexPosition:
        """Return how far the engine is, to be followed from; call it while it is held."""
        note = self.read_note()
        self._stamp = note.stamp
        return note.position

    def index(self, speech_ids: Collection[int]) -> None:
        """Send the speeches as they are now, in place of what is held; nobody sees it yet."""
        ids = sorted({*speech_ids, *self._list_turned_samples()})
        self._sent.update(ids)
        speeches = [speech for batch in read_speeches(ids) for speech in batch]
        self._backend.replace(list_batches(speeches), "speech", ids, self._turn.confirm)

    def write_position(self, position: IndexPosition) -> None:
        """Bring what was sent into sight, with how far it follows the log."""
        self._turn.confirm()
        self._backend.publish(EngineNote(position, self._stamp).write())

    def publish(self) -> None:
        """Bring what was sent into sight; how far it follows the log stays what it was."""
        self._turn.confirm()
        self._backend.publish()

    @contextmanager
    def hold_rebuild(self, wait_seconds: float) -> Iterator[Callable[[], None]]:
        """Be the one who builds it anew; yields what renews that for five minutes."""
        turn = _Turn(_REBUILDER, REBUILDER_SECONDS)
        with turn.hold(wait_seconds):
            yield turn.confirm

    @contextmanager
    def rebuilding(self, note: EngineNote, confirm: Callable[[], None]) -> Iterator[Put]:
        """Yield what puts speeches into a new index; at the end it replaces the old one.

        Call hold before the end: nobody may follow changes into the old one at that moment.
        """
        with self._backend.rebuilding(note.write(), confirm) as put:
            yield lambda speeches: put_all(put, speeches)

    def _list_turned_samples(self) -> set[int]:
        """Return the samples that are held and do not count, and those that count and are not."""
        samples = dict(Speech.objects.samples().values_list("pk", "set_aside"))
        held = self._backend.list_speeches(sorted(samples)) if samples else set()
        return {pk for pk, set_aside in samples.items() if set_aside == (pk in held)}


def keeps_arrays() -> bool:
    """Tell whether this host keeps arrays of characters; else the shared engine is asked."""
    return bool(settings.HAYSTACK_CONNECTIONS["default"].get("ARRAYS", True))


def find_shared_engine() -> SharedEngine | None:
    """Return the engine in settings where hosts share it, None where it is this host's own."""
    backend = get_backend()
    return SharedEngine(backend) if hasattr(backend, "read_followed") else None


def index_in_engine(engine: SharedEngine, speech_ids: Sequence[int], wait_seconds: float) -> None:
    """Bring the engine up to date with speeches, whatever the log says of them."""
    with engine.hold(wait_seconds):
        engine.index(speech_ids)
        engine.publish()
