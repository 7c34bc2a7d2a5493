"""Records of programs, JSON or a row of CSV: words in one value, what is said of them in others."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from corpus_app.ingest.decode import Decoded
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.formats.extracted import Extracted, Statement
from corpus_app.ingest.formats.web import extract_page
from corpus_app.ingest.metadata.keys import find_key_field

# Keys whose field a record means by another name than a line does.
_MEANT: Final = {"time": "published", "other": ""}
# Keys that name a body, and those under which a paragraph's words stand in an object of its own.
_BODY: Final = re.compile(
    r"(?:content|body|text|fulltext|article|paragraphs?|html|正文|内容|全文|段落|文本)$"
)
_PARAGRAPH: Final = re.compile(
    r"^(?:text|content|p|para|paragraph|value|html|正文|内容|段落|文本)$"
)
_ENDED: Final = re.compile(r"[。！？!?；;：:][”’」』）)]*(?:\s|</?\w[^<>]{0,200}>)*$")
_MARKUP: Final = re.compile(r"<(?:p|div|br|span|section|table|h\d)\b", re.I)
# Keys of our own drafts: such a file was a speech already.
_OWN: Final = frozenset({"sha256", "sections", "removed", "completeness"})
# A value this long, or of several lines, is a text.
TEXT_CHARS: Final = 120
DEPTH: Final = 6
# What parts the cells of a table in text, and how long its heads may be.
SEPARATORS: Final = (",", "\t", ";", "|")
FEWEST_HEADS, LONGEST_HEAD = 2, 300
MOST_VALUES: Final = 2_000
MOST_PARAGRAPHS: Final = 20_000
# What an object says of its paragraph beside its words (type, style, an id) is no longer.
TYPE_CHARS: Final = 24
RULE: Final = "json"


def read_record(decoded: Decoded) -> Extracted | None:
    """Return the page that a JSON text holds, each value on lines of its own; None where none is.

    Short values are marked as the record's.
    """
    text = decoded.text.lstrip("\ufeff \t\r\n")
    if not text.startswith(("{", "[")):
        return None
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        return None
    values = list(_list_values(record))[:MOST_VALUES]
    if not any(value.is_text for value in values) or any(v.key in _OWN for v in values):
        return None
    return write_values(values, decoded)


def read_separated(decoded: Decoded) -> Extracted | None:
    """Return the page that the one row of a table in text holds; None for any other text.

    Its heads name two fields or more and the speech's words; what stands below the row is the
    program's own.
    """
    text = decoded.text.lstrip("\ufeff \t\r\n")
    head, _, rest = text.partition("\n")
    sign = next((sign for sign in SEPARATORS if head.count(sign) >= FEWEST_HEADS), "")
    if not sign or len(head) > LONGEST_HEAD or "\n" not in rest:
        return None
    try:
        heads, *rows = csv.reader(io.StringIO(text), delimiter=sign)
    except (csv.Error, ValueError):
        return None
    keys = [head.strip().lower() for head in heads]
    records = [row for row in rows if len(row) == len(heads)]
    others = [row for row in rows if row and len(row) != len(heads)]
    named = sum(bool(RecordValue(key, "").field) for key in keys)
    if len(records) != 1 or named < FEWEST_HEADS or any(len(row) > 1 for row in others):
        return None
    values = [RecordValue(k, w.strip()) for k, w in zip(keys, records[0], strict=True) if w.strip()]
    values += [RecordValue("", row[0].strip()) for row in others if row[0].strip()]
    if sum(value.is_text for value in values) != 1:
        return None
    return replace(write_values(values, decoded), format="txt")


@dataclass(frozen=True, slots=True)
class RecordValue:
    """A value of a record under the last name of its path, small letters."""

    key: str
    words: str

    @property
    def is_text(self) -> bool:
        """Whether it is a text and no short statement."""
        long = len(self.words) >= TEXT_CHARS or "\n" in self.words.strip()
        spoken = _BODY.search(self.key) is not None and _ENDED.search(self.words) is not None
        return long or spoken or self.is_markup

    @property
    def is_markup(self) -> bool:
        """Whether it is written in tags."""
        return _MARKUP.search(self.words) is not None

    @property
    def field(self) -> str:
        """The field that the key names, "" where it names none."""
        field = "title" if self.key == "name" else find_key_field(self.key)
        return "" if self.is_text else _MEANT.get(field, field)


def _list_values(record: Any, key: str = "", depth: int = 0) -> Iterator[RecordValue]:
    if isinstance(record, dict) and depth < DEPTH:
        for name, value in record.items():
            yield from _list_values(value, _name_key(key, str(name).lower()), depth + 1)
    elif isinstance(record, list) and depth < DEPTH:
        paragraphs = _join_paragraphs(record, key)
        if paragraphs:
            yield RecordValue(key, paragraphs)
            return
        for value in record:
            yield from _list_values(value, key, depth + 1)
    elif isinstance(record, str) and record.strip():
        yield RecordValue(key, record.strip())
    elif isinstance(record, int | float) and not isinstance(record, bool):
        yield RecordValue(key, str(record))


def _join_paragraphs(listed: list[Any], key: str) -> str:
    """Return the text that a list holds paragraph by paragraph, "" where it holds none.

    Under a body's key, or where sentences show it: a list of tags is none.
    """
    words = [_read_paragraph(value) for value in listed[:MOST_PARAGRAPHS]]
    lines = [line for line in words if line]
    if len(listed) < 2 or not lines or None in words or len(listed) > MOST_PARAGRAPHS:
        return ""
    ended = sum(_ENDED.search(line) is not None for line in lines)
    whole = sum(map(len, lines)) >= TEXT_CHARS and ended * 3 >= len(lines)
    return "\n".join(lines) if ended and (whole or _BODY.search(key)) else ""


def _read_paragraph(value: Any) -> str | None:
    """Return the words of a paragraph, a string or an object with one; None for another thing."""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, dict):
        return None
    words = {str(name).lower(): one.strip() for name, one in value.items() if isinstance(one, str)}
    told = [one for name, one in words.items() if _PARAGRAPH.search(name)]
    others = [one for name, one in words.items() if not _PARAGRAPH.search(name)]
    nested = any(isinstance(one, dict | list) for one in value.values())
    if len(told) != 1 or nested or any(len(one) > TYPE_CHARS for one in others):
        return None
    return None if any(RecordValue(name, "").field for name in words) else told[0]


def _name_key(above: str, name: str) -> str:
    """Return the key of a value; a name is that of the source or author whose record it is in."""
    owner = RecordValue(above, "").field if name in ("name", "title") else ""
    if owner == "speaker" and name == "title":
        return "role"
    return f"{above}_name" if owner in ("source", "author", "speaker") else name


@dataclass(slots=True)
class _Sheet:
    """Raw text as it is put together, with the marks of what is the record's own."""

    parts: list[str] = field(default_factory=list)
    marks: list[Removed] = field(default_factory=list)
    length: int = 0

    def add(self, words: str, kind: str = "") -> None:
        start = self.length
        self.parts.append(words + "\n")
        self.length += len(words) + 1
        if kind:
            self.marks.append(Removed(kind, words, start, start + len(words), RULE))


def write_values(values: Sequence[RecordValue], decoded: Decoded) -> Extracted:
    """Return a page made of values: the title and texts as lines, the others marked.

    Of several texts with titles of their own each further title stands above its text.
    """
    sheet = _Sheet()
    stated: list[Statement] = []
    title = next((value.words for value in values if value.field == "title"), None)
    for value in values:
        if value.field == "title":
            if value.words == title:
                sheet.add(value.words, "title")
        elif value.is_text:
            continue
        elif value.field:
            sheet.add(f"{value.key}: {value.words}", "metadata")
            stated.append(Statement(value.field, value.words, RULE))
        else:
            sheet.add(f"{value.key}: {value.words}" if value.key else value.words, "site")
    if title is not None:
        stated.insert(0, Statement("title", title, RULE))
    _add_texts(sheet, values, title)
    raw = "".join(sheet.parts)
    return Extracted(
        raw, decoded.encoding, "json", tuple(sheet.marks), decoded.notices, tuple(stated)
    )


def _add_texts(sheet: _Sheet, values: Sequence[RecordValue], title: str | None) -> None:
    """Add the texts, and before each the further titles: those above no body are the site's."""
    longest = max((len(value.words) for value in values if value.is_text), default=0)
    waiting: list[RecordValue] = []
    for value in values:
        if value.field == "title" and value.words != title:
            waiting.append(value)
        elif value.is_text:
            body = len(value.words) * 2 >= longest
            for above in waiting:
                own = body and above is waiting[-1]
                sheet.add(above.words, "" if own else "site")
            waiting.clear()
            _add_text(sheet, value, body=body)
    for value in waiting:
        sheet.add(value.words, "site")


def _add_text(sheet: _Sheet, value: RecordValue, *, body: bool) -> None:
    """Add a text line by line; one much shorter than the longest is a summary."""
    words = value.words
    if value.is_markup:
        words = extract_page(Decoded(words, "utf-8")).raw.strip()
    for line in words.splitlines():
        if line.strip():
            sheet.add(line, "" if body else "editor_note")
