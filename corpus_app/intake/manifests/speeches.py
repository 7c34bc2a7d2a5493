"""Tables with one speech a row: which column is what, and the rows as files of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Final

from django.utils.translation import gettext as _, gettext_noop

from corpus_app.catalog.fields import EDITABLE
from corpus_app.catalog.uploads import clip_name, hash_bytes
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.ingest.sandbox.parsing import parse_table
from corpus_app.ingest.tables.cells import SUFFIXES
from corpus_app.ingest.tables.rows import TableRow, TableSheet
from corpus_app.ingest.tables.speech_rows import TEXT, SpeechRow, read_table_row, write_table_row
from corpus_app.intake.archives import Member
from corpus_app.intake.manifests.columns import KEYS, TableColumn, find_column, list_heads
from corpus_app.intake.manifests.guessing import (
    ROLES,
    TEXT_CHARS,
    ColumnGuess,
    find_role,
    guess_columns,
    list_text_heads,
)
from corpus_app.intake.manifests.reading import DIGEST_CHARS, ManifestRow, read_row
from corpus_app.intake.manifests.recording import NOTHING_GIVEN, GivenMetadata
from corpus_app.intake.revisions.decisions import TableSource
from corpus_app.text.chars import shorten

MOST_SPEECHES: Final = 10_000
NO_TEXT_COLUMN: Final = gettext_noop(
    "这是表格，但看不出哪一列是讲话正文：请把那一列的列名写作“正文”，"
    "或在“收文稿”页面单独上传后指定；若是元数据表，请与文稿一起上传，或作为元数据表使用。"
)
_LOOKED_AT: Final = 20
ABOVE_SHOWN: Final = 40


@dataclass(frozen=True)
class SpeechTable:
    """A table of speeches: its file, sheet, heads and rows, and what its columns are (by head).

    doubts are columns that may be something: only that of the words counts unless a person agrees.
    remarks say what to know of the reading: sheets and lines that were left.
    """

    name: str
    sheet: str
    digest: str
    heads: list[str]
    rows: list[TableRow]
    columns: dict[str, str]
    doubts: dict[str, ColumnGuess] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        """Whether it is known which column has the speeches' words."""
        return TEXT in self.columns.values()

    def with_columns(self, chosen: Mapping[str, str]) -> SpeechTable:
        """Return the table with what a person says of its columns; unknown words are left out."""
        columns = {h: chosen[h] for h in self.heads if chosen.get(h) in ROLES}
        return replace(self, columns=columns)

    def without_doubts(self) -> SpeechTable:
        """Return the table with the columns that are sure, and that of the words."""
        sure = {h: r for h, r in self.columns.items() if h not in self.doubts or r == TEXT}
        return replace(self, columns=sure)

    def with_doubts(self) -> SpeechTable:
        """Return the table with what its columns may be, for a person to look at."""
        doubtful = {head: one.role for head, one in self.doubts.items() if one.role}
        return replace(self, columns=self.columns | doubtful)

    def list_unused(self) -> list[str]:
        """Return in words the columns that are something perhaps, and count for nothing."""
        words = _("没有用“%(head)s”一列：%(doubt)s")
        left = {head: one for head, one in self.doubts.items() if head not in self.columns}
        return [words % {"head": head, "doubt": one.doubt} for head, one in left.items()]

    def iter_rows(self) -> Iterator[SpeechRow]:
        """Yield each row that is not blank as it is kept."""
        for row in self.rows:
            words = {head: row.cells[n] for n, head in enumerate(self.heads) if n < len(row.cells)}
            cells = {head: cell for head, cell in words.items() if head and cell.strip()}
            if cells:
                place = (self.name, self.sheet, row.line, self.digest[:DIGEST_CHARS])
                yield SpeechRow(*place, cells, self.columns)


@dataclass(frozen=True)
class ReadRow:
    """A row as it would be taken in: values by field, its words, what is missing or unread."""

    line: int
    values: dict[str, str]
    text: str
    faults: tuple[str, ...]


def read_speech_table(data: bytes, name: str) -> SpeechTable:
    """Return the table with its columns guessed. Raises RejectedFile where the bytes are none."""
    sheets = parse_table(data, name, [*list_heads(), *list_text_heads()])
    found = [(sheet, at) for sheet in sheets if (at := _find_head(sheet)) is not None]
    if not found:
        raise RejectedFile(
            "unsupported", _("没有找到表头：第一行应写明各列，如“标题”“讲话人”“日期”“正文”。")
        )
    sheet, at = max(found, key=lambda one: len(one[0].rows) - one[1])
    rows = [row for row in sheet.rows[at + 1 :] if not row.is_blank]
    if len(rows) > MOST_SPEECHES:
        message = _("表格有 %(count)d 行，超过 %(most)d 行的上限，请分成几个再上传。")
        raise RejectedFile("too_large", message % {"count": len(rows), "most": MOST_SPEECHES})
    heads = _tell_apart(sheet.rows[at].cells)
    remarks = [*sheet.remarks]
    others = [other.name for other in sheets if other is not sheet and other.rows]
    if others:
        words = {"name": sheet.name, "others": _("、").join(others)}
        remarks.append(_("只读工作表“%(name)s”，未读：%(others)s") % words)
    if above := " ".join(" ".join(row.cells) for row in sheet.rows[:at]).strip():
        remarks.append(_("表头以上的内容未读：%(words)s") % {"words": shorten(above, ABOVE_SHOWN)})
    digest = hash_bytes(data)
    guesses = guess_columns(heads, rows)
    sure = {head: one.role for head, one in guesses.items() if not one.doubt or one.role == TEXT}
    doubts = {head: one for head, one in guesses.items() if one.doubt}
    return SpeechTable(clip_name(name), sheet.name, digest, heads, rows, sure, doubts, remarks)


def find_speech_table(data: bytes, name: str, *, asking: bool = False) -> SpeechTable | None:
    """Return the table if the file is one of speeches; None for a file that may be something else.

    Raises RejectedFile for a table of which it cannot be told where the words are: in JSON there
    may be pages of programs, a .csv or .xlsx is nothing but a table. Who can ask a person takes
    such a table too, unless it names files or speeches as one of metadata does.
    """
    loose = name.lower().endswith(".json")
    try:
        table = read_speech_table(data, name)
    except LostError:
        raise
    except RejectedFile:
        if loose:
            return None
        raise
    if table.has_text and (not loose or (len(table.rows) > 1 and len(table.columns) > 1)):
        return table
    if loose:
        return None
    if asking and not table.has_text and not any(find_column(head) in KEYS for head in table.heads):
        return table
    raise RejectedFile("unsupported", _(NO_TEXT_COLUMN))


def read_given(row: SpeechRow) -> ReadRow:
    """Return what the row's cells say, each read as a cell of a table of metadata is."""
    heads = list(row.cells)
    columns = [
        TableColumn(number, head, role)
        for number, head in enumerate(heads)
        if (role := row.columns.get(head, "")) in EDITABLE
    ]
    read: ManifestRow = read_row(TableRow(row.line, list(row.cells.values())), columns)
    faults = [*read.faults] if row.text.strip() else [_("没有正文"), *read.faults]
    if "title" not in read.values:
        faults.append(_("没有标题"))
    return ReadRow(row.line, read.values, row.text, tuple(faults))


def list_speeches(table: SpeechTable) -> Iterator[Member]:
    """Yield a file for each row, or the reason why it has no speech."""
    for row in table.iter_rows():
        refusal = None if row.text.strip() else RejectedFile("no_text", _("这一行没有正文。"))
        yield Member(name_row(row), None if refusal else write_table_row(row), refusal)


def give_from_row(data: bytes) -> GivenMetadata:
    """Return what the cells of a kept row give for its speech; nothing for other bytes."""
    row = read_table_row(data)
    if row is None:
        return NOTHING_GIVEN
    return GivenMetadata(read_given(row).values, TableSource(row.file, row.line, row.digest))


def may_be_speeches(name: str) -> bool:
    """Return whether a file of this name may be a table with one speech a row."""
    return PurePath(name).suffix.lower() in SUFFIXES


def name_row(row: SpeechRow) -> str:
    """Return what the row is called where files are listed.

    >>> name_row(SpeechRow("讲话.xlsx", "", 3, "", {}, {}))
    '讲话 第3行.json'
    """
    where = f" {row.sheet}" if row.sheet else ""
    return f"{PurePath(row.file).stem}{where} 第{row.line}行.json".replace("/", "_")


def _find_head(sheet: TableSheet) -> int | None:
    """Return where the row of heads stands: the first in which two columns are known.

    Failing that, the first row of short cells above one with a long one.
    """
    for at, row in enumerate(sheet.rows[:_LOOKED_AT]):
        if len({role for cell in row.cells if (role := find_role(cell))}) > 1:
            return at
    for at, row in enumerate(sheet.rows[: min(_LOOKED_AT, len(sheet.rows) - 1)]):
        filled = [cell for cell in row.cells if cell.strip()]
        below = max(map(len, sheet.rows[at + 1].cells), default=0)
        if len(filled) > 1 and max(map(len, filled)) <= TEXT_CHARS // 2 and below >= TEXT_CHARS:
            return at
    return None


def _tell_apart(heads: Sequence[str]) -> list[str]:
    """Return the heads, nameless ones by number, those that occur twice with a number behind."""
    told: list[str] = []
    for number, head in enumerate(heads, 1):
        name = head.strip() or _("第 %(number)d 列") % {"number": number}
        told.append(name if name not in told else f"{name} ({number})")
    return told
