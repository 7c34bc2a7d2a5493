"""Each value with its probability; one that is probably wrong is not stated."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from corpus_app.ingest.certainty.head_reading import HeadReading
from corpus_app.ingest.certainty.logistic import Signs, load_doubt_model
from corpus_app.ingest.certainty.text_features import (
    find_doubted_line,
    list_kept,
    list_text_signs,
)
from corpus_app.ingest.certainty.value_features import WEIGHED, list_value_signs
from corpus_app.ingest.draft import DATES, Draft, Evidence, Metadata
from corpus_app.ingest.metadata.tracing import FindRaw
from corpus_app.ingest.metadata.witness import read_values

# Said by a person who taught how the site's pages look; nobody has measured it.
TAUGHT: Final = "profile"


def list_signs(
    meta: Metadata, reading: HeadReading, known: Collection[str] = ()
) -> dict[str, Signs]:
    """Return by field the signs of each value that is weighed, those of known fields left out."""
    values = read_values(meta)
    return {
        name: list_value_signs(name, found, values, reading)
        for name, found in meta.evidence.items()
        if name in WEIGHED and name in values and name not in known
    }


def find_doubtful(signs: Mapping[str, Signs]) -> list[str]:
    """Return the fields whose values are less probable than a value must be to be stated."""
    model = load_doubt_model()
    least = model.least
    return [n for n, own in signs.items() if model.values.estimate(own) < least.get(n, 0.0)]


def take_back(meta: Metadata, name: str) -> None:
    """Leave the named value unsaid."""
    del meta.evidence[name]
    if name in DATES:
        del meta.dates[name]
    else:
        setattr(meta, {"source": "source_name"}.get(name, name), None)


def weigh_values(meta: Metadata, signs: Mapping[str, Signs]) -> None:
    """Set the probability of each value that has signs, none of every other.

    A title that we made up is none the file bears: the model knows only such, and how good a
    made-up one is was not measured.
    """
    model = load_doubt_model().values
    for name, found in meta.evidence.items():
        made_up = name == "title" and meta.title_inferred
        weighed = name in signs and found.rule != TAUGHT and not made_up
        probability = round(model.estimate(signs[name]), 3) if weighed else None
        meta.evidence[name] = replace(found, probability=probability)


def weigh_text(draft: Draft, reading: HeadReading, find_raw: FindRaw) -> Signs:
    """Note with the draft how likely its text is right, and its least likely line.

    Returns the signs that tell so.
    """
    kept = list_kept(draft.removed, reading)
    signs = list_text_signs(draft, reading, kept)
    probability = round(load_doubt_model().text.estimate(signs), 3)
    span = find_doubted_line(draft, reading, kept)
    words = draft.text[slice(*span)]
    draft.text_evidence = Evidence(*find_raw(*span), words, "text", probability)
    return signs
