"""Rich text (.rtf): striprtf reads it, after a few things that it would drop are made plain."""

from __future__ import annotations

import re

from striprtf import striprtf

from corpus_app.ingest.draft import Notice, Refusal
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.limits import Limits

HIGH_BYTES = re.compile("[\x80-\xff]")
CODE_PAGE = re.compile(r"\\ansicpg(\d{1,5})")
CHINESE_FONT = re.compile(r"\\fcharset134\b")
FONT = re.compile(r"(?<!\\)(?=\\f\d)")
NOTE = re.compile(r"\{\\footnote\b|\{\\\*\\footnote\b")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
DELETED = re.compile(r"\\deleted(?![a-z0-9])")
# A list number and the tab after it, as list groups write them out.
LABEL = re.compile(r"^ ?([^\s]{1,12}[、.．，)）]|[①-⑳])\t", re.M)


def extract_richtext(data: bytes, limits: Limits) -> Extracted:
    """Return the text of an .rtf; raises "damaged" or "unsupported"."""
    source = data.decode("latin-1").lstrip("\ufeff\xef\xbb\xbf\x00 \r\n\t")
    notices = tuple(_report(source))
    page = CODE_PAGE.search(source)
    encoding = f"cp{page[1]}" if page and page[1] not in {"0", "1252"} else "cp936"
    try:
        text: str = striprtf.rtf_to_text(_make_plain(source), encoding, "replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise Refusal("damaged", "RTF 文件已损坏：控制字读不出来。") from error
    # Characters beyond the first plane are written as two halves.
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = CONTROLS.sub("", text.replace("\xad", "").replace("|\n", "\n").replace("|", "\t"))
    name = "gb18030" if encoding == "cp936" else encoding
    return Extracted(LABEL.sub(r"\1", text), name, "rtf", (), notices)


def _make_plain(source: str) -> str:
    """Bytes written as they are become escapes; links keep their words, lists their numbers."""
    source = HIGH_BYTES.sub(lambda match: f"\\'{ord(match[0]):02x}", source)
    # The reader's own way with links costs square time and adds their addresses to the text.
    source = source.replace("\\fldinst{", "\\fldinst {")
    # So does its search in a table of fonts, unless each font stands on a line of its own.
    source = FONT.sub("\n", source)
    source = DELETED.sub(r"\\*", source)
    source = source.replace("{\\*\\pntext", "{").replace("{\\pntext", "{")
    if CHINESE_FONT.search(source) or "\\ansicpg936" in source:
        source = source.replace("\\ansicpg1252", "\\ansicpg936")
    return source


def _report(source: str) -> list[Notice]:
    notices = []
    if DELETED.search(source):
        message = "文档含有修订痕迹：按“接受全部修订”取文字，请核对。"
        notices.append(Notice("tracked_changes", message))
    if count := len(NOTE.findall(source)):
        message = f"RTF 文件中有 {count} 处脚注或尾注未能读出，请对照原件。"
        notices.append(Notice("notes", message))
    return notices
