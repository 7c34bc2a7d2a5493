"""Whether a speech is all there: what it announces, what is hidden, whether its end is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus_app.ingest.draft import Announcement, Completeness, Gap, Notice, Section
from corpus_app.ingest.outline.closing import find_notes
from corpus_app.ingest.outline.headings import has_words
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.folding import write_plainly
from corpus_app.text.numerals import read_ordinal

# The codes of the notices made here.
JUDGED = {
    "end_missing",
    "announced_missing",
    "no_outline",
    "unnamed_section",
    "no_heading",
    "end_notes",
}


# A term of a glossary with what it means, no heading.
_EXPLAINED = re.compile(r"[：:]\s*(?:是指|指|即|意为).{4,}")


def judge_completeness(
    text: str,
    gaps: Sequence[Gap],
    sections: Sequence[Section],
    announced: Sequence[Announcement],
) -> tuple[Completeness, list[Gap], list[Notice]]:
    """Return the verdict, the gaps (with one for a missing end) and what to tell the reader.

    A missing end outweighs a gap inside: the list of gaps names both. Announced sections that
    are not there are a notice only, for speakers do lose count.
    """
    found = sorted(gaps, key=lambda gap: gap.offset)
    reason = _find_cut(text, sections)
    end = len(text.rstrip())
    ends_hidden = bool(found) and found[-1].offset >= end
    if reason and not ends_hidden:
        found.append(Gap("truncated", len(text), None, reason))
    notices = _list_notices(text, sections, announced, reason)
    if reason or ends_hidden or any(gap.kind == "truncated" for gap in found):
        return "truncated", found, notices
    return ("gapped" if found else "complete"), found, notices


def _find_cut(text: str, sections: Sequence[Section]) -> str | None:
    """Return why the end seems to be missing, None where it does not."""
    rules = read_rules("completeness")
    body = text.rstrip()
    if not body:
        return None
    last = _find_bare_section(text, sections)
    if last is not None:
        return f"最后一节“{last.heading}”只有标题，没有正文"
    if body.endswith(tuple(rules["cut_marks"])):
        return "文末标明未完"
    if body[-1] in rules["open_ends"]:
        return "文末句子没有结束"
    line = body[body.rfind("\n") + 1 :]
    if body[-1] not in rules["terminal"] and len(line) > rules["short_line"]:
        return "文末句子没有结束"
    return None


def _find_bare_section(text: str, sections: Sequence[Section]) -> Section | None:
    """Return the last section where it is a heading and nothing else, though others have text."""
    named = [s for s in sections if s.kind in ("section", "subsection") and s.heading]
    if not named or named[-1].id != sections[-1].id:
        return None
    bare = [s for s in named if not _has_body(text, s)]
    full = [s for s in named if _has_body(text, s)]
    return named[-1] if bare and bare[-1] is named[-1] and full else None


def _has_body(text: str, section: Section) -> bool:
    """Say whether a section has words behind its heading, or in it (1．票决制：指由代表投票…)."""
    heading = section.heading or ""
    if _EXPLAINED.search(heading):
        return True
    at = text.find(heading, section.start, section.end)
    behind = at + len(heading)
    while behind < section.end and text[behind] in "。；;：: \n\u3000|":
        behind += 1
    return at >= 0 and has_words(text, behind, section.end)


def _list_notices(
    text: str,
    sections: Sequence[Section],
    announced: Sequence[Announcement],
    reason: str | None,
) -> list[Notice]:
    """Return what the reader of the parse should look at."""
    notices = []
    if reason:
        notices.append(Notice("end_missing", f"{reason}，疑似缺少后文。", len(text), len(text)))
    for entry in announced:
        if entry.missing:
            numbers = "、".join(map(str, entry.missing))
            message = f"文中说“{entry.text}”，没有找到第{numbers}部分。"
            notices.append(Notice("announced_missing", message))
    if not any(s.kind == "section" for s in sections):
        notices.append(Notice("no_outline", "没有识别出章节，全文作为一个整体。"))
    for section in sections:
        if section.parent is None and section.kind == "section" and not section.heading:
            unnamed = section.ordinal is None
            message = "缺失处之后的段落，所属章节不明。" if unnamed else "这一节没有标题。"
            code = "unnamed_section" if unnamed else "no_heading"
            notices.append(Notice(code, message, section.start, section.end))
    return notices + _tell_notes(text)


def _tell_notes(text: str) -> list[Notice]:
    """Return a notice for notes at the end of the text, which stay part of it."""
    start = find_notes(text)
    if start == len(text):
        return []
    return [Notice("end_notes", "文末疑为注释或附件说明，已保留。", start, len(text))]


def check_announcements(text: str, sections: Sequence[Section]) -> list[Announcement]:
    """Return the announcement that the opening makes of the sections to come, if any.

    found counts the named top-level sections, missing lists the ordinals up to the announced
    number that none of them bears. Without any named section nothing is promised.
    """
    opening = next((s for s in sections if s.parent is None and s.kind == "opening"), None)
    named = [s for s in sections if s.parent is None and s.kind == "section" and _is_named(s)]
    if opening is None or not named:
        return []
    plain = write_plainly(text)
    match = _find_last(plain, _find_tail(plain, opening), opening.end)
    number = read_ordinal(match["number"] or match["weak"]) if match else None
    if match is None or number is None or number < 2:
        return []
    ordinals = {s.ordinal for s in named} - {None}
    borne = ordinals or set(range(1, len(named) + 1))
    missing = [n for n in range(1, number + 1) if n not in borne]
    words = text[match.start() : match.end()].strip()
    return [Announcement(words, number, len(named), missing)]


def _is_named(section: Section) -> bool:
    """Say whether a section bears a number or a heading, as one lost in a gap does not."""
    return section.ordinal is not None or section.heading is not None


def _find_tail(text: str, opening: Section) -> int:
    """Return where the opening's last paragraphs begin, a few hundred characters at most."""
    rules = read_rules("announced")
    earliest = max(opening.start, opening.end - int(rules["opening_chars"]))
    start = opening.end
    for _ in range(int(rules["paragraphs"]) + 1):
        start = text.rfind("\n", earliest, start)
        if start < 0:
            return earliest
    return start


@cache
def _pattern() -> re.Pattern[str]:
    rules = read_rules("announced")
    keys = ("verbs", "units", "between", "things")
    words = {
        key: "|".join(map(re.escape, sorted(rules[key], key=len, reverse=True))) for key in keys
    }
    things = words["things"]
    number = "[二两三四五六七八九十]{1,2}|[2-9]"
    return re.compile(
        rf"(?:{words['verbs']})(?:{words['between']}){{0,3}}"
        rf"(?P<number>{number})(?:{words['units']})(?:[\u4e00-\u9fff]{{0,4}}(?:{things}))?"
        rf"|我(?:有|的)(?P<weak>{number})(?:{words['units']})[\u4e00-\u9fff]{{0,4}}(?:{things})"
    )


def _find_last(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the last announcement between start and end outside quotation marks."""
    found = None
    for match in _pattern().finditer(text, start, end):
        before = text[start : match.start()]
        if before.count("“") == before.count("”"):
            found = match
    return found
