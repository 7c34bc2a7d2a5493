"""Two speeches side by side: every passage that they share, looked at in depth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from corpus_app.catalog.models import Speech
from search.reuse.labels import LABELS, LabelledPassages, label_passages
from search.reuse.located import LocatedReuse, locate_in_speech
from search.reuse.reading import mark_moved, read_passages
from search.reuse.refining import compare_pair
from search.reuse.result import ReusedPassage
from search.reuse.table import PassageTable


@dataclass(frozen=True)
class PairReuse:
    """What two speeches share, in the first one's order; located is of the first alone."""

    located: LocatedReuse
    passages: list[ReusedPassage]


def compare_speeches(speech: Speech, other: Speech) -> PairReuse | None:
    """Return the passages of two speeches, versions of one another too.

    None where the other one has no text that whoever asks may see in the index.
    """
    located = locate_in_speech(speech)
    number = None if located is None else located.corpus.find_text(other.pk)
    if located is None or number is None:
        return None
    theirs = located.corpus.read_content(number)
    pair = compare_pair(located.text.content, theirs)
    pair = pair.change(second_text=np.full(len(pair), number, dtype=np.int64))
    narrowed = replace(located, labelled=_label(located, pair, number))
    rows = narrowed.list_rows(LABELS)
    return PairReuse(narrowed, mark_moved(read_passages(narrowed, rows)))


def _label(located: LocatedReuse, pair: PassageTable, number: int) -> LabelledPassages:
    """Return the pair's passages labelled, older texts of others in sight for a common source."""
    table = located.found.passages
    others = table.take((table.second_text != number).nonzero()[0])
    joined = PassageTable.join([others, pair])
    labelled = label_passages(joined, located.found.formula, located.corpus, located.origin)
    rows = (labelled.passages.second_text == number).nonzero()[0]
    return LabelledPassages(
        labelled.passages.take(rows),
        tuple(labelled.labels[row] for row in rows.tolist()),
        labelled.own[rows],
        labelled.common[rows],
    )
