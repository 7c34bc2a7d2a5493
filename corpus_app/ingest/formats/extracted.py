"""What a file format's reader hands on: the text, and what it knows from the markup."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from corpus_app.ingest.draft import Notice, RefusalCode, RejectedFile, Removed

Outside = Literal["office", "ocr"]
# By what the cells of a table's row are known, besides that of the words.
TABLE_RULE: Final = "table"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a format states of its page beside the visible text: a field, its value, by what.

    rule is "meta", "opengraph", "json_ld" or "page_title" for a web page, "json" for a record.
    """

    field: str
    value: str
    rule: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """raw is what all later offsets point into; marks are spans the markup itself gives away.

    scanned are the numbers of pages that a recogniser may read, beside those that were read.
    """

    raw: str
    encoding: str
    format: str
    marks: tuple[Removed, ...] = ()
    notices: tuple[Notice, ...] = ()
    stated: tuple[Statement, ...] = ()
    scanned: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Converted:
    """What bytes from an outside program are, the file's own format, notices.

    A .docx, text, the record of a scan's pages, or that of some pages before the PDF itself.
    """

    kind: Literal["docx", "txt", "scan", "mixed"]
    format: str
    notices: tuple[Notice, ...]


class Handover(RejectedFile):
    """A file that our own reader cannot read but a program outside might, if it is there."""

    def __init__(
        self, code: RefusalCode, message: str, outside: Outside, file_format: str = "doc"
    ) -> None:
        super().__init__(code, message)
        self.outside, self.format = outside, file_format
