"""The characters that a query matched at each place: its forms."""

from __future__ import annotations

import numpy as np

from corpus_app.text.chars import write_text
from corpus_app.text.folding import fold_codes
from search.arrays.steps import find_steps
from search.arrays.tables import Array
from search.query.nodes import Prefix, walk_leaves
from search.study.opening import Study
from search.study.places import Places


def list_forms(study: Study) -> list[str]:
    """Return the form of each of the study's places: its characters, folded."""
    places = study.places
    ends = _find_ends(study, places)
    rows = zip(places.segments.tolist(), places.starts.tolist(), ends.tolist(), strict=True)
    segments = [live.segment for live in study.index.segments]
    return [write_text(segments[at].codes[start:end]) for at, start, end in rows]


def keep_form(study: Study, form: str) -> Places:
    """Return those of the study's places that have a form."""
    places, wanted = study.places, fold_codes(form)
    ends = _find_ends(study, places)
    kept = ends - places.starts == len(wanted)
    for at, live in enumerate(study.index.segments):
        rows = np.flatnonzero(kept & (places.segments == at))
        around = places.starts[rows, np.newaxis] + np.arange(len(wanted))
        kept[rows] = (live.segment.codes[around] == wanted).all(axis=1)
    return places.take(np.flatnonzero(kept))


def _find_ends(study: Study, places: Places) -> Array:
    """Return where the forms end: with the places, those of a prefix with the word around it.

    Where a query asks for prefixes and for other things, every place is completed.
    """
    leaves = walk_leaves(study.selection.node, positive_only=True)
    ends = places.ends.copy()
    if not any(isinstance(leaf, Prefix) for leaf in leaves):
        return ends
    for at, live in enumerate(study.index.segments):
        rows = np.flatnonzero(places.segments == at)
        steps, starts = find_steps(live.segment, places.ends[rows] - 1)
        word_ends = starts + live.segment.words.sizes[live.segment.words.numbers[steps]]
        ends[rows] = np.maximum(ends[rows], np.minimum(word_ends, places.highs[rows]))
    return ends
