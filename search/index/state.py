"""Is the index there, made by today's rules, and does it hold what the database holds?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from django.utils.translation import gettext as _
from haystack.query import SearchQuerySet

from corpus_app.catalog.models import Section, Speech
from corpus_app.catalog.packed import BrokenPackingError
from search.arrays.manifest import WAIT_SECONDS, LockedError, hold_lock
from search.arrays.store import ArrayIndex
from search.errors import EngineUnreachableError, IndexProblem
from search.index.access import current_stamp, open_arrays, write_lock
from search.index.checksums import find_index_damage
from search.index.documents import count_results, list_expected, list_identifiers
from search.index.lag import is_anything_left, is_behind, is_late, read_changes_left
from search.index.position import is_lost
from search.index.published import make_record, read_speeches
from search.index.shared_engine import SharedEngine, find_shared_engine, keeps_arrays

Status = Literal["missing", "stale", "damaged", "unreachable", "busy", "behind", "fresh"]


@dataclass(frozen=True, slots=True)
class IndexState:
    """status, the numbers of speeches and sections held, and a Chinese word on what is wrong."""

    status: Status
    speeches: int = 0
    sections: int = 0
    detail: str = ""

    @property
    def is_fresh(self) -> bool:
        """Tell whether searches can be trusted to be complete."""
        return self.status == "fresh"

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is wrong with it, though it may have changes left to follow."""
        return self.status in ("fresh", "behind")


@dataclass(frozen=True, slots=True)
class Difference:
    """One speech that index and database disagree on; speech_id is None for the whole index."""

    speech_id: int | None
    kind: Literal["missing", "extra", "outdated", "engine", "index"]
    message: str


def read_index_state() -> IndexState:
    """Return the state of the index as a whole, without comparing it speech by speech."""
    try:
        arrays = open_arrays()
    except IndexProblem as problem:
        return IndexState("damaged", detail=_name_damage(problem))
    if arrays is None:
        return IndexState("missing", detail=_("索引尚未建立"))
    try:
        speeches, sections = count_units(arrays) if keeps_arrays() else _count_in_engine()
    except EngineUnreachableError:
        return IndexState("unreachable", detail=_("检索引擎连接不上"))
    if arrays.stamp != current_stamp():
        return IndexState("stale", speeches, sections, _("索引由旧的规则或词典生成，或者尚不完整"))
    try:
        detail = _check_engine(speeches)
        # Of this host's files and a shared engine one may have followed what the other has not.
        if detail and find_shared_engine() is not None and is_late():
            return IndexState("behind", speeches, sections)
    except EngineUnreachableError:
        return IndexState("unreachable", speeches, sections, _("检索引擎连接不上"))
    status: Status = "damaged" if detail else "behind" if is_behind() else "fresh"
    return IndexState(status, speeches, sections, detail)


def read_state_at_rest(wait_seconds: float = WAIT_SECONDS) -> IndexState:
    """Return the state of the index while nobody writes: half a write looks like damage.

    "busy" where a writer is at work for longer than is to be waited; "behind" where there are
    changes that it has not followed yet.
    """
    state = _read_at_rest(wait_seconds)
    if not state.is_whole:
        return state
    left = read_changes_left()
    if left.is_lost:
        detail = _("索引落后太久，或者数据库换过，须重建")
        return replace(state, status="stale", detail=detail)
    if not left.count:
        return replace(state, status="fresh")
    message = _("还有 %(count)d 处改动没有跟上")
    return replace(state, status="behind", detail=message % {"count": left.count})


def _read_at_rest(wait_seconds: float) -> IndexState:
    state = read_index_state()
    if state.status != "damaged":
        return state
    try:
        with hold_lock(write_lock(), wait_seconds):
            return read_index_state()
    except LockedError:
        return IndexState("busy", state.speeches, state.sections)
    except OSError:  # a folder where no lock can be made, and so nobody writes
        return state


def _name_damage(problem: IndexProblem) -> str:
    return _("索引文件损坏，须重建（%(detail)s）") % {"detail": problem}


def count_units(arrays: ArrayIndex) -> tuple[int, int]:
    """Return the numbers of speeches and of sections in the arrays."""
    speeches = sum(int(live.alive.sum()) for live in arrays.segments)
    nodes = sum(int(live.node_alive.sum()) for live in arrays.segments)
    return speeches, nodes - speeches


def _count_in_engine() -> tuple[int, int]:
    """Return the number of speeches that count, and that of the sections that the engine holds."""
    return Speech.objects.narrow().count(), count_results(SearchQuerySet().models(Section))


def _check_engine(speeches: int) -> str:
    """Return what is wrong with the engine's index, "" if nothing is."""
    try:
        held = count_results(SearchQuerySet().models(Speech))
    except EngineUnreachableError:
        raise
    except Exception as error:  # whatever the engine raises, the state is what is asked for
        return str(error) or type(error).__name__
    message = _("词语索引有 %(held)s 篇，应有 %(speeches)s 篇")
    return "" if held == speeches else message % {"held": held, "speeches": speeches}


def is_engine_whole(engine: SharedEngine) -> bool:
    """Tell whether a shared engine is of today's rules, and holds all but what waits in the log."""
    note = engine.read_note()
    if note.stamp != current_stamp() or is_lost(note.position):
        return False
    if is_anything_left(note.position):
        return True
    return count_results(SearchQuerySet().models(Speech)) == Speech.objects.narrow().count()


def check_index() -> list[Difference]:
    """Return the differences between the speeches that count and the index."""
    state = read_index_state()
    if state.status in ("missing", "stale"):
        return [Difference(None, "index", state.detail)]
    damaged = find_index_damage(thorough=True)
    if damaged:
        message = _("索引文件损坏，须重建（与写入时不符：%(name)s）")
        return [Difference(None, "index", message % {"name": damaged[0]})]
    try:
        arrays = open_arrays()
    except IndexProblem as problem:
        return [Difference(None, "index", _name_damage(problem))]
    held = dict(arrays.fingerprints) if arrays else {}
    found: list[Difference] = []
    expected: dict[str, int] = {}
    for speeches in read_speeches():
        for speech in speeches:
            if keeps_arrays():
                found += _compare(speech, held.pop(speech.pk, None))
            expected |= dict.fromkeys(list_expected([speech]), speech.pk)
    found += [Difference(left, "extra", _("索引中有不应检索到的讲话")) for left in sorted(held)]
    return found + _compare_engine(expected)


def _compare(speech: Speech, fingerprint: str | None) -> list[Difference]:
    if fingerprint is None:
        return [Difference(speech.pk, "missing", _("索引中没有这篇讲话"))]
    try:
        same = fingerprint == make_record(speech).fingerprint
    except BrokenPackingError:  # its text cannot be read
        same = False
    if not same:
        return [Difference(speech.pk, "outdated", _("索引与数据库中的内容不一致"))]
    return []


def _compare_engine(expected: dict[str, int]) -> list[Difference]:
    try:
        held = list_identifiers()
    except EngineUnreachableError:
        return [Difference(None, "index", _("检索引擎连接不上"))]
    except Exception as error:  # whatever the engine raises is a difference to report
        return [Difference(None, "index", str(error) or type(error).__name__)]
    lacking = {expected[each] for each in expected.keys() - held}
    found = [Difference(each, "engine", _("词语索引缺少内容")) for each in sorted(lacking)]
    if held - expected.keys():
        found.append(Difference(None, "engine", _("词语索引中有多余的内容")))
    return found
