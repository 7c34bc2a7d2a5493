"""What one corrected value says about all pages of its site: where on a page it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import DATES
from corpus_app.ingest.profiled import find_values
from corpus_app.ingest.site import (
    EdgeLine,
    ProfileValue,
    SiteEvidence,
    SiteProfile,
    list_edges,
)
from corpus_app.text.chars import squeeze

# A line so far from a value may still tell where it stands.
REACH: Final = 6
_LABEL: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,8}\s*[:：]\s*$")
_LEADING: Final = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,8}\s*[:：]")
_SHORT: Final = 120


def learn_value(
    raw: str, name: str, value: str, evidence: SiteEvidence, start: int | None = None
) -> ProfileValue | None:
    """Return where pages of the site bear a field, given its right value on one of them.

    start is where in raw a person selected it; else the one line that bears it is looked for.
    None where no line does, several do, or reading by it would give something else.
    """
    lines = list_edges(raw)
    at = _find_typed(name, value, lines) if start is None else start
    if at is None:
        return None
    index = next((n for n, line in enumerate(lines) if line.start <= at < line.end), None)
    if index is None:
        return None
    for place in _list_places(name, raw, lines, index, at, evidence):
        found = list(find_values(raw, SiteProfile(0, (place,))))
        if found and squeeze(found[0].value) == squeeze(value):
            return place
    return None


def _find_typed(name: str, value: str, lines: Sequence[EdgeLine]) -> int | None:
    """Return where the one line that bears a typed value has it; None for none or several."""
    found = []
    for line in lines:
        if len(line.text) > _SHORT:
            continue
        if name in DATES:
            date = find_date(line.text)
            at = 0 if date and date.value == value else -1
        else:
            at = line.text.find(value)
        if at >= 0:
            found.append(line.start + at)
    return found[0] if len(found) == 1 else None


def _list_places(
    name: str,
    raw: str,
    lines: Sequence[EdgeLine],
    index: int,
    start: int,
    evidence: SiteEvidence,
) -> Iterator[ProfileValue]:
    """Yield the ways to say where the value stands, the surest first."""
    line = lines[index]
    before = raw[line.start : start] if start > line.start else ""
    label = _LABEL.search(before) or (name in DATES and _LEADING.match(line.text))
    if label:
        yield ProfileValue(name, "label", squeeze(label.group()))
    if index and not before.strip() and _LABEL.fullmatch(lines[index - 1].text):
        yield ProfileValue(name, "label", squeeze(lines[index - 1].text))
    for step in range(1, REACH + 1):
        if index >= step and evidence.is_repeated(lines[index - step].text):
            yield ProfileValue(name, "below", squeeze(lines[index - step].text), step)
    for step in range(1, REACH + 1):
        if index + step < len(lines) and evidence.is_repeated(lines[index + step].text):
            yield ProfileValue(name, "above", squeeze(lines[index + step].text), step)
