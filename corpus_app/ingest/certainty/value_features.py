"""What speaks for a value that was read from a head, and what against it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from corpus_app.ingest.certainty.contradictions import list_contradictions
from corpus_app.ingest.certainty.head_reading import HeadReading, fold
from corpus_app.ingest.certainty.logistic import find_odds
from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import DATES, Evidence
from corpus_app.ingest.labelling.labels import HEAD, Label
from corpus_app.ingest.metadata.labels import is_medium
from corpus_app.ingest.metadata.names import is_name, is_office, is_organisation
from corpus_app.ingest.metadata.title_lines import cut_site
from corpus_app.ingest.plausibility.titles import ends_as_document, find_title_fault
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import squeeze

# What is weighed; level, genre and place follow from these, and nobody measured them.
WEIGHED: Final = (
    "title",
    "subtitle",
    "delivered",
    "published",
    "updated",
    "speaker",
    "speaker_role",
    "organisation",
    "occasion",
    "source",
    "source_url",
)
_STATED: Final = {
    "title": ("title", "page_title"),
    "published": ("published",),
    "updated": ("updated",),
    "source": ("source",),
    "source_url": ("url",),
    "speaker": ("author",),
}
_YEAR: Final = re.compile(r"(?:19|20)\d\d(?=年)")
_SOUND: Final[Mapping[str, Callable[[str], bool]]] = {
    "speaker": is_name,
    "speaker_role": is_office,
    "organisation": is_organisation,
    "source": is_medium,
    "title": lambda title: find_title_fault(title) is None,
}
# A sign that grows without bound is divided by about its largest common value.
ODDS, MARGIN, FEW = 5.0, 10.0, 3.0
SHORT_TITLE: Final = 8
LONG_TITLE: Final = 40


def list_value_signs(
    name: str, found: Evidence, values: Mapping[str, str], reading: HeadReading
) -> dict[str, float]:
    """Return the signs of the named value; values are all that are stated, found its evidence."""
    places = reading.find_places(found)
    signs = {"bias": 1.0, f"field:{name}": 1.0, f"rule:{found.rule}": 1.0}
    signs |= dict(_tell_labels(name, places, found, reading))
    signs |= dict(_tell_second(name, values[name], reading))
    signs |= dict(_tell_statements(name, values[name], reading))
    signs |= dict(_tell_years(name, values))
    signs |= dict(list_contradictions(name, values, places, reading))
    signs |= dict(_tell_place(places, reading))
    if name == "title":
        signs |= dict(_tell_title(values[name], places, reading))
    signs |= dict(_tell_shape(name, values[name]))
    if places:
        own = reading.page.describe(places[0]) & _list_line_signs()
        signs |= dict.fromkeys((f"line:{sign}" for sign in own), 1.0)
        signs |= dict.fromkeys((f"line:{sign}:{name}" for sign in own), 1.0)
    return signs


@cache
def _list_line_signs() -> frozenset[str]:
    return frozenset(read_rules("doubt")["values"]["lines"])


@cache
def _load_mixed() -> re.Pattern[str]:
    return re.compile(read_rules("doubt")["values"]["mixed"])


def _tell_shape(name: str, value: str) -> Iterator[tuple[str, float]]:
    """Yield whether the value looks as its field's values do."""
    sound = _SOUND.get(name)
    if sound is not None:
        yield f"shape:{name}:{'sound' if sound(value) else 'odd'}", 1.0
    if name in DATES:
        yield f"precision:{len(value)}:{name}", 1.0
    else:
        mixed = float(_load_mixed().search(value) is not None)
        yield "shape:mixed", mixed
        yield f"shape:mixed:{name}", mixed
        yield f"size:{name}", math.log1p(len(squeeze(value))) / FEW


def _tell_labels(
    name: str, places: Sequence[int], found: Evidence, reading: HeadReading
) -> Iterator[tuple[str, float]]:
    """Yield how sure the labels of the value's lines are."""
    if found.probability is not None:
        odds = find_odds(found.probability) / ODDS
        yield "odds", odds
        yield f"odds:{name}", odds
        yield "unsure", float(found.probability < 0.9)
    else:
        yield "no-odds", 1.0
    if places:
        margin = min(reading.page.margins[n] for n in places)
        yield "margin", margin / MARGIN
        yield "close", float(margin < 2)
        yield "gone", float(any(reading.page.units[n].gone for n in places))
        yield "several-lines", float(len(places) > 1)


def _tell_second(name: str, value: str, reading: HeadReading) -> Iterator[tuple[str, float]]:
    """Yield whether the second reader has read the same, something else or nothing."""
    second = reading.second_values.get(name)
    told = "none" if not second else "same" if fold(second) == fold(value) else "other"
    yield f"second:{told}", 1.0
    yield f"second:{told}:{name}", 1.0


def _tell_statements(name: str, value: str, reading: HeadReading) -> Iterator[tuple[str, float]]:
    """Yield whether the format states the same, or something else."""
    own = fold(value)
    for one in reading.stated:
        if one.field not in _STATED.get(name, ()) or not own:
            continue
        other = fold(_read_statement(name, one.value))
        same = bool(other) and (own in other or other in own)
        yield f"{one.field}:{'same' if same else 'other'}", 1.0


def _tell_years(name: str, values: Mapping[str, str]) -> Iterator[tuple[str, float]]:
    """Yield whether the years of title and day agree, and whether the days follow each other."""
    if name not in ("delivered", "published"):
        return
    named = _YEAR.findall(values.get("title", "") + values.get("subtitle", ""))
    if named:
        agrees = any(values[name].startswith(year) for year in named)
        yield f"year:{'same' if agrees else 'other'}:{name}", 1.0
    spoken, told = values.get("delivered", ""), values.get("published", "")
    if spoken and told and len(spoken) == len(told):
        yield f"order:{'late' if spoken > told else 'sound'}", 1.0


def _tell_place(places: Sequence[int], reading: HeadReading) -> Iterator[tuple[str, float]]:
    """Yield how far from the title the value stands, and how sure the whole page was read."""
    page = reading.page
    if places and reading.title >= 0:
        above = places[0] < reading.title
        shown = range(*sorted((places[0], reading.title)))
        far = math.log1p(sum(not page.units[n].gone for n in shown)) / FEW
        yield ("above" if above else "below"), far
    head = [n for n, label in enumerate(page.labels) if label in HEAD and not page.units[n].gone]
    unsure = sum(1 - page.chances[n].get(page.labels[n], 0.0) for n in head)
    yield "page-unsure", math.log1p(unsure) / FEW
    apart = sum(page.labels[n] != reading.second_labels[n] for n in head)
    yield "page-disputed", math.log1p(apart) / FEW


def _tell_title(
    title: str, places: Sequence[int], reading: HeadReading
) -> Iterator[tuple[str, float]]:
    """Yield the shape of a title, and what stands above and below its lines."""
    yield "title:document", float(ends_as_document(title))
    yield "title:short", float(len(squeeze(title)) < SHORT_TITLE)
    yield "title:long", float(len(squeeze(title)) > LONG_TITLE)
    yield "title:joined", float(" " in title.strip())
    texts = [squeeze(unit.text) for unit in reading.page.units]
    yield "title:again", float(texts.count(squeeze(title)) > 1)
    if not places:
        return
    above, below = places[0] - 1, places[-1] + 1
    page = reading.page
    for side, place in (("above", above), ("below", below)):
        label = page.find_label(place)
        if label is not None:
            yield f"title:{side}:{label.name.lower()}", 1.0
            yield f"title:{side}:likely", page.chances[place].get(Label.TITLE, 0.0)


def _read_statement(name: str, words: str) -> str:
    """Return what a statement says for a field, as the field's values are written."""
    if name not in ("published", "updated"):
        return cut_site(words) if name == "title" else words
    date = find_date(words)
    return date.value if date else ""
