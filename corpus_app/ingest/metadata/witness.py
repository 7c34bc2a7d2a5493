"""What the values of the metadata were read from: the lines of raw, noted as they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import attrgetter

from corpus_app.ingest.draft import Evidence, Metadata
from corpus_app.ingest.labelling.units import Unit

# Named as a speech's fields are; dates and source by their own names.
FIELDS = (
    "title",
    "subtitle",
    "speaker",
    "speaker_role",
    "organisation",
    "occasion",
    "place",
    "level",
    "genre",
)


_READ = [
    *((name, attrgetter(name)) for name in FIELDS),
    ("source", attrgetter("source_name")),
    ("source_url", attrgetter("source_url")),
]


def read_values(meta: Metadata) -> dict[str, str]:
    """Return what is known, by field name: dates as delivered, published, updated."""
    values = {name: value for name, read in _READ if (value := read(meta))}
    for name, date in meta.dates.items():
        if date.value:
            values[name] = date.value
    return values


@contextmanager
def witness(
    meta: Metadata, lines: Sequence[Unit], rule: str, probability: float | None = None
) -> Iterator[None]:
    """Note for every value that is set inside that it was read from these lines of raw."""
    before = read_values(meta)
    yield
    note_values(meta, before, lines, rule, probability)


def note_values(
    meta: Metadata,
    before: Mapping[str, str],
    lines: Sequence[Unit],
    rule: str,
    probability: float | None = None,
) -> bool:
    """Note for every value that is another than before which lines bore it; say whether any is."""
    values = read_values(meta)
    if values == before:
        return False
    for name, value in values.items():
        if lines and before.get(name) != value:
            bearing = choose_lines(lines, value)
            words = " ".join(line.text for line in bearing)
            start, end = bearing[0].start, bearing[-1].end
            meta.evidence[name] = Evidence(start, end, words, rule, probability)
    return True


def choose_lines(lines: Sequence[Unit], value: str) -> Sequence[Unit]:
    """Return the one line that holds the value, white space aside; all where none does."""
    bare = "".join(value.split())
    holding = [line for line in lines if bare in "".join(line.text.split())]
    return holding[:1] or lines
