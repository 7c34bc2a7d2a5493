"""A text's reuse as numbers: which passages there are, before any other text is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.versions import map_versions
from search.arrays.seeds import LEAST_RUN
from search.arrays.store import ArrayIndex
from search.arrays.tables import Array, Mask
from search.index.access import open_index
from search.presentation.coverage import measure_corpus
from search.result import Coverage
from search.reuse.content_text import ContentText
from search.reuse.corpus import ReuseCorpus
from search.reuse.finding import FoundPassages, find_in_corpus, list_stretches
from search.reuse.labels import (
    LABELS,
    TOLD,
    Label,
    LabelledPassages,
    TextOrigin,
    label_passages,
)
from search.reuse.result import FormulaStretch
from search.reuse.sources import open_corpus

# Of a draft and of a text of the corpus so much must be the same for them to be one speech.
_SAME_SPEECH: Final = 0.6
_NO_DAYS: Final = (0, 0)


@dataclass(frozen=True)
class LocatedReuse:
    """What a text shares with the corpus; own are the numbers of its own versions there."""

    text: ContentText
    corpus: ReuseCorpus
    found: FoundPassages
    labelled: LabelledPassages
    origin: TextOrigin
    own: tuple[int, ...]
    searched: Coverage
    stale: bool

    def count_labels(self) -> dict[Label, int]:
        """Return how many passages bear each label; of formulas how many stretches there are."""
        counts: dict[Label, int] = {label: self.labelled.labels.count(label) for label in TOLD}
        return counts | {"formula": len(list(list_stretches(self.formula, LEAST_RUN)))}

    def list_rows(self, labels: Sequence[str] = TOLD) -> Array:
        """Return the passages of some labels in reading order, all but formulas by default."""
        told = [label in labels for label in self.labelled.labels]
        return np.array(told, dtype=np.bool_).nonzero()[0]

    def mark_label(self, label: Label) -> Mask:
        """Return which of the compared characters stand in a passage of a label, in no formula."""
        marks = np.zeros(len(self.text) + 1, dtype=np.int64)
        rows = self.list_rows([label])
        np.add.at(marks, self.labelled.passages.first_start[rows], 1)
        np.subtract.at(marks, self.labelled.passages.first_end[rows], 1)
        covered: Mask = np.cumsum(marks)[:-1] > 0
        return covered & ~self.found.formula

    @cached_property
    def formula(self) -> Mask:
        """Return which characters are formula, with those passages that are little else."""
        marks = self.mark_label("formula")
        for label in TOLD:
            marks &= ~self.mark_label(label)
        return self.found.formula | marks

    @cached_property
    def shares(self) -> dict[Label, float]:
        """Return the share of the compared characters of each label, 0 to 1, none counted twice.

        What a formula covers counts for it alone, then the labels in their order.
        """
        taken = self.formula.copy()
        sizes: dict[Label, float] = {"formula": float(taken.sum())}
        for label in TOLD:
            marks = self.mark_label(label) & ~taken
            sizes[label] = float(marks.sum())
            taken |= marks
        return {label: sizes[label] / max(1, len(self.text)) for label in LABELS}

    def list_formulas(self) -> Iterator[FormulaStretch]:
        """Yield the formulas of the text that are long enough to be told."""
        for first, last in list_stretches(self.formula, LEAST_RUN):
            start, end = self.text.find_span(first, last)
            yield FormulaStretch(start, end, self.text.text[start:end])


def locate_in_speech(speech: Speech) -> LocatedReuse | None:
    """Return what a speech shares with the others that whoever asks may see.

    The text compared is that of the index; None where the speech has none at all. A draft is
    compared as it stands now.
    """
    index, stale = open_index()
    corpus = open_corpus(index)
    number = corpus.find_text(speech.pk)
    pk = speech.current_id if number is None else int(corpus.revision_ids[number])
    if pk is None:
        return None
    text = Revision.objects.values_list("text", flat=True).get(pk=pk)
    if number is not None:
        return _locate(ContentText(text), index, corpus, (number,), corpus.get_days(number), stale)
    first = map_versions().get(speech.pk, speech.pk)
    own = tuple((corpus.versions == first).nonzero()[0].tolist())
    return _locate(ContentText(text), index, corpus, own, _NO_DAYS, stale)


def locate_in_draft(text: str) -> LocatedReuse:
    """Return what somebody's own text shares with the corpus.

    A text that is for the most part the same is held to be an earlier version of it and left out.
    """
    index, stale = open_index()
    corpus = open_corpus(index)
    content = ContentText(text)
    first = _locate(content, index, corpus, (), _NO_DAYS, stale)
    own = tuple(_find_versions(first))
    return _locate(content, index, corpus, own, _NO_DAYS, stale) if own else first


def _locate(
    text: ContentText,
    index: ArrayIndex,
    corpus: ReuseCorpus,
    own: tuple[int, ...],
    days: tuple[int, int],
    stale: bool,
) -> LocatedReuse:
    found = find_in_corpus(text.content, corpus, own)
    origin = TextOrigin(days, corpus.sources[np.array(own, dtype=np.int64)])
    labelled = label_passages(found.passages, found.formula, corpus, origin)
    searched = measure_corpus(index)
    return LocatedReuse(text, corpus, found, labelled, origin, own, searched, stale)


def _find_versions(located: LocatedReuse) -> Iterator[int]:
    """Yield the texts of which most is in the draft, and most of the draft in them."""
    table = located.found.passages
    sizes = table.first_end - table.first_start, table.second_end - table.second_start
    totals = [np.bincount(table.second_text, weights=size) for size in sizes]
    least = _SAME_SPEECH * len(located.text)
    for number in (totals[0] >= least).nonzero()[0].tolist() if len(table) else ():
        if totals[1][number] >= _SAME_SPEECH * len(located.corpus.read_content(number)):
            yield number
