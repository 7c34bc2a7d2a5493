"""A row of a table gives the head of its speech: then its cell of words is body.

Lines at its edges that only say what the row gives are the head again, and what stands between
them; so are lines of labels. All else is the speech's, however short it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from corpus_app.ingest.certainty.head_reading import fold
from corpus_app.ingest.certainty.probabilities import take_back
from corpus_app.ingest.dates import DATE, find_date, read_match
from corpus_app.ingest.draft import DATES, Metadata, Notice, Removed
from corpus_app.ingest.formats.extracted import TABLE_RULE, Statement
from corpus_app.ingest.metadata.label_cells import is_bare_label, starts_with_label
from corpus_app.ingest.metadata.labels import read_labels
from corpus_app.ingest.metadata.reader import ReadHead
from corpus_app.ingest.metadata.statements import apply_statements
from corpus_app.ingest.metadata.witness import read_values
from corpus_app.ingest.noise.page import PageLine, split_lines
from corpus_app.ingest.plausibility.titles import ends_as_document

# Fields by the name under which a format states them, where that is another.
_FIELDS: Final = {"role": "speaker_role", "url": "source_url"}
# A head or a signature has no more lines.
_MOST_LINES: Final = 12
_TITLE_LINES: Final = 4
_SIGNS: Final = re.compile(r"[\W_]+")
_OTHER_HEAD: Final = "正文开头的“{words}”像是题头，与表中所给不同，已按正文收入，请核对。"


def keep_given(
    raw: str, head: ReadHead, marks: Sequence[Removed], stated: Sequence[Statement]
) -> ReadHead:
    """Return the head of a table's row: its cells say what they are stated for, and no more.

    Where they give the title nothing is read from the words; a head in these that says otherwise
    is told. marks are those of the other cells; without such the head stays as it is.
    """
    start = max((mark.end for mark in marks if mark.rule == TABLE_RULE), default=0)
    if not start:
        return head
    given = {_FIELDS.get(one.field, one.field): one.value for one in stated}
    spans, said = head.spans, list[str]()
    _take_back_misread(head.meta, start, given)
    if "title" in given:
        lines = [line for line in split_lines(raw) if line.start >= start and line.text.strip()]
        kept = _choose_lines(lines, head.spans, given)
        said = _take_back_read(head.meta, start, given, kept)
        spans = list(_judge_spans(head, kept))
        left = [span for span in head.spans if span.kind == "unread" and span not in spans]
        said += [span.text for span in left if ends_as_document(span.text)]
    apply_statements(head.meta, stated)
    notices = tuple(Notice("table_head", _OTHER_HEAD.format(words=words)) for words in said[:1])
    signs = {name: one for name, one in head.signs.items() if name in head.meta.evidence}
    return replace(head, spans=spans, signs=signs, notices=notices)


def _choose_lines(
    lines: Sequence[PageLine], spans: Sequence[Removed], given: Mapping[str, str]
) -> dict[int, tuple[PageLine, str]]:
    """Return the lines of head and signature by their starts, each with its kind of span."""
    chosen = _walk(lines[:_MOST_LINES], spans, given)
    rest = lines[len(chosen) :][-_MOST_LINES:]
    chosen += _walk(rest[::-1], spans, given)
    return {line.start: (line, kind) for line, kind in chosen}


def _walk(
    lines: Sequence[PageLine], spans: Sequence[Removed], given: Mapping[str, str]
) -> list[tuple[PageLine, str]]:
    """Return the lines from an edge of the words up to the last one that the row gives."""
    found: list[tuple[PageLine, str]] = []
    settled = at = 0
    while at < len(lines):
        titled = _count_title_lines(lines[at:], given)
        read = {s.kind for s in spans if s.start < lines[at].end and lines[at].start < s.end}
        if titled:
            found += [(line, "title") for line in lines[at : at + titled]]
        elif _says_given(lines[at].text, given):
            found.append((lines[at], "metadata"))
        elif not read:
            break
        else:
            found.append((lines[at], ""))
        given_here = bool(found[-1][1])
        labelled = read == {"metadata"} and bool(read_labels(lines[at].text))
        at += max(titled, 1)
        if given_here or labelled or (settled and read == {"metadata"}):
            settled = len(found)
    return found[:settled]


def _count_title_lines(lines: Sequence[PageLine], given: Mapping[str, str]) -> int:
    """Return over how many lines the title stands, or title and subtitle; 0 where it is not."""
    titles = {fold(given.get(name, "")) for name in ("title", "subtitle")} - {""}
    for count in range(1, min(_TITLE_LINES, len(lines)) + 1):
        for ordered in (lines[:count], lines[:count][::-1]):
            if fold("".join(line.text for line in ordered)) in titles:
                return count
    return 0


def _says_given(text: str, given: Mapping[str, str]) -> bool:
    """Return whether a line says nothing but values of the row, with or without their labels."""
    days = _list_days(given)
    words = DATE.sub(
        lambda found: "" if (day := read_match(found)) and _is_of(day.value, days) else found[0],
        text,
    )
    taken = words != text
    for value in sorted(map(fold, given.values()), key=len, reverse=True):
        taken |= len(value) > 1 and value in fold(words)
        words = fold(words).replace(value, "") if len(value) > 1 else words
    left = filter(None, _SIGNS.split(words))
    return taken and all(is_bare_label(one) or starts_with_label(f"{one}：") for one in left)


def _judge_spans(head: ReadHead, kept: Mapping[int, tuple[PageLine, str]]) -> Iterator[Removed]:
    """Yield the spans of the lines that are kept; those that the row gives, whole.

    A line that bears no value any more is unread.
    """
    bearing = {found.start for found in head.meta.evidence.values()}
    for line, kind in kept.values():
        if kind:
            yield Removed(kind, line.text, line.start, line.end, TABLE_RULE)
            continue
        bears = any(line.start <= place < line.end for place in bearing if place is not None)
        for span in head.spans:
            if line.start <= span.start < line.end:
                yield span if bears else replace(span, kind="unread")


def _take_back_misread(meta: Metadata, start: int, given: Mapping[str, str]) -> None:
    """Leave unsaid what was read from the other cells (before start) for another field."""
    values = read_values(meta)
    for name, found in [*meta.evidence.items()]:
        cell = found.start < start if found.start is not None else found.rule == TABLE_RULE
        if cell and not _is_given(name, values.get(name, ""), given):
            take_back(meta, name)


def _take_back_read(
    meta: Metadata, start: int, given: Mapping[str, str], kept: Mapping[int, tuple[PageLine, str]]
) -> list[str]:
    """Leave unsaid what was read from the words; return the words that say otherwise.

    What kept lines say of fields that the row does not give stays.
    """
    values = read_values(meta)
    said: list[str] = []
    for name, found in [*meta.evidence.items()]:
        place = found.start
        if place is None or place < start:
            continue
        lines = (line for line, kind in kept.values() if not kind)
        if name not in given and any(line.start <= place < line.end for line in lines):
            continue
        if name in given and not _is_given(name, values.get(name, ""), given):
            said.append(found.text)
        take_back(meta, name)
    return said


def _is_given(name: str, value: str, given: Mapping[str, str]) -> bool:
    if name in DATES:
        return name in given and _is_of(value, _list_days({name: given[name]}))
    return name in given and fold(given[name]) in fold(value)


def _list_days(given: Mapping[str, str]) -> list[str]:
    found = (find_date(value) for name, value in given.items() if name in DATES)
    return [day.value for day in found if day is not None]


def _is_of(day: str, days: Sequence[str]) -> bool:
    return any(one.startswith(day) or day.startswith(one) for one in days)
