"""Rich text (.rtf): striprtf reads it, after a few things that it would drop are made plain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf import striprtf

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.limits import Limits
from corpus_app.text.chars import tidy

# Two bytes of one Chinese character as they are, the second of which may look like a letter.
RAW_BYTES = re.compile(r"[\x81-\xfe][\x40-\x5b\x5d-\x7a\x7c\x7e-\xfe]|[\x80-\xff]")
CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
CODE_PAGE = re.compile(r"\\ansicpg(\d{1,5})")
CHINESE_FONT = re.compile(r"\\fcharset134\b")
FONT = re.compile(r"(?<!\\)(?=\\f\d)")
NOTE = re.compile(r"\{(?:\\\*)?\\footnote(?![a-z])")
BRACE = re.compile(r"\\[\\{}]|[{}]")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f]")
# All notes are read at once, parted by a sign that no text holds.
BORDER = "\x1b"
DELETED = re.compile(r"\\deleted(?![a-z0-9])")
# A list number and the tab after it, as list groups write them out.
LABEL = re.compile(r"^ ?([^\s]{1,12}[、.．，)）]|[①-⑳])\t", re.M)


def extract_richtext(data: bytes, limits: Limits) -> Extracted:
    """Return the text of an .rtf, notes last; raises "damaged"."""
    source = data.decode("latin-1").lstrip("\ufeff\xef\xbb\xbf\x00 \r\n\t")
    notices = tuple(_report(source))
    page = CODE_PAGE.search(source)
    encoding = f"cp{page[1]}" if page and page[1] not in {"0", "1252"} else "cp936"
    body, notes = _cut_notes(_make_plain(source))
    lines = [
        LABEL.sub(r"\1", _read(body, encoding)).rstrip("\n"),
        *_iter_notes(body, notes, encoding),
    ]
    name = "gb18030" if encoding == "cp936" else encoding
    return Extracted("\n".join(lines), name, "rtf", (), notices)


def _read(source: str, encoding: str) -> str:
    try:
        text: str = striprtf.rtf_to_text(source, encoding, "replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise RejectedFile("damaged", "RTF 文件已损坏：控制字读不出来。") from error
    # Characters beyond the first plane are written as two halves.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = text.replace("\xad", "").replace("\t\n", "\n")
    return CONTROLS.sub("", text)


def _cut_notes(source: str) -> tuple[str, list[str]]:
    """Return the source without its foot- and endnotes, and what stood in them."""
    kept, notes, position = [], [], 0
    for match in NOTE.finditer(source):
        if match.start() < position:
            continue
        end = _find_group_end(source, match.end())
        kept.append(source[position : match.start()])
        notes.append(source[match.end() : end - 1])
        position = end
    kept.append(source[position:])
    return "".join(kept), notes


def _find_group_end(source: str, start: int) -> int:
    depth = 1
    for brace in BRACE.finditer(source, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0:
            return brace.end()
    return len(source) + 1


def _iter_notes(source: str, notes: list[str], encoding: str) -> Iterator[str]:
    """Foot- and endnotes follow the body as lines of their own: "[注1] …"."""
    if not notes:
        return
    fonts: str = striprtf.font_table_group(source)  # type: ignore[no-untyped-call]
    groups = f"\\'{ord(BORDER):02x}".join(f"{{{note}}}" for note in notes)
    texts = _read(f"{{\\rtf1\\ansi{fonts}{groups}}}".replace(BORDER, ""), encoding)
    counts = {"注": 0, "尾注": 0}
    for note, text in zip(notes, texts.split(BORDER), strict=False):
        kind = "尾注" if note.startswith("\\ftnalt") else "注"
        words = tidy(text)
        if words:
            counts[kind] += 1
            yield f"[{kind}{counts[kind]}] {words}"


def _make_plain(source: str) -> str:
    """Bytes written as they are become escapes; links keep their words, lists their numbers."""
    source = RAW_BYTES.sub(lambda m: "".join(f"\\'{ord(char):02x}" for char in m[0]), source)
    # The reader's own way with links costs square time and adds their addresses to the text.
    source = source.replace("\\fldinst{", "\\fldinst {")
    # So does its search in a table of fonts, unless each font stands on a line of its own.
    source = FONT.sub("\n", source)
    # The reader parts cells by a sign that a text may hold.
    source = CELL.sub(r"\\tab", source)
    source = DELETED.sub(r"\\*", source)
    source = source.replace("{\\*\\pntext", "{").replace("{\\pntext", "{")
    if CHINESE_FONT.search(source) or "\\ansicpg936" in source:
        source = source.replace("\\ansicpg1252", "\\ansicpg936")
    return source


def _report(source: str) -> Iterator[Notice]:
    if DELETED.search(source):
        message = "文档含有修订痕迹：按“接受全部修订”取文字，请核对。"
        yield Notice("tracked_changes", message)
