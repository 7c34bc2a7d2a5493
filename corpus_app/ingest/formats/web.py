"""Web pages: all visible text line by line, with chrome and hidden words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from lxml import etree

from corpus_app.ingest.decode import Decoded
from corpus_app.ingest.draft import Notice, RejectedFile, Removed
from corpus_app.ingest.formats.extracted import Extracted
from corpus_app.ingest.formats.page_statements import read_statements
from corpus_app.ingest.formats.visibility import report_unseen
from corpus_app.ingest.formats.webpage.chrome import is_chrome, list_sentences
from corpus_app.ingest.formats.webpage.hiding import Hiding
from corpus_app.ingest.formats.webpage.open_elements import PageReading
from corpus_app.ingest.formats.webpage.parsing import is_old_page, parse_page
from corpus_app.ingest.formats.webpage.reading import FALLBACK, find_frames, read_elements
from corpus_app.ingest.formats.webpage.writer import BLANKS
from corpus_app.ingest.limits import Limits, check_length
from corpus_app.ingest.spans import merge_removed

SITE_SUFFIX = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]{1,30}$")
_REFRESH: Final = re.compile(r"\s*[\d.]*\s*[;,]\s*url\s*=\s*[\"']?([^\"'\s]{1,300})", re.I)
# So many pictures are told one by one.
MOST_TOLD: Final = 20
KEPT: Final = "网页样式隐藏了 {chars} 字，因占正文大半而收入正文，请核对是否原本可见。"
FOLDED: Final = "网页有 {chars} 字折叠在须点开的栏目里，已收入正文，请核对是否属于讲话。"
SKIPPED: Final = "此处有{name}{words}，其中的文字没有读取，请对照原网页。"
MORE: Final = "网页另有 {count} 处图片或嵌入内容没有读取。"
NUMBERED: Final = "有 {count} 处序号由网页自动编号生成，已还原为文字，请核对。"
UNSTYLED: Final = "网页样式过于繁复，没有据以判断哪些文字不可见，请核对。"
UNDECIDED: Final = "网页有 {count} 处内容是否显示要由浏览器排版后才知道，已按显示收入正文，请核对。"
MOVED: Final = "网页会自动转到 {address}，那里的内容没有读取。"
FRAMES: Final = "这是框架网页，正文在另外的文件（{names}）里，请上传那个文件。"


def extract_page(decoded: Decoded) -> Extracted:
    """Return the visible text of a page; chrome and hidden parts are kept and marked."""
    root = parse_page(decoded.text)
    reading = read_elements(root, is_old_page(decoded.text))
    raw = reading.writer.join()
    _refuse_frames(root, raw)
    shown = find_shown(raw, reading)
    hidden = list(_mark_hidden(raw, reading, shown))
    boxes = [Removed(kind, raw[a:b], a, b, rule) for a, b, kind, rule in reading.boxes if a < b]
    marks = merge_removed(raw, hidden, (box for box in boxes if is_chrome(box)))
    told = [mark for mark in hidden if mark.rule != FALLBACK.rule or list_sentences(mark.text)]
    notices = [*decoded.notices, *report_unseen(told), *_tell_kept(reading, shown)]
    notices += [*_tell_made(reading), *_tell_moved(root), *_tell_skipped(raw, reading)]
    head = _find_bare_title(root, raw)
    marks, notices = _shift(len(head), marks, notices)
    stated = read_statements(root)
    return Extracted(head + raw, decoded.encoding, "html", tuple(marks), tuple(notices), stated)


def join_pages(pages: Iterable[Extracted], limits: Limits) -> Extracted:
    """Return several pages one below the other as one; raises "too_large"."""
    raw, marks, notices = "", list[Removed](), list[Notice]()
    first: Extracted | None = None
    for page in pages:
        first = first or page
        moved, told = _shift(len(raw), page.marks, page.notices)
        marks += moved
        notices += told
        raw += page.raw if page.raw.endswith("\n") else page.raw + "\n"
        check_length(len(raw), limits)
    encoding, stated = (first.encoding, first.stated) if first else ("utf-8", ())
    return Extracted(raw, encoding, "html", tuple(marks), tuple(dict.fromkeys(notices)), stated)


def _refuse_frames(root: etree._Element, raw: str) -> None:
    names = "" if raw.strip() else "、".join(islice(find_frames(root), 5))
    if names:
        raise RejectedFile("no_text", FRAMES.format(names=names))


def find_shown(raw: str, reading: PageReading) -> list[Hiding]:
    """Return what hides words that are read all the same.

    That is what readers fold open, and what hides most of the page: a script shows it, or nobody
    would see the page.
    """
    prose: dict[Hiding, int] = {}
    sentences: dict[Hiding, int] = {}
    folds: dict[Hiding, None] = {}
    seen, position = 0, 0
    for start, end, hidings in reading.writer.runs:
        seen += _measure_prose(raw[position:start])[1]
        count, chars = _measure_prose(raw[start:end])
        position = end
        folds |= dict.fromkeys(one for one in hidings if one.folded)
        seen += chars if all(one.folded for one in hidings) else 0
        for hiding in hidings:
            if hiding.unseen != FALLBACK and hiding.unseen.kind == "hidden_text":
                prose[hiding] = prose.get(hiding, 0) + chars
                sentences[hiding] = sentences.get(hiding, 0) + count
    seen += _measure_prose(raw[position:])[1]
    most = [one for one, chars in prose.items() if chars > seen and sentences[one] > 1]
    return [*folds, *(one for one in most if not one.folded)]


def _measure_prose(text: str) -> tuple[int, int]:
    """Return how many sentences stand in a text, and how long they are together."""
    found = list_sentences(text)
    return len(found), sum(map(len, found))


def _mark_hidden(raw: str, reading: PageReading, shown: Sequence[Hiding]) -> Iterator[Removed]:
    """Yield a mark for each stretch that something hides, one for neighbours of one kind."""
    last: Removed | None = None
    for start, end, hidings in reading.writer.runs:
        hiding = next((one for one in hidings if one not in shown), None)
        if hiding is None:
            continue
        kind, rule = hiding.unseen.kind, hiding.unseen.rule
        if last and (last.end, last.kind, last.rule) == (start, kind, rule):
            start = last.start
        elif last and last.text.strip():
            yield last
        last = Removed(kind, raw[start:end], start, end, rule)
    if last and last.text.strip():
        yield last


def _tell_kept(reading: PageReading, shown: Sequence[Hiding]) -> Iterator[Notice]:
    kept = [run for run in reading.writer.runs if all(one in shown for one in run[2])]
    folded = sum(end - start for start, end, by in kept if any(one.folded for one in by))
    if folded:
        yield Notice("hidden_kept", FOLDED.format(chars=folded))
    others = [one for one in shown if not one.folded]
    if not all(hiding.article for hiding in others):
        chars = sum(end - start for start, end, by in kept if any(one in others for one in by))
        yield Notice("hidden_kept", KEPT.format(chars=chars))


def _tell_made(reading: PageReading) -> Iterator[Notice]:
    if reading.numbers:
        yield Notice("numbering", NUMBERED.format(count=reading.numbers))
    if reading.styles_given_up:
        yield Notice("hidden_kept", UNSTYLED)
    if reading.undecided:
        yield Notice("hidden_kept", UNDECIDED.format(count=reading.undecided))


def _tell_moved(root: etree._Element) -> Iterator[Notice]:
    for node in root.iter("meta"):
        if (node.get("http-equiv") or "").strip().lower() == "refresh":
            found = _REFRESH.match(node.get("content") or "")
            if found:
                yield Notice("unread_part", MOVED.format(address=found[1]))


def _tell_skipped(raw: str, reading: PageReading) -> Iterator[Notice]:
    """Yield a notice for each picture, from the character before it to the one behind it."""
    for part in reading.skipped[:MOST_TOLD]:
        before = len(raw[: part.offset].rstrip()) - 1
        rest = raw[part.offset :]
        after = part.offset + len(rest) - len(rest.lstrip())
        if before >= 0 and after < len(raw):
            words = f"（{part.words}）" if part.words else ""
            message = SKIPPED.format(name=part.name, words=words)
            yield Notice(part.code, message, before, after + 1)
    if len(reading.skipped) > MOST_TOLD:
        yield Notice("pictures", MORE.format(count=len(reading.skipped) - MOST_TOLD))


def _find_bare_title(root: etree._Element, raw: str) -> str:
    """A page whose title stands only in the tab bar gets it as its first line."""
    title = BLANKS.sub(" ", root.findtext(".//title") or "").strip()
    bare = SITE_SUFFIX.sub("", title).strip()
    known = len(bare) < 6 or bare in raw or root.find(".//h1") is not None
    return "" if known else bare + "\n"


def _shift(
    by: int, marks: Sequence[Removed], notices: Sequence[Notice]
) -> tuple[list[Removed], list[Notice]]:
    """Return marks and notices as they stand once so many characters came before the text."""
    if not by:
        return list(marks), list(notices)
    moved = [Removed(m.kind, m.text, m.start + by, m.end + by, m.rule) for m in marks]
    told = [
        note if note.start is None or note.end is None
        else Notice(note.code, note.message, note.start + by, note.end + by)
        for note in notices
    ]  # fmt: skip
    return moved, told
