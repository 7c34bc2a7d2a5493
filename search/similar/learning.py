"""The thesaurus made from all speeches that count, and made anew when they changed enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from django.utils import timezone

from corpus_app.catalog.models import Revision
from search.analysis.words import dictionary_digest
from search.arrays.manifest import LockedError, hold_lock
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array
from search.index.access import open_arrays
from search.similar.store import Thesaurus, open_thesaurus, save_thesaurus, thesaurus_folder
from search.similar.units import read_units
from search.similar.vectors import learn_vectors

# Raise it when the same texts give other vectors.
VERSION: Final = "1"
# Of fewer characters nothing is learnt that can be shown.
LEAST_CHARACTERS: Final = 200_000
# It is made anew when so much of it changed, or a day after anything did.
_ENOUGH: Final = 0.02
_BATCH: Final = 200


def learn_similar(least: int = LEAST_CHARACTERS) -> Thesaurus | None:
    """Learn from what the index holds and keep it; None where that is less than least characters.

    None, too, where another process is at it. The same texts give the same thesaurus.
    """
    folder = thesaurus_folder()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with hold_lock(folder / "learning.lock", wait_seconds=0):
            return _learn(least)
    except LockedError:
        return None


def is_learning_due(least: int = LEAST_CHARACTERS) -> bool:
    """Tell whether the corpus changed enough since the last time, or never was learnt from."""
    index = open_arrays()
    if index is None:
        return False
    texts, sizes = _list_texts(index)
    known = open_thesaurus()
    if sizes.sum() < least:
        # What was learnt of texts that are gone goes as well.
        return known is not None and len(known.names) > 0
    if known is None or known.stamp != _stamp():
        return True
    gone, come = ~np.isin(known.texts, texts), ~np.isin(texts, known.texts)
    changed = int(known.sizes[gone].sum() + sizes[come].sum())
    aged = known.day != timezone.localdate().isoformat()
    return changed > _ENOUGH * known.characters or bool(changed and aged)


def _learn(least: int) -> Thesaurus | None:
    index = open_arrays()
    if index is None:
        return None
    texts, sizes = _list_texts(index)
    enough = int(sizes.sum()) >= least
    run = read_units(_read_texts(texts.tolist()) if enough else [])
    thesaurus = Thesaurus(
        names=tuple(run.names),
        vectors=learn_vectors(run.numbers, len(run.names)) if run.names else np.zeros((0, 0)),
        counts=run.counts,
        texts=texts,
        sizes=sizes,
        stamp=_stamp(),
        day=timezone.localdate().isoformat(),
    )
    save_thesaurus(thesaurus)
    return thesaurus if enough else None


def _stamp() -> str:
    return f"{VERSION}/{dictionary_digest()}"


def _list_texts(index: ArrayIndex) -> tuple[Array, Array]:
    """Return the revisions that count, rising, and the characters of each."""
    live = index.segments
    ids = [one.segment.tables.columns["speech_revision"][one.alive] for one in live]
    sizes = [one.sizes[one.alive] for one in live]
    texts = np.concatenate([np.zeros(0, dtype=np.int64), *ids]).astype(np.int64)
    order = np.argsort(texts)
    held = np.concatenate([np.zeros(0, dtype=np.int64), *sizes]).astype(np.int64)
    return texts[order], held[order]


def _read_texts(revision_ids: Sequence[int]) -> Iterator[str]:
    for start in range(0, len(revision_ids), _BATCH):
        batch = revision_ids[start : start + _BATCH]
        rows = Revision.objects.filter(pk__in=batch).order_by("pk")
        yield from rows.values_list("text", flat=True)
