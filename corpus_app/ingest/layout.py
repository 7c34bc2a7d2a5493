"""Where paragraphs begin: which newlines end one, which blanks in a long line do, which do not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus_app.ingest.draft import Removed
from corpus_app.text.numerals import LEGAL

WORD = re.compile(r"\S+")
NEWLINE = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Removed inside a line, these leave the words on both sides touching each other.
INLINE_KINDS = {
    "watermark", "invisible", "url", "wiki", "counter", "hidden_text", "annotation", "share",
}  # fmt: skip
# Markdown's ## before a heading, which has its line to itself however the lines are wrapped.
HEADING_RULE = "markdown:heading"
PERSONAL_RULES = ("editor", "rule:")
# A notice whose rule ends so stands where the hidden words were filled in: nothing parts there.
FILLED = ":filled"
PAGE_KINDS = {"pager", "watermark", "invisible", "url", "stray", "copyright"}
TERMINAL = "。！？；!?;…：:"
CLOSERS = '”’」』）)】》"'
NEVER_FIRST = tuple("，。、；：！？”’」』）》】,;!?)%％")
NEVER_LAST = tuple("（“‘《「『【(，、,")
HEADING = re.compile(
    r"(?:[■◆★▲●※*＊_【〔［]*[一二三四五六七八九十⼀⼆⼋⼗]{1,3}[、﹑､]|[(（][一二三四五六七八九十]{1,3}[)）]"
    r"|第[一二三四五六七八九十]{1,3}[章节部条，,、 ]"
    rf"|第 ?(?:[{LEGAL}]{{1,3}}|\d{{1,2}}) ?[章编篇部]|[{LEGAL}]{{1,3}}[、.．](?!.、)"
    r"|[⒈-⒛⑴-⒇㈠-㈩㊀-㊉Ⅰ-Ⅻ]|\d{1,2}(?:[.．]\d{1,2}){0,2}[ \u3000](?=[\u4e00-\u9fff])"
    r"|\d{1,2}[.．、](?!\d)|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,2}[是要](?=\S)|#|——|[①-⑳]|[\[〔]?(?:注|尾注)?\d{1,2}[\]〕]|注[:：])"
)
SECTION_MARK = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}(?:章|部分)"
    rf"|[{LEGAL}]{{1,3}}、|第 ?(?:[{LEGAL}]{{1,3}}|\d{{1,2}}) ?(?:章|部分)"
)
DATE_LINE = re.compile(r"[(（]?\s*(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年.{0,12}$")
SALUTATION = re.compile(r"[^。；]{0,30}[:：!！]")
GREETING = re.compile(r"(?:同志们|各位|尊敬的|女士们|朋友们)[^。；\s]{0,30}[:：](?=\s)")
HEADING_CHARS, LEAD_CHARS, LONG_ROW = 80, 60, 400
# In a text of hardly any lines, a line this long holds several paragraphs.
ONE_LINE, FEW_ROWS = 150, 6
SPACED, STRICTLY_SPACED = 0.5, 0.7
MIN_WRAPPED_ROWS = 8
# A text of more lines is no speech that somebody wrapped.
MOST_ROWS = 50_000
WRAP_WIDTHS = (12, 90)


@dataclass(frozen=True, slots=True)
class LayoutWord:
    """A stretch raw[start:end] without white space, and the white space kept before it."""

    start: int
    end: int
    blank: str


@dataclass(slots=True)
class LayoutRow:
    """One printed line: its words, and what stands before it."""

    words: list[LayoutWord] = field(default_factory=list)
    blank_before: bool = False
    indented: bool = False
    page_break: bool = False
    heading: bool = False

    def read(self, raw: str) -> str:
        """Return the row's characters from its first word to its last."""
        return raw[self.words[0].start : self.words[-1].end]


def find_breaks(
    raw: str, kept: Sequence[tuple[int, int]], removed: Sequence[Removed], wrapped: bool
) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, separator before it) for each stretch of the body."""
    rows = list(_split_rows(raw, kept, removed))
    tellable = wrapped and len(rows) <= MOST_ROWS
    joins = _decide_joins(raw, rows) if tellable else [False] * len(rows)
    for row, joined in zip(rows, joins, strict=True):
        separator = _glue(raw, row) if joined else "\n"
        yield from _lay_row(raw, row, separator, ONE_LINE if len(rows) <= FEW_ROWS else LONG_ROW)


def _split_rows(
    raw: str, kept: Sequence[tuple[int, int]], removed: Sequence[Removed]
) -> Iterator[LayoutRow]:
    row = LayoutRow()
    previous = 0
    spans = iter([*removed, Removed("", "", len(raw) + 1, len(raw) + 1)])
    span = next(spans)
    for start, end in (m.span() for a, b in kept for m in WORD.finditer(raw, a, b)):
        between: list[Removed] = []
        while span.end <= start:
            between.append(span)
            span = next(spans)
        blank = _read_blank(raw, previous, start, between)
        lines = len(NEWLINE.findall(blank))
        if row.words and (lines or any(_parts_text(s) for s in between)):
            yield row
            row = LayoutRow(
                [], lines > 1, _is_indented(blank), _is_page_break(raw, previous, between)
            )
        if not row.words:
            row.heading = any(span.rule == HEADING_RULE for span in between)
        row.words.append(LayoutWord(start, end, blank))
        previous = end
    if row.words:
        yield row


def _read_blank(raw: str, start: int, end: int, between: list[Removed]) -> str:
    """Return the white space between two words, without what was removed there."""
    if not between:
        return raw[start:end]
    parts, position = [], start
    for span in between:
        parts.append(raw[position : max(position, span.start)])
        position = max(position, span.end)
    return "".join([*parts, raw[position:end]])


def _is_indented(blank: str) -> bool:
    bare = blank.rstrip(" \t\u3000\u00a0")
    return len(blank) - len(bare) > 1


def _is_page_break(raw: str, start: int, between: list[Removed]) -> bool:
    """A page number on a line of its own does not end a paragraph."""
    paged = [span for span in between if span.kind in PAGE_KINDS]
    lines = bool(between) and NEWLINE.search(raw, start, between[0].start) is not None
    return lines and len(paged) == len(between) and any(s.kind == "pager" for s in paged)


def _parts_text(span: Removed) -> bool:
    """Say whether the words before and after a removed span are in different paragraphs.

    What a person took out, by hand or by a rule, closes up: only newlines around it part.
    """
    if span.rule.startswith(PERSONAL_RULES):
        return False
    if span.rule.endswith(FILLED):
        return False
    if span.kind == "markup":
        return span.rule.endswith(":block")
    return span.kind not in INLINE_KINDS


def ends_sentence(text: str) -> bool:
    """Say whether text ends in a mark that closes a sentence, quotes and brackets aside."""
    return text.rstrip(CLOSERS)[-1:] in tuple(TERMINAL)


def _decide_joins(raw: str, rows: list[LayoutRow]) -> list[bool]:
    texts = [row.read(raw) for row in rows]
    width = find_wrap_width(texts)
    spaced = _measure_spacing(rows, texts)
    whole = _find_closed_blocks(rows, texts) if spaced >= SPACED else [False] * len(rows)
    joins = [False] * len(rows)
    for i in range(1, len(rows)):
        before, text = texts[i - 1], texts[i]
        if rows[i].heading or rows[i - 1].heading:
            continue
        # The blanks of an indent are part of the printed line's width.
        full = width - 2 if width is not None and rows[i - 1].indented else width
        joins[i] = _joins(rows[i], before, text, full, whole[i]) or (
            spaced >= STRICTLY_SPACED and whole[i] and _is_lead(rows[i], before, text)
        )
    return joins


def _joins(row: LayoutRow, before: str, text: str, width: float | None, closed: bool) -> bool:
    if text.startswith(NEVER_FIRST):
        return True
    if HEADING.match(text) or DATE_LINE.match(text) or row.indented:
        return False
    unfinished = not ends_sentence(before)
    if row.page_break and unfinished:
        return not _is_heading(before)
    if row.blank_before:
        return False
    if before.endswith(NEVER_LAST) or not before.strip("—"):
        return True
    if width is not None and _measure(before) >= width - 2:
        return unfinished
    return closed and unfinished and not _is_heading(before)


def _is_lead(row: LayoutRow, before: str, text: str) -> bool:
    """A bold first sentence that a scrape put on a line of its own: its paragraph goes on."""
    if row.blank_before or row.indented or HEADING.match(text):
        return False
    return len(before) <= LEAD_CHARS and before.endswith("。") and text[0] not in "（([【〔注"


def _is_heading(text: str) -> bool:
    return len(text) <= HEADING_CHARS and HEADING.match(text) is not None and "。" not in text


def _measure_spacing(rows: list[LayoutRow], texts: list[str]) -> float:
    """Return the share of ended sentences that a blank line follows, 0 where that says little."""
    # Where blank lines part the paragraphs, a single newline is not a paragraph's end.
    ended = [
        row.blank_before for row, text in zip(rows[1:], texts, strict=False) if ends_sentence(text)
    ]
    return sum(ended) / len(ended) if len(ended) > 5 else 0.0


def _find_closed_blocks(rows: list[LayoutRow], texts: list[str]) -> list[bool]:
    """Mark the rows of blocks (rows without blank lines between) in which a sentence ends."""
    closed = [False] * len(rows)
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or rows[i].blank_before:
            prose = any("。" in text or "！" in text for text in texts[start:i])
            closed[start:i] = [prose] * (i - start)
            start = i
    return closed


def _measure(text: str) -> float:
    """Return the printed width in full-width characters."""
    return sum(1.0 if char > "\u2e7f" or char in "“”‘’…—" else 0.5 for char in text)


def find_wrap_width(texts: list[str]) -> float | None:
    """Return the width of hard-wrapped text, or None: most rows full, many cut in a sentence."""
    if len(texts) < MIN_WRAPPED_ROWS or max(map(len, texts)) > 2 * WRAP_WIDTHS[1]:
        return None
    widths = sorted(_measure(text) for text in texts)
    width = widths[int(len(widths) * 0.9)]
    full = [text for text in texts if _measure(text) >= width - 2]
    cut = sum(not ends_sentence(text) for text in full)
    # A line or two that were never wrapped show nothing, where all others plainly were.
    longer = sum(one > width + 4 for one in widths)
    few = longer <= len(widths) / 12 and cut >= (0.75 if longer else 0.4) * len(full)
    wraps = few and len(full) >= 0.35 * len(texts)
    return width if wraps and WRAP_WIDTHS[0] <= width <= WRAP_WIDTHS[1] else None


def _glue(raw: str, row: LayoutRow) -> str:
    start = row.words[0].start
    before = raw[:start].rstrip()[-1:] if start < 200 else raw[start - 200 : start].rstrip()[-1:]
    return " " if before.isascii() and before.isalnum() and raw[start] < "\u0080" else ""


def _lay_row(
    raw: str, row: LayoutRow, separator: str, long_row: int
) -> Iterator[tuple[int, int, str]]:
    """Yield a row's words; in a long line some blanks are what is left of paragraph breaks."""
    flowing = _is_flowing(raw, row, long_row)
    first, *others = row.words
    yield first.start, first.end, separator
    opened, previous = first.start, first.end
    for word in others:
        if word.blank and _ends_paragraph(raw, opened, previous, word, flowing):
            separator, opened = "\n", word.start
        else:
            separator = _keep_blank(word.blank)
        yield word.start, word.end, separator
        previous = word.end


def _is_flowing(raw: str, row: LayoutRow, long_row: int) -> bool:
    """A long line in which some, but not all, sentences are followed by a blank."""
    if row.words[-1].end - row.words[0].start < long_row or len(row.words) < 2:
        return False
    text = row.read(raw)
    ends = len(re.findall(r"[。！？][”’）)]?", text))
    spaced = len(re.findall(r"[。！？][”’）)]?\s", text))
    return spaced <= 0.6 * max(1, ends)


def _ends_paragraph(raw: str, opened: int, previous: int, word: LayoutWord, flowing: bool) -> bool:
    last, first = raw[previous - 1], raw[word.start]
    if first in "，。、；：！？”’）》】,":
        return False
    sentence = ends_sentence(raw[max(opened, previous - 4) : previous])
    if not flowing:
        return sentence and (len(word.blank) >= 4 or "\u3000\u3000" in word.blank)
    if SECTION_MARK.match(raw, word.start) and (sentence or last in CLOSERS):
        return True
    if GREETING.match(raw, word.start):
        return True
    if previous - opened <= HEADING_CHARS and _is_heading(raw[opened:previous]):
        return word.end - word.start > 30 or "。" in raw[word.start : word.end]
    if last in ":：":
        return previous - opened <= 40 and SALUTATION.fullmatch(raw, opened, previous) is not None
    return (sentence or last == "”") and first not in "“‘《"


def _keep_blank(blank: str) -> str:
    for sign in ("\t", "\u3000", " "):
        if sign in blank:
            return sign
    return " " if blank else ""
