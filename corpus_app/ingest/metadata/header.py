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
from corpus_app.ingest.rule_files import read_rules

Taken = list[tuple[str, Line]]

_DASHES: Final = re.compile(r"(?:—{1,4}|－{2,4}|-{2,4}|―{1,4}|─{1,4}|–{2,4})")
_SUBTITLE: Final = re.compile(rf"^{_DASHES.pattern}\s*(?=\S)")
_PARTED: Final = re.compile(rf"^(.{{4,60}}?){_DASHES.pattern}(.{{4,60}})$")
_BODY_MARK: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]+(?:[章条编篇]|部分)"
)
_SALUTATION: Final = re.compile(
    r"^(?:尊敬的|敬爱的|各位|同志们|女士们|朋友们|代表们|大家好).{0,40}[:：！!，,]?$"
    r"|^(?:主任|主席|书记|目\s*录).{0,40}[:：！!，,]$|^目\s*录$"
)
_PASSED: Final = re.compile(r"^[（(](.{4,60})(?:通过|批准)[）)]$")
_ADOPTED: Final = re.compile(r"(?<=[日号])(.+)$")
_BRACKETED: Final = re.compile(r"^[（(](在.{4,50}(?:上|时|中)的?.{2,6})[）)]$")
_NEVER_FIRST: Final = "，。、；：！？”’」』）》】,;!?)]［["
_SENTENCE: Final = re.compile(r"^(?:现在|現在|今天|我|首先|刚才|这次|[（(])|[的了在地和是与]$")
_IN_MEETING: Final = re.compile(
    r"^在.{4,60}(?:上|时|中)的?[^，。]{0,6}(?:讲话|发言|致辞|致词|报告|点评|主持词|说明|党课)$"
)
_LETTERHEAD: Final = re.compile(
    r"[ \u3000\t]{3,}|(?:网|网站|公众号|在线|客户端)$|\d{1,2}:\d{2}|www\.|https?:"
)
_CLOCK: Final = re.compile(r"\d{1,2}-\d{1,2} +\d{1,2}:\d{2}")
_TRAILING_DATE: Final = re.compile(rf"^(.{{4,70}}?)\s*[（(]\s*({DATE.pattern})\s*[）)]$")


def read_header(meta: Metadata, lines: Sequence[Line]) -> Taken:
    """Set what the lines above the body say; return those lines with their kind.

    Where the first line is not understood, reading starts at a line that is plainly a title.
    """
    taken = _read_lines(meta, lines)
    if taken or not lines:
        return taken
    start = next((n for n, line in enumerate(lines) if _IN_MEETING.match(line.text)), 0)
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
        elif _read_line(meta, line, titles, following):
            taken.append(("metadata", line))
        elif not _runs_on(lines, index) and _is_title(line.text, titles, taken) and following:
            titles.append(line)
            taken.append(("title", line))
        else:
            break
    _set_title(meta, titles)
    return taken


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
    if _SENTENCE.search(text) and not _BRACKETED.match(text):
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
    if text == titles[0].text or _SUBTITLE.match(text) or _BRACKETED.match(text):
        return True
    if any(kind == "metadata" for kind, _ in taken[-1:]):
        return False
    if re.match(r"[0-9０-９]{4}年", text) and find_date(text):
        return True
    return len(titles) < 3 and not any(_SUBTITLE.match(t.text) for t in titles)


def _set_title(meta: Metadata, titles: list[Line]) -> None:
    """Put the title's lines together; what follows a dash, or a dated line, is the subtitle."""
    parts: list[str] = []
    subtitle: str | None = None
    for line in titles:
        text = _cut_date(meta, line.text)
        if parts and (text in parts[0] or line.text in parts[0]):
            continue
        if parts and _is_subtitle(text):
            subtitle = subtitle or _SUBTITLE.sub("", text).strip("（）()")
        else:
            parts.append(text)
    if not parts:
        return
    title = _cut_speaker(meta, join_parts(parts))
    parted = _PARTED.match(title)
    if parted and subtitle is None:
        title, subtitle = parted[1].strip(), parted[2].strip()
    meta.title, meta.subtitle = _SUBTITLE.sub("", title), subtitle
    date = find_date(subtitle or "")
    if date is not None and date.precision == "day":
        meta.dates.setdefault("delivered", date)


def _cut_speaker(meta: Metadata, title: str) -> str:
    """Return a title without the speaker named before it (张三：在…会议上的讲话)."""
    lead, colon, rest = title.partition("：")
    if not colon or len(rest) < 4:
        return title
    office = split_office(lead)
    if office is None and not is_name(lead):
        return title
    if meta.speaker is None:
        meta.speaker_role, meta.speaker = office or (None, re.sub(r"\s", "", lead))
    return rest.strip()


def _is_subtitle(text: str) -> bool:
    """Say whether a title's line is its subtitle: behind dashes, in brackets, or dated."""
    dated = re.match(r"[0-9０-９]{4}年.{2,12}日在", text)
    return bool(_SUBTITLE.match(text) or _BRACKETED.match(text) or _IN_MEETING.match(text) or dated)


def _cut_date(meta: Metadata, text: str) -> str:
    """Return a title's line without the date in brackets at its end, which is kept as such."""
    match = _TRAILING_DATE.match(text)
    date = find_date(match[2]) if match else None
    if match is None or date is None:
        return text
    meta.dates.setdefault("delivered", date)
    return match[1].strip()


def join_parts(parts: Sequence[str]) -> str:
    """Return the lines of a title as one: broken words joined, parallel halves parted by a blank.

    政府工作报 + 告 gives 政府工作报告, 决胜… + 夺取… keep a blank between them.
    """
    title = parts[0]
    for part in parts[1:]:
        broken = len(part) <= 4 or title[-1] in "的和与、，及" or part.startswith(("的", "、"))
        broken = broken or bool(_IN_MEETING.match(title + part) and not _IN_MEETING.match(title))
        title += part if broken else f" {part}"
    return title
