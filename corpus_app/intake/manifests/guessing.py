"""Which column of a table of speeches is what: by its head and by the look of its cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import fmean
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import EDITABLE, measure_limit
from corpus_app.ingest.draft import DATES
from corpus_app.ingest.metadata.labels import is_medium, weigh_field
from corpus_app.ingest.metadata.names import is_name, is_office, is_organisation, is_place
from corpus_app.ingest.plausibility.titles import ends_as_document
from corpus_app.ingest.tables.rows import TableRow
from corpus_app.ingest.tables.speech_rows import TEXT
from corpus_app.intake.manifests.columns import (
    find_column,
    fold_column_head,
    load_column_rules,
    name_column,
    read_object,
)
from corpus_app.intake.manifests.values import UnreadableCellError, is_unknown, read_cell, read_day

# What a column of a table of speeches can be, besides nothing.
ROLES: Final = (TEXT, *EDITABLE)
# Cells of a text are this long on average, and so many times as long as those of other columns.
TEXT_CHARS, TIMES = 80, 3
SAMPLED: Final = 200
# Of the cells under a head that is known, and under one that is not, so many look as they should.
FITTING, TELLING = 0.5, 0.8
# Fewer cells tell nothing by their look.
LEAST_CELLS: Final = 2
_LABELS: Final = {"role": "speaker_role", "url": "source_url", "time": "delivered"}
_LABELS_USED: Final = frozenset({*EDITABLE, *_LABELS})
_ADDRESS: Final = re.compile(r"https?://\S+|www\.\S+", re.I)
_AREA: Final = re.compile(
    r"[\u4e00-\u9fff]{1,12}(?:省|自治区|自治州|市|区|县|旗|镇|乡|街道|州|盟)(?:本级)?"
)
_MEETING: Final = re.compile(r".{2,}(?:会议|大会|全会|例会|[谈论讲报交培]\S?会|论坛|仪式|会)")
_YEAR: Final = re.compile(r"\s*\d{4}(?:\.0)?\s*")
_LONGEST_PERSON: Final = 30
_LONGEST_HEAD: Final = 24


@dataclass(frozen=True)
class ColumnGuess:
    """What a column is or may be ("" for nothing), and why that is in doubt, "" where it is not."""

    role: str
    doubt: str = ""


def guess_columns(heads: Sequence[str], rows: Sequence[TableRow]) -> dict[str, ColumnGuess]:
    """Return what each column is, by head, as far as heads and cells tell.

    No two are the same: one whose head is known and whose cells look so goes before one whose
    cells alone tell. Where the cells belie the head the column is nothing, and the doubt says so.
    """
    columns = {head: _sample(number, rows) for number, head in enumerate(heads)}
    found = _guess_text(columns)
    named = {head: role for head in heads if head not in found and (role := _find_field(head))}
    for head, role in named.items():
        role = _weigh_publisher(head, role, columns[head])
        if role not in _list_taken(found) and _measure_fit(role, columns[head]) >= FITTING:
            found[head] = ColumnGuess(role)
    known = {head for head in heads if find_column(head) and head not in named}
    left = {
        head: cells for head, cells in columns.items() if head not in found and head not in known
    }
    found |= dict(_guess_by_look(left, _list_taken(found)))
    for head, role in named.items():
        if head not in found and role not in _list_taken(found):
            doubt = _("列名像是“%(name)s”，内容却不像") % {"name": name_column(role)}
            found[head] = ColumnGuess("", doubt)
    return found


def find_role(head: str) -> str:
    """Return what a head names in a table of speeches, "" for nothing.

    >>> find_role("讲话题目"), find_role("何时"), find_role("讲话实录"), find_role("页数")
    ('title', 'delivered', 'text', '')
    """
    if _is_text_head(head):
        return TEXT
    return _find_field(head)


def list_text_heads() -> list[str]:
    """Return the heads of a column with the words of speeches, the surest first."""
    words: list[str] = load_column_rules()["speeches"]["text"]
    return words


def _find_field(head: str) -> str:
    """Return the field that a head names: by the list, as a label, or by what it is made of."""
    listed = find_column(head)
    if listed:
        return listed if listed in EDITABLE else ""
    forms, patterns = _list_forms(head), _load_patterns()
    labels = [label for form in forms if (label := weigh_field(form, "")) in _LABELS_USED]
    if labels:
        return _LABELS.get(labels[0], labels[0])
    named = (name for name in EDITABLE for form in forms if patterns[name].fullmatch(form))
    return next(named, "")


def _is_text_head(head: str) -> bool:
    texts, pattern = [*map(fold_column_head, list_text_heads())], _load_patterns()[TEXT]
    return any(form in texts or pattern.fullmatch(form) for form in _list_forms(head))


def _list_forms(head: str) -> list[str]:
    """Return a head as it is compared, then the same without what is explained in brackets.

    None of a sentence.
    """
    if len(head) > _LONGEST_HEAD:
        return []
    whole = fold_column_head(head.replace("(", "（"))
    return list(dict.fromkeys([whole, whole.partition("（")[0].partition("(")[0]]))


@cache
def _load_patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(words) for name, words in load_column_rules()["heads"].items()}


def _sample(number: int, rows: Sequence[TableRow]) -> list[str]:
    """Return the words of a column's first cells, of those that say anything."""
    cells = (row.cells[number].strip() for row in rows[:SAMPLED] if number < len(row.cells))
    return [cell for cell in cells if not is_unknown(cell)]


def _list_taken(found: Mapping[str, ColumnGuess]) -> set[str]:
    return {guess.role for guess in found.values()}


def _guess_text(columns: Mapping[str, list[str]]) -> dict[str, ColumnGuess]:
    """Return the column with the words: by its head, or as the longest by far."""
    lengths = {head: fmean(map(len, cells or [""])) for head, cells in columns.items()}
    longest = max(lengths, key=lambda head: lengths[head], default="")
    others = [length for head, length in lengths.items() if head != longest]
    by_far = lengths.get(longest, 0) >= max(TEXT_CHARS, TIMES * max(others, default=0))
    texts = [fold_column_head(word) for word in list_text_heads()]
    named = [head for head in columns if _is_text_head(head)]
    if named:
        keys = {head: fold_column_head(head) for head in named}
        rank = {h: texts.index(key) if key in texts else len(texts) for h, key in keys.items()}
        most = max(TEXT_CHARS, *(lengths[head] for head in named))
        best = min(named, key=lambda head: (lengths[head] * TIMES < most, rank[head]))
        if best == longest or not by_far:
            return {best: ColumnGuess(TEXT)}
        doubt = _("“%(head)s”一列的字少得多") % {"head": best}
        return {longest: ColumnGuess(TEXT, doubt)}
    doubt = _("列名不认识，因字数最多，推测为正文")
    return {longest: ColumnGuess(TEXT, doubt)} if by_far else {}


def _weigh_publisher(head: str, role: str, cells: Sequence[str]) -> str:
    """Return source for a column of who publishes (发布单位) where its cells name media."""
    first = cells[0] if cells else ""
    media = weigh_field(fold_column_head(head), first) == "source"
    return "source" if media and role == "organisation" else role


def _measure_fit(role: str, cells: Sequence[str]) -> float:
    """Return the share of cells, 0 to 1, that look as the role asks; 1 where there are none."""
    fits = _FITS.get(role)
    limit = measure_limit(role)
    return fmean([fits(cell) if fits else len(cell) <= limit for cell in cells] or [1.0])


def _guess_by_look(
    columns: Mapping[str, list[str]], taken: set[str]
) -> Iterator[tuple[str, ColumnGuess]]:
    """Yield the columns of unknown heads of which one alone looks like a role still free."""
    left = {head: cells for head, cells in columns.items() if len(cells) >= LEAST_CELLS}
    for role, looks in _LOOKS.items():
        if role in taken:
            continue
        alike = [
            head for head, cells in left.items() if fmean([looks(c) for c in cells]) >= TELLING
        ]
        if len(alike) == 1:
            doubt = _("列名不认识，按内容推测为“%(name)s”") % {"name": name_column(role)}
            yield alike[0], ColumnGuess(role, doubt)
        for head in alike:
            del left[head]


def _is_day(cell: str) -> bool:
    if read_object(cell) is not None:
        return True
    try:
        return bool(read_day(cell))
    except UnreadableCellError:
        return False


def _is_code(role: str) -> Callable[[str], bool]:
    def fits(cell: str) -> bool:
        try:
            return bool(read_cell(role, cell))
        except UnreadableCellError:
            return False

    return fits


def _is_address(cell: str) -> bool:
    return _ADDRESS.fullmatch(cell) is not None


def _is_area(cell: str) -> bool:
    return _AREA.fullmatch(cell) is not None or is_place(cell)


# How cells look under a head that is known; of other fields it is asked whether they hold them.
_FITS: Final[dict[str, Callable[[str], bool]]] = {
    **dict.fromkeys(DATES, _is_day),
    "source_url": _is_address,
    "place": _is_area,
    "level": _is_code("level"),
    "genre": _is_code("genre"),
    "speaker": lambda cell: (
        len(cell) <= _LONGEST_PERSON
        and not ends_as_document(cell)
        and (is_name(cell) or not is_office(cell))
    ),
    "speaker_role": lambda cell: is_office(cell) or not is_name(cell),
    "occasion": lambda cell: not ends_as_document(cell),
}
# How cells look of which the head says nothing, what is told most surely first.
_LOOKS: Final[dict[str, Callable[[str], bool]]] = {
    "source_url": _is_address,
    "delivered": lambda cell: _is_day(cell) and not _YEAR.fullmatch(cell),
    "level": _is_code("level"),
    "genre": _is_code("genre"),
    "speaker": is_name,
    "title": lambda cell: len(cell) > 4 and ends_as_document(cell.strip("《》")),
    "source": is_medium,
    "speaker_role": is_office,
    "organisation": is_organisation,
    "occasion": lambda cell: (
        len(cell) <= measure_limit("occasion") and bool(_MEETING.fullmatch(cell))
    ),
    "place": _is_area,
}
