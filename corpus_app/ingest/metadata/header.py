"""The lines above a speech: title, subtitle, date, speaker, organisation, labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import corpus_app.ingest.plausibility.titles as plausible
from corpus_app.ingest.dates import find_date
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.head_lines import read_line
from corpus_app.ingest.metadata.labels import apply_labels, read_labels
from corpus_app.ingest.metadata.lines import Line
from corpus_app.ingest.metadata.names import split_office
from corpus_app.ingest.metadata.title_choice import choose_titles
from corpus_app.ingest.metadata.title_lines import (
    BRACKETED,
    IN_MEETING,
    SUBTITLE,
    continues_subtitle,
    cut_site,
    set_title,
)
from corpus_app.ingest.metadata.witness import read_values, witness
from corpus_app.ingest.rule_files import read_rules

# A longer line above a salutation is running text: a preface, an editor's note.
LONGEST_UNREAD: Final = 60
Taken = list[tuple[str, Line]]

_BODY_MARK: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]+(?:[章条编篇]|部分)"
)
_SALUTATION: Final = re.compile(
    r"^(?:尊敬的|敬爱的|各位|同志们|女士们|朋友们|代表们|大家好).{0,40}[:：！!，,]?$"
    r"|^(?:主任|主席|书记|目\s*录).{0,40}[:：！!，,]$|^目\s*录$"
)
_CAPTION: Final = re.compile(r"(?:[\s　）)\u4e00-\u9fff]摄|供图|摄影)[）)]?$")
_OF_PAGES: Final = ("chrome", "breadcrumb", "generic", "address", "file", "edition")
_NEVER_FIRST: Final = "，。、；：！？”’」』）》】,;!?)]［["
_SENTENCE: Final = re.compile(
    r"^(?:现在|現在|今天|我(?!的[^，。]{2,20}$)|首先|刚才|这次|[（(])|[的了在和是与]$"
)
_SITE_ENDS: Final = re.compile(r"(?:网|网站|公众号|在线|客户端)$|www\.|https?:")
_CLOCK: Final = re.compile(r"\d{1,2}-\d{1,2} +\d{1,2}:\d{2}")


def read_header(meta: Metadata, lines: Sequence[Line]) -> Taken:
    """Set what the lines above the body say; return those lines with their kind.

    Where the first line is not understood, reading starts at a line that is plainly a title.
    """
    taken = _read_lines(meta, lines)
    if taken or not lines:
        return taken
    start = next((n for n, line in enumerate(lines) if IN_MEETING.match(line.text)), 0)
    if any(_SALUTATION.match(line.text) for line in lines[:start]):
        return []
    return _read_lines(meta, lines[start:]) if start else []


@dataclass(slots=True)
class _Head:
    """The lines above a speech as they are read one after the other."""

    meta: Metadata
    lines: Sequence[Line]
    greeted: int
    taken: Taken = field(default_factory=list)
    titles: list[Line] = field(default_factory=list)

    def read(self) -> Taken:
        """Read up to the first line of the body, or the first not understood.

        Short lines above a salutation are none of the body: they are passed over as unread.
        """
        index = 0
        while index < len(self.lines):
            step = self._read_line(index)
            if not step:
                break
            index += step
        passed = {line.text for kind, line in self.taken if kind == "unread"}
        chosen, strange = choose_titles(self.titles, passed)
        with witness(self.meta, chosen, "header"):
            set_title(self.meta, chosen)
        return [("unread" if line in strange else kind, line) for kind, line in self.taken]

    def _read_line(self, index: int) -> int:
        """Read the line; return how many lines that took, 0 where the body begins."""
        line, following = self.lines[index], self._text(index + 1)
        above = index < self.greeted and _is_short(line.text)
        if not above and _begins_body(line.text):
            return 0
        if above and self._read_pair(index):
            return 2
        if self.titles and _is_byline(self.titles, line.text):
            kind = "unread" if above else "metadata"
            self.taken = [(kind, known) for _, known in self.taken] + [("metadata", line)]
            self.titles.clear()
        elif kind := _read_witnessed(self.meta, line, self.titles, following):
            self.taken.append((kind, line))
        elif following and self._may_be_title(index, above):
            self.titles.append(line)
            self.taken.append(("title", line))
        elif above:
            self.taken.append(("unread", line))
        else:
            return 0
        return 1

    def _read_pair(self, index: int) -> bool:
        """Read a label and its value on the next line; say whether these are such a pair."""
        label, value = self._text(index), self._text(index + 1)
        pairs = read_labels(label)
        if index + 1 >= self.greeted or not pairs or any(words for _, words in pairs):
            return False
        pairs = [] if read_labels(value) else read_labels(label + value)
        if pairs:
            both = [self.lines[index], self.lines[index + 1]]
            with witness(self.meta, both, "header"):
                apply_labels(self.meta, pairs)
            self.taken += [("metadata", line) for line in both]
        return bool(pairs)

    def _may_be_title(self, index: int, above: bool) -> bool:
        text = self.lines[index].text
        sound = above and plausible.find_title_fault(cut_site(text)) is None
        better = sound and plausible.ends_as_document(text) and not self._is_titled()
        if not better and not _is_title(text, self.titles, self.taken):
            return False
        if not above:
            return not _runs_on(self.lines, index) and (bool(self.titles) or not _is_pages(text))
        if not self.titles and not sound:
            return False
        return better or not _SENTENCE.search(text) or BRACKETED.match(text) is not None

    def _is_titled(self) -> bool:
        return any(plausible.ends_as_document(cut_site(line.text)) for line in self.titles)

    def _text(self, index: int) -> str:
        return self.lines[index].text if index < len(self.lines) else ""


def _read_lines(meta: Metadata, lines: Sequence[Line]) -> Taken:
    greetings = (n for n, line in enumerate(lines) if _is_greeting(line.text))
    return _Head(meta, lines, next(greetings, 0)).read()


def _is_greeting(text: str) -> bool:
    return text[-1] in ":：!！" and _SALUTATION.match(text) is not None and not _names_person(text)


def _is_short(text: str) -> bool:
    """Say whether a line is no sentence and no numbered heading; a caption may be one."""
    plain = "。" not in text and not _BODY_MARK.match(text)
    return len(text) <= LONGEST_UNREAD and (plain or _CAPTION.search(text) is not None)


def _is_pages(text: str) -> bool:
    """Say whether a line that might begin the title is a page's or a file's own."""
    fault = plausible.find_title_fault(cut_site(text))
    return fault is not None and fault.code in _OF_PAGES


def _read_witnessed(meta: Metadata, line: Line, titles: list[Line], following: str) -> str:
    """Read one line and note what it gave; return its kind, "" where it may be a title's."""
    before = read_values(meta)
    with witness(meta, [line], "header"):
        if not read_line(meta, line, titles, following):
            return ""
    known = read_labels(line.text) or read_values(meta) != before or find_date(line.text)
    if known:
        return "metadata"
    return "site" if _SITE_ENDS.search(line.text) else "unread"


def _is_byline(titles: Sequence[Line], text: str) -> bool:
    """Say whether a line with a time of day shows that the lines above it were the site's."""
    plain = any(t.text.endswith(_title_endings()) for t in titles)
    return not plain and not read_labels(text) and _CLOCK.search(text) is not None


def _title_endings() -> tuple[str, ...]:
    return tuple(read_rules("metadata")["titles"]["endings"])


def _runs_on(lines: Sequence[Line], index: int) -> bool:
    """Say whether a line is a sentence that a link or a footnote broke into several lines.

    …所作的 / 政府工作报告 / 。会议充分肯定: one of the next lines begins inside a sentence.
    """
    text = lines[index].text
    if _SENTENCE.search(text) and not BRACKETED.match(text):
        return True
    return any(line.text[0] in _NEVER_FIRST for line in lines[index + 1 : index + 4])


def _begins_body(text: str) -> bool:
    """Say whether a line is the first of the speech: a salutation, a sentence, a heading."""
    longest: int = read_rules("metadata")["titles"]["line_chars"]
    if _SALUTATION.match(text) and not _names_person(text):
        return True
    if read_labels(text):
        return False
    if len(text) > longest or "。" in text or text[-1] in "：:；;！!，,":
        return True
    return _BODY_MARK.match(text) is not None


def _names_person(text: str) -> bool:
    """Say whether a line that begins like a salutation is an office with its holder."""
    return split_office(text) is not None


def _is_title(text: str, titles: list[Line], taken: Taken) -> bool:
    """Say whether a line may be (a further part of) the title."""
    if not titles:
        return len(text) >= 4 or text.endswith(_title_endings())
    if continues_subtitle(titles[-1].text, text) and SUBTITLE.match(titles[-1].text):
        return True
    if text == titles[0].text or SUBTITLE.match(text) or BRACKETED.match(text):
        return True
    if any(kind == "metadata" for kind, _ in taken[-1:]):
        return False
    if re.match(r"[0-9０-９]{4}年", text) and find_date(text):
        return True
    return len(titles) < 3 and not any(SUBTITLE.match(t.text) for t in titles)
