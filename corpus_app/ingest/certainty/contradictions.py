"""What else on a page says another thing than a value does."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from corpus_app.ingest.certainty.head_reading import HeadReading, fold
from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import DATES
from corpus_app.ingest.labelling.labels import Label
from corpus_app.ingest.metadata.persons import tell_person
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze

FEW: Final = 3.0
# The labels of lines that bear such a value.
_LABELS: Final[Mapping[str, frozenset[Label]]] = {
    "title": frozenset({Label.TITLE}),
    "subtitle": frozenset({Label.SUBTITLE}),
    "delivered": frozenset({Label.DATE, Label.SUBTITLE, Label.SIGNATURE}),
    "published": frozenset({Label.DATE, Label.LABELLED}),
    "speaker": frozenset({Label.SPEAKER, Label.SIGNATURE, Label.SUBTITLE}),
    "speaker_role": frozenset({Label.SPEAKER, Label.SIGNATURE, Label.SUBTITLE}),
    "organisation": frozenset({Label.ORGANISATION}),
}


@cache
def _load_pattern(name: str) -> re.Pattern[str]:
    """Return a pattern of rules/doubt.toml [values]."""
    return re.compile(read_rules("doubt")["values"][name])


def list_contradictions(
    name: str, values: Mapping[str, str], places: Sequence[int], reading: HeadReading
) -> Iterator[tuple[str, float]]:
    """Yield as signs how much of the page speaks against the named value."""
    page, labels = reading.page, _LABELS.get(name, frozenset())
    own = fold(values[name])
    rivals = 0.0
    for place, words in reading.folded:
        chances = page.chances[place]
        if labels and words not in own and own not in words:
            rivals += max([chances.get(label, 0.0) for label in labels])
    yield "rivals", math.log1p(rivals) / FEW
    yield f"rivals:{name}", math.log1p(rivals) / FEW
    lines = [page.units[n].text for n, label in enumerate(page.labels) if label in labels]
    others = sum(_differs(name, line, values) for line in lines)
    yield "contradicted", float(others > 0)
    yield f"contradicted:{name}", math.log1p(others) / FEW
    yield from _tell_places(values[name], places, reading)


def _differs(name: str, line: str, values: Mapping[str, str]) -> bool:
    """Say whether a line that may bear such a value bears another one."""
    if name in ("delivered", "published"):
        date = find_date(line)
        told = {values.get(one, "") for one in DATES}
        return date is not None and not any(one.startswith(date.value) for one in told)
    if name in ("speaker", "speaker_role"):
        other = tell_person(line).get(name)
        return other is not None and fold(other) != fold(values[name])
    known = [fold(values[one]) for one in ("title", "subtitle", "organisation") if one in values]
    return not any(fold(line) in one or one in fold(line) for one in known)


def _tell_places(
    value: str, places: Sequence[int], reading: HeadReading
) -> Iterator[tuple[str, float]]:
    """Yield whether the place that a value names is named by any other line of the page."""
    named = [
        place
        for place in _load_pattern("place").findall(value)
        if not _load_pattern("common").search(place)
    ]
    units = reading.page.units
    if named and places:
        elsewhere = _join(unit.text for n, unit in enumerate(units) if n not in places)
        yield "place:alone", float(not any(place in elsewhere for place in named))


def _join(texts: Iterable[str]) -> str:
    return "\n".join(map(squeeze, texts))
