"""A binary Word document as text: body, text boxes, then foot- and endnotes."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.elements import FileAccount, tell_margin
from corpus_app.ingest.formats.extracted import Extracted, Handover
from corpus_app.ingest.formats.visibility import ExtractedText, report_pictures, report_unseen
from corpus_app.ingest.formats.word97.boxes import list_boxes
from corpus_app.ingest.formats.word97.file import (
    COMPLEX,
    ENCRYPTED,
    FIRST_UNICODE,
    MAGIC,
    SECOND_TABLE,
    WordFile,
    damage,
)
from corpus_app.ingest.formats.word97.lists import Word97ListNumbers
from corpus_app.ingest.formats.word97.properties import Properties
from corpus_app.ingest.formats.word97.story import StoryReader
from corpus_app.ingest.formats.word97.styles import read_fonts
from corpus_app.ingest.limits import Limits, check_length

# A Word 6 or 95 file keeps its text in one stretch, in the code page of its country.
OLD_TEXT, OLD_LENGTH = 0x18, 0x34
HEADER_BYTES = 0x200


def read_word(
    main: bytes, tables: tuple[bytes, bytes], limits: Limits, pictures: bytes = b""
) -> Extracted:
    """Return the text of the main stream with its two table streams (either may be empty).

    pictures is the stream of pictures, of which only the sizes are asked.

    Raises "damaged"; "unsupported" for a password or a Word 95 file saved in pieces.
    """
    if len(main) < HEADER_BYTES:
        raise damage("文件头不完整")
    magic, version = struct.unpack_from("<HH", main)
    flags = struct.unpack_from("<H", main, 0x0A)[0]
    if magic not in MAGIC:
        raise damage("文件头不符合格式")
    if flags & ENCRYPTED:
        raise RejectedFile("unsupported", "Word 97-2003 文档设有密码，请解除密码后再上传。")
    if version < FIRST_UNICODE:
        return _read_old(main, flags, limits)
    try:
        table = tables[bool(flags & SECOND_TABLE)]
        return _read_stories(WordFile(main, table, pictures), limits)
    except (struct.error, IndexError) as error:
        raise damage("内部结构不完整") from error


def _read_old(main: bytes, flags: int, limits: Limits) -> Extracted:
    if flags & COMPLEX:
        message = "这是 Word 95 快速保存的文档，请另存为 .docx 后再上传。"
        raise Handover("unsupported", message, "office")
    offset = struct.unpack_from("<I", main, OLD_TEXT)[0]
    length = struct.unpack_from("<I", main, OLD_LENGTH)[0]
    check_length(length // 2, limits)
    text = main[offset : offset + length].decode("gb18030", "replace")
    for sign, plain in (("\r", "\n"), ("\x07", "\t"), ("\x0b", "\n"), ("\x0c", "\n")):
        text = text.replace(sign, plain)
    text = "".join(char for char in text if char >= " " or char in "\n\t")
    account = FileAccount()
    account.note("old_word")
    return Extracted(text, "gb18030", "doc", (), tuple(account.report()))


def _read_stories(file: WordFile, limits: Limits) -> Extracted:
    body, footnotes, headers, macros, remarks, endnotes, boxes, outer = file.read_story_lengths()
    check_length(body + footnotes + endnotes + boxes, limits)
    account = FileAccount()
    numbers = Word97ListNumbers(file, account)
    reader = StoryReader(file, Properties(file), numbers, read_fonts(file), account)
    first_remark = body + footnotes + headers + macros
    first_endnote = first_remark + remarks
    first_box = first_endnote + endnotes
    text = ExtractedText()
    for line in reader.iter_lines(0, body):
        text.add(line)
        text.write("\n")
    drawn = reader.shapes
    found = [line for line in _iter_boxes(reader, file, first_box, boxes) if line.has_words()]
    notes = (
        *_iter_notes(reader, body, footnotes, "注"),
        *_iter_notes(reader, first_endnote, endnotes, "尾注"),
    )
    for line in (*found, *notes):
        text.add(line)
        text.write("\n")
    if drawn and not found:
        account.note("pictures", count=drawn)
    tell_margin(account, _read_aside(reader, body + footnotes, headers))
    tell_margin(account, _read_aside(reader, first_box + boxes, outer))
    if words := _read_aside(reader, first_remark, remarks).strip():
        account.note("comments", words)
    raw, marks = text.finish()
    notices = (*account.report(), *report_unseen(marks), *report_pictures(raw, marks))
    return Extracted(raw, "utf-16", "doc", marks, notices)


def _iter_boxes(
    reader: StoryReader, file: WordFile, first: int, length: int
) -> Iterator[ExtractedText]:
    for start, end, unseen in list_boxes(file, length):
        yield from reader.iter_lines(first + start, first + end, unseen)


def _iter_notes(
    reader: StoryReader, start: int, length: int, label: str
) -> Iterator[ExtractedText]:
    """Foot- and endnotes follow the body as lines of their own: "[注1] …"."""
    texts = (line.flatten() for line in reader.iter_lines(start, start + length))
    for number, text in enumerate((text for text in texts if text.length), start=1):
        line = ExtractedText()
        line.write(f"[{label}{number}] ")
        line.add(text)
        yield line


def _read_aside(reader: StoryReader, start: int, length: int) -> str:
    """Return the words of a story beside the text, of which nothing else is counted."""
    account, reader.account = reader.account, FileAccount()
    lines = [line.finish()[0] for line in reader.iter_lines(start, start + length)]
    reader.account = account
    return " ".join(lines)
