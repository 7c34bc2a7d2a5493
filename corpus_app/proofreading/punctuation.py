"""Faults of punctuation: marks without their pair, of half width, doubled; blanks in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus_app.proofreading.findings import DraftFinding
from corpus_app.text.paragraphs import list_paragraphs

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_PAIRS: Final = {
    "“": "”",
    "‘": "’",
    "（": "）",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "「": "」",
    "『": "』",
}
_CLOSERS: Final = {close: opening for opening, close in _PAIRS.items()}
# Marks between marks are hard to read: messages name them.
_NAMES: Final = {
    "”": "双引号",
    "’": "单引号",
    "）": "括号",
    "》": "书名号",
    "〉": "单书名号",
    "】": "方头括号",
    "」": "直角引号",
    "』": "双直角引号",
}
_NARROW: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
# A mark of half width between characters; figures, times and addresses keep theirs.
_HALF: Final = re.compile(
    rf"(?<=[{_HAN}”’》）])[,;:?!](?=[{_HAN}“‘《（\s]|$)|(?<=[{_HAN}])\.(?=[{_HAN}]|$)"
)
_DOUBLED: Final = re.compile(
    r"([，；：、？])\1+|(?<!。)。。(?!。)|[，、；][，。；：、]|[。：][，、；。：]"
)
# A single — joins names (中国—东盟) and ranges by GB/T 15834; hyphens in a row are none.
_MISTYPED: Final = (
    (re.compile(r"\.{3,}|。{3,}|(?<!…)…(?!…)"), "省略号应当是六个点。", "……"),
    (re.compile(rf"(?<=[{_HAN}”])-{{2,}}(?=[{_HAN}“])"), "破折号应当占两个字。", "——"),
)
_ITEM: Final = re.compile(r"(?:^|\s|[。；])[0-9０-９一二三四五六七八九十]{1,3}$")
_LEADING: Final = re.compile(r"^\s*[第（(]?[一二三四五六七八九十0-9]+[)）]?(?:章|条|节|款|部分)?$")
_BLANK: Final = re.compile(rf"(?<=[{_HAN}，。；：、])[ \u3000\u00a0]+(?=[{_HAN}，。；：、])")
# In a heading, too, words on both sides of such a mark are a sentence's.
_HALF_IN_HEADING: Final = re.compile(rf"(?<=[{_HAN}”’》）])[,;?!](?=[{_HAN}“‘《（])")
# Short lines are heads, signatures and tables, where blanks set out words.
LEAST_PROSE: Final = 30
_STRAIGHT: Final = re.compile(r'"[^"\n]{1,200}"')
_NUMBERED: Final = re.compile(r"第?[一二三四五六七八九十]{1,3}(?:[、.．是要]|部分|章)")
_ENDED: Final = tuple("。！？；：…”’）》】—!?;:.")


def find_punctuation_faults(text: str) -> Iterator[DraftFinding]:
    """Yield the faults of kind "punctuation" with what is usual instead, in no order."""
    paragraphs = list(list_paragraphs(text))
    for number, (start, end) in enumerate(paragraphs):
        following = text[paragraphs[number + 1][0]] if number + 1 < len(paragraphs) else ""
        yield from _check_pairs(text, start, end, following)
        if end - start >= LEAST_PROSE:
            yield from _check_prose(text, start, end)
        else:
            yield from _check_widths(text, start, end, _HALF_IN_HEADING)
    yield from _check_ends(text, paragraphs)


def _check_pairs(text: str, start: int, end: int, following: str) -> Iterator[DraftFinding]:
    """Yield the marks of a paragraph that nothing opens or closes.

    A quotation over several paragraphs opens each and is closed in the last.
    """
    opened: list[int] = []
    for at in range(start, end):
        sign = text[at]
        if sign in _PAIRS:
            opened.append(at)
        elif sign in _CLOSERS:
            if opened and text[opened[-1]] == _CLOSERS[sign]:
                opened.pop()
            elif opened and _is_mistyped(text, opened[-1], at):
                wanted = _PAIRS[text[opened.pop()]]
                yield _tell(text, at, at + 1, f"与前面的左{_NAMES[wanted]}不成对。", wanted, 0.95)
            elif not (sign == "）" and _is_item(text, at)):
                message = f"这个右{_NAMES[sign]}前面没有左{_NAMES[sign]}。"
                yield _tell(text, at, at + 1, message, None, 0.8)
    for at in opened:
        if text[at] in "“「" and following == text[at]:
            continue
        name = _NAMES[_PAIRS[text[at]]]
        yield _tell(text, at, at + 1, f"这个左{name}后面没有右{name}。", None, 0.9)


def _is_mistyped(text: str, opening: int, at: int) -> bool:
    """Say whether a closing mark of another kind stands where the open one's was meant (“四风’)."""
    kinds = {"“": "’", "‘": "”", "（": "】", "《": "〉", "【": "）"}
    return kinds.get(text[opening]) == text[at]


def _is_item(text: str, at: int) -> bool:
    """Say whether the bracket belongs to a number alone: 1）, 一）."""
    return bool(_ITEM.search(text[max(0, at - 4) : at]))


def _check_prose(text: str, start: int, end: int) -> Iterator[DraftFinding]:
    """Yield marks of half width, doubled or mistyped ones, and blanks, in a paragraph of prose."""
    yield from _check_widths(text, start, end, _HALF)
    for match in _STRAIGHT.finditer(text, start, end):
        if re.search(f"[{_HAN}]", match.group()):
            wide = f"“{match.group()[1:-1]}”"
            yield _tell(text, *match.span(), "直引号应当改为弯引号。", wide, 0.9)
    for match in _DOUBLED.finditer(text, start, end):
        yield _tell(text, *match.span(), "标点重复。", match.group()[-1], 0.9)
    for pattern, message, usual in _MISTYPED:
        for match in pattern.finditer(text, start, end):
            yield _tell(text, *match.span(), message, usual, 0.85)
    if "。" in text[start:end]:  # heads and rows of columns set words out by blanks
        yield from _check_blanks(text, start, end)


def _check_widths(
    text: str, start: int, end: int, pattern: re.Pattern[str]
) -> Iterator[DraftFinding]:
    for match in pattern.finditer(text, start, end):
        wide = _NARROW.get(match.group(), "。")
        yield _tell(text, *match.span(), "汉字之间应当用全角标点。", wide, 0.9)


def _check_blanks(text: str, start: int, end: int) -> Iterator[DraftFinding]:
    for match in _BLANK.finditer(text, start, end):
        if not _is_set_out(text, start, end, match):
            yield _tell(text, *match.span(), "句子中间有多余的空格。", "", 0.8)


def _is_set_out(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    """Say whether the blank sets out a name of two characters, a number or columns."""
    if match.end() - match.start() > 2 or _LEADING.search(text[start : match.start()]):
        return True
    before = text[max(start, match.start() - 2) : match.start()]
    behind = text[match.end() : min(end, match.end() + 2)]
    alone = rf"(?:^|[^{_HAN}])[{_HAN}]$|^[{_HAN}](?:[^{_HAN}]|$)"
    return all(re.search(alone, side) for side in (before, behind))


def _check_ends(text: str, paragraphs: list[tuple[int, int]]) -> Iterator[DraftFinding]:
    """Yield the paragraphs of several sentences that end without a mark."""
    for number, (start, end) in enumerate(paragraphs):
        words = text[start:end].rstrip()
        if len(words) < LEAST_PROSE * 2 or words.endswith(_ENDED) or "。" not in words[:-1]:
            continue
        last = start + len(words)
        following = paragraphs[number + 1][0] if number + 1 < len(paragraphs) else len(text)
        if re.match(f"[{_HAN}，、]", text[following:]) and not _NUMBERED.match(text, following):
            message = "句子没有完，在这里断了行。"
            yield _tell(text, last - 1, last, message, None, 0.7)
        else:
            yield _tell(text, last - 1, last, "段末没有标点。", words[-1] + "。", 0.8)


def _tell(
    text: str, start: int, end: int, message: str, suggestion: str | None, confidence: float
) -> DraftFinding:
    return DraftFinding("punctuation", start, end, text[start:end], message, suggestion, confidence)
