"""The lines above a speech: title, subtitle, date, speaker, organisation, labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus_app.ingest.dates import DATE, find_date, read_match
from corpus_app.ingest.draft import Metadata
from corpus_app.ingest.metadata.labels import apply_labels, read_labels
from corpus_app.ingest.metadata.lines import Line
from corpus_app.ingest.metadata.names import is_name, is_office, is_organisation, split_office
from corpus_app.ingest.metadata.title_lines import BRACKETED, IN_MEETING, SUBTITLE, set_title
from corpus_app.ingest.metadata.witness import witness
from corpus_app.ingest.rule_files import read_rules

Taken = list[tuple[str, Line]]

_BODY_MARK: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]+(?:[章条编篇]|部分)"
)
_SALUTATION: Final = re.compile(
    r"^(?:尊敬的|敬爱的|各位|同志们|女士们|朋友们|代表们|大家好).{0,40}[:：！!，,]?$"
    r"|^(?:主任|主席|书记|目\s*录).{0,40}[:：！!，,]$|^目\s*录$"
)
_PASSED: Final = re.compile(r"^[（(](.{4,60})(?:通过|批准)[）)]$")
_ADOPTED: Final = re.compile(r"(?<=[日号])(.+)$")
_NEVER_FIRST: Final = "，。、；：！？”’」』）》】,;!?)]［["
_SENTENCE: Final = re.compile(r"^(?:现在|現在|今天|我|首先|刚才|这次|[（(])|[的了在地和是与]$")
_LETTERHEAD: Final = re.compile(
    r"[ \u3000\t]{3,}|(?:网|网站|公众号|在线|客户端)$|\d{1,2}:\d{2}|www\.|https?:"
)
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


def _read_lines(meta: Metadata, lines: Sequence[Line]) -> Taken:
    """Read header lines up to the first of the body, or the first not understood."""
    taken: Taken = []
    titles: list[Line] = []
    for index, line in enumerate(lines):
        if _begins_body(line.text):
            break
        following = lines[index + 1].text if index + 1 < len(lines) else ""
        if titles and _is_byline(titles, line.text):
            taken = [("metadata", known) for _, known in taken] + [("metadata", line)]
            titles.clear()
        elif _read_witnessed(meta, line, titles, following):
            taken.append(("metadata", line))
        elif not _runs_on(lines, index) and _is_title(line.text, titles, taken) and following:
            titles.append(line)
            taken.append(("title", line))
        else:
            break
    with witness(meta, titles, "header"):
        set_title(meta, titles)
    return taken


def _read_witnessed(meta: Metadata, line: Line, titles: list[Line], following: str) -> bool:
    """Read one line and note what it gave."""
    with witness(meta, [line], "header"):
        return _read_line(meta, line, titles, following)


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


def _read_line(meta: Metadata, line: Line, titles: list[Line], following: str) -> bool:
    """Read one line that is not a title; say whether it was understood."""
    text = line.text
    pairs = read_labels(text)
    if pairs:
        apply_labels(meta, pairs)
        return True
    if _read_date(meta, text) or _read_adoption(meta, text):
        return True
    if _LETTERHEAD.search(text) and not titles and following:
        first = re.split(r"[ \u3000\t]{2,}", text)[0]
        if is_organisation(first):
            meta.organisation = meta.organisation or first
        return True
    if not titles:
        return False
    office = split_office(text)
    if office is not None and meta.speaker is None:
        meta.speaker_role, meta.speaker = office
        return True
    if is_office(text) and is_name(following) and not is_organisation(text):
        meta.speaker_role = meta.speaker_role or text
        return True
    if is_name(text) and meta.speaker is None:
        meta.speaker = re.sub(r"\s", "", text)
        return True
    if is_organisation(text):
        meta.organisation = meta.organisation or text.strip("（）()")
        return True
    return False


def _read_date(meta: Metadata, text: str) -> bool:
    """Read a line that is nothing but a date, in brackets or not."""
    bare = text.strip("（）()[]【】 \u3000")
    match = DATE.fullmatch(bare)
    date = read_match(match) if match else None
    if date is None:
        return False
    numeric = match is not None and match["sep"] is not None and bare == text
    meta.dates.setdefault("published" if numeric else "delivered", date)
    return True


def _read_adoption(meta: Metadata, text: str) -> bool:
    """Read （2021年3月11日某届人民代表大会某次会议通过）: date and meeting of a resolution."""
    match = _PASSED.match(text)
    date = find_date(match[1]) if match else None
    if match is None or date is None:
        return False
    meta.dates.setdefault("delivered", date)
    meeting = _ADOPTED.search(match[1])
    if meeting:
        meta.occasion = meta.occasion or meeting[1].strip()
    return True


def _is_title(text: str, titles: list[Line], taken: Taken) -> bool:
    """Say whether a line may be (a further part of) the title."""
    if not titles:
        return len(text) >= 4 or text in ("讲话", "致辞")
    if text == titles[0].text or SUBTITLE.match(text) or BRACKETED.match(text):
        return True
    if any(kind == "metadata" for kind, _ in taken[-1:]):
        return False
    if re.match(r"[0-9０-９]{4}年", text) and find_date(text):
        return True
    return len(titles) < 3 and not any(SUBTITLE.match(t.text) for t in titles)
