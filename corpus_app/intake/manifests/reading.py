"""A table of metadata read: which row is of what, which values it gives, what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import EDITABLE
from corpus_app.catalog.uploads import clip_name, hash_bytes
from corpus_app.ingest.draft import DATES, RejectedFile
from corpus_app.ingest.sandbox.parsing import parse_table
from corpus_app.ingest.tables.rows import TableRow, TableSheet
from corpus_app.intake.manifests.columns import (
    AID,
    KEYS,
    PRECISION,
    TableColumn,
    list_heads,
    name_column,
    read_columns,
    read_object,
)
from corpus_app.intake.manifests.values import (
    WORDS_SHOWN,
    UnreadableCellError,
    is_unknown,
    read_cell,
)
from corpus_app.intake.revisions.decisions import TableSource
from corpus_app.text.chars import shorten, squeeze
from search import is_risky

# Of a table's sum, as much as tells one state of it from another.
DIGEST_CHARS: Final = 12
# Above the heads there may stand the table's own title and who made it.
_LOOKED_AT: Final = 20
# A row is of a file or a speech by one of these.
_NAMING: Final = frozenset({*KEYS, "title"})


@dataclass(frozen=True)
class ManifestRow:
    """A row: its line, what it is of ("" where it does not say), its values by field.

    identifier is what a column of numbers holds that is none: files may be named by it. A value ""
    asks to take the present one away. faults say in words which cells cannot be read.
    """

    line: int
    file: str = ""
    speech: int | None = None
    sha256: str = ""
    values: dict[str, str] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    identifier: str = ""

    @property
    def file_name(self) -> str:
        """What a file of this row would be called, "" where the row does not say."""
        return self.file or self.identifier

    @property
    def label(self) -> str:
        """What a person finds the row by."""
        named = self.file or self.values.get("title") or self.identifier
        return named or str(self.speech or "") or self.sha256[:12]


@dataclass(frozen=True)
class MetadataTable:
    """A table of metadata: its name, its rows, the heads that are not known, what to know of it."""

    name: str
    rows: list[ManifestRow]
    fields: list[str]
    digest: str
    unknown: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def find_source(self, line: int) -> TableSource:
        """Return what is kept of where a value of this line came from."""
        return TableSource(self.name, line, self.digest[:DIGEST_CHARS])


def read_manifest(data: bytes, name: str) -> MetadataTable:
    """Return the table of metadata in the bytes. Raises RejectedFile where they are none."""
    found = [
        (sheet, head)
        for sheet in parse_table(data, name, list_heads())
        if (head := _find_head(sheet))
    ]
    if not found:
        message = _(
            "没有找到表头：第一行应写明各列，其中须有“文件”“编号”或“标题”一列，"
            "以及“讲话日期”“讲话人”等至少一列。"
        )
        raise RejectedFile("unsupported", message)
    sheet, (at, columns) = found[0]
    remarks = [*sheet.remarks]
    if len(found) > 1:
        others = _("、").join(other.name for other, _head in found[1:])
        remarks.append(
            _("只读工作表“%(name)s”，未读：%(others)s") % {"name": sheet.name, "others": others}
        )
    rows = [read_row(row, columns) for row in sheet.rows[at + 1 :] if not row.is_blank]
    fields = [name for name in EDITABLE if any(column.name == name for column in columns)]
    unknown = [column.head for column in columns if not column.name]
    digest = hash_bytes(data)
    return MetadataTable(
        clip_name(name), rows, fields, digest, unknown, remarks + _list_remarks(columns)
    )


def names_files(manifest: MetadataTable) -> bool:
    """Return whether the table is one of files: most rows name one, and something is said of it."""
    named = sum(bool(row.file_name or row.sha256) for row in manifest.rows)
    return bool(manifest.fields) and 0 < len(manifest.rows) <= 2 * named


def _find_head(sheet: TableSheet) -> tuple[int, list[TableColumn]] | None:
    """Return where the row of heads stands and its columns; None where there is none."""
    for at, row in enumerate(sheet.rows[:_LOOKED_AT]):
        columns = read_columns(row.cells)
        names = {column.name for column in columns} - {"", AID}
        if names & _NAMING and len(names) > 1:
            return at, columns
    return None


def _list_remarks(columns: Sequence[TableColumn]) -> list[str]:
    heads: dict[str, list[str]] = {}
    for column in columns:
        if column.name not in ("", AID):
            heads.setdefault(column.name, []).append(column.head)
    words = _("%(heads)s 都是“%(name)s”：两处不同的，该行这一项不采用")
    return [
        words % {"heads": _("、").join(same), "name": name_column(name)}
        for name, same in heads.items()
        if len(same) > 1
    ]


class _RowReader:
    """Takes in the cells of one row, column by column."""

    def __init__(self, row: TableRow, columns: Sequence[TableColumn]) -> None:
        self.row, self.values, self.faults = row, dict[str, str](), list[str]()
        self.torn: set[str] = set()
        self.unread = dict(row.faults)
        precise = (self._get(column) for column in columns if column.name == PRECISION)
        self.precision = next(filter(None, precise), "")
        for column in columns:
            if column.name not in ("", AID, PRECISION):
                self._take_cell(column)

    def _get(self, column: TableColumn) -> str:
        cells = self.row.cells
        return _drop_guard(cells[column.number]).strip() if column.number < len(cells) else ""

    def _take_cell(self, column: TableColumn) -> None:
        if column.number in self.unread:
            self._note(column, "", self.unread[column.number])
            return
        words = self._get(column)
        if is_unknown(words):
            return
        for name, said, precision in self._part(column.name, words):
            try:
                self._set(column, name, self._read(name, said, precision))
            except UnreadableCellError as error:
                self._note(column, said, str(error))

    def _part(self, name: str, words: str) -> Iterator[tuple[str, str, str]]:
        """Yield the values in a cell; dates and source of our own JSON are objects."""
        found = read_object(words) if name in (*DATES, "source") else None
        if found is None:
            if name == "source" and words.startswith(("http://", "https://")):
                name = "source_url"
            if name == "speech" and not _is_number(words):
                name = "identifier"
            yield name, words, self.precision if name == "delivered" else ""
            return
        if "value" in found:
            found = {name: found}
        if name == "source":
            found = {"source": found.get("name"), "source_url": found.get("url")}
        for key, one in found.items():
            exact = one if isinstance(one, dict) else {"value": one}
            if key in EDITABLE and exact.get("value"):
                yield key, str(exact["value"]), str(exact.get("precision") or "")

    @staticmethod
    def _read(name: str, words: str, precision: str) -> str:
        if name in ("file", "identifier"):
            return words
        if name == "sha256":
            return words.lower()
        if name == "speech":
            return _squeeze_number(words)
        return read_cell(name, words, precision)

    def _set(self, column: TableColumn, name: str, value: str) -> None:
        present = self.values.setdefault(name, value)
        if name in self.torn or present == value:
            return
        if name in DATES and (present.startswith(value) or value.startswith(present)):
            # 年份 beside 日期: the more precise one says both.
            self.values[name] = max(present, value, key=len)
            return
        self.torn.add(name)
        del self.values[name]
        self._note(column, value, _("与另一列不同，不知以哪一列为准"))

    def _note(self, column: TableColumn, words: str, reason: str) -> None:
        shown = _("“%(words)s”") % {"words": shorten(words, WORDS_SHOWN)} if words else ""
        sentence = _("“%(column)s”%(words)s：%(reason)s")
        self.faults.append(sentence % {"column": column.head, "words": shown, "reason": reason})


def _squeeze_number(words: str) -> str:
    return squeeze(words).removesuffix(".0").lstrip("#")


def _is_number(words: str) -> bool:
    number = _squeeze_number(words)
    return number.isascii() and number.isdecimal() and len(number) <= 15


def _drop_guard(cell: str) -> str:
    """Return the words without the apostrophe that keeps a spreadsheet from running them."""
    return cell[1:] if cell.startswith("'") and is_risky(cell[1:]) else cell


def read_row(row: TableRow, columns: Sequence[TableColumn]) -> ManifestRow:
    """Return what the cells of a row say, and which of them cannot be read."""
    reader = _RowReader(row, columns)
    values = {name: value for name, value in reader.values.items() if name in EDITABLE}
    return ManifestRow(
        row.line,
        reader.values.get("file", ""),
        int(reader.values["speech"]) if "speech" in reader.values else None,
        reader.values.get("sha256", ""),
        values,
        tuple(reader.faults),
        reader.values.get("identifier", ""),
    )
