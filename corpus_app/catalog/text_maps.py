"""Where the characters of one state of a speech's text stand in another state of it."""

from __future__ import annotations

from collections.abc import Iterable

from corpus_app.catalog.models import Revision
from corpus_app.ingest.draft import Draft, Removed
from corpus_app.ingest.spans import trace_text
from corpus_app.text.alignment import map_texts
from corpus_app.text.text_map import TextMap

State = Revision | Draft


def map_states(old: State, new: State) -> TextMap:
    """Return the map of the old state's text to the new one's.

    It is exact where both were made of one raw text; else the texts are aligned.
    """
    if old.text == new.text:
        return TextMap.of_same(len(old.text))
    if old.raw == new.raw:
        try:
            return map_text(old).then(map_text(new).inverse)
        except ValueError:
            # One of them does not follow from its raw text, which check_corpus reports.
            pass
    return map_texts(old.text, new.text)


def map_text(state: State) -> TextMap:
    """Return the map of the state's text to its raw text; raises ValueError where there is none."""
    return trace_text(state.raw, _read_removed(state), state.text)


def _read_removed(state: State) -> Iterable[Removed]:
    if isinstance(state, Draft):
        return state.removed
    return (Removed(s["kind"], s["text"], s["start"], s["end"]) for s in state.removed)
