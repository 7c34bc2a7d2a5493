"""Half-width punctuation in Chinese text, made full-width."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

FULL_WIDTH: Final[Mapping[str, str]] = MappingProxyType(
    {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
)
_PROTECTED = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)[!-~]+|[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    re.IGNORECASE | re.ASCII,
)
_AFTER_ADDRESS: Final = ".,;:!?()'\""
_HAN = r"〇㐀-鿿豈-﫿\U00020000-\U0003ffff"
_CHINESE = re.compile(rf"[{_HAN}、。《》〈〉「」『』【】〔〕—…·，；：？！（）“”‘’％]")
_HAN_SIGN = re.compile(rf"[{_HAN}]")
# Letters and figures without a space that a Chinese character touches: 增长5.2%, or ,GDP增速.
_ENDS_IN_RUN = re.compile(rf"[{_HAN}，；：。、][0-9A-Za-z.%‰+-]+$")
_BEGINS_WITH_RUN = re.compile(rf"[0-9A-Za-z.%‰+-]+[{_HAN}]")
_LONGEST_RUN: Final = 40
_CLOSING: Final = "”’\"'）)」』"
_NEUTRAL: Final = "”’\"'"


def to_full_width(text: str) -> str:
    """Return the text with half-width signs in Chinese context made full-width.

    Numbers, times, addresses and Latin text keep theirs, and no character is added or taken
    away, so that offsets stay: "好,67.7%,10:30" becomes "好，67.7%，10:30".
    """
    # One sign made full-width can make its neighbour's context Chinese; go on until nothing
    # changes, so that doing it twice is doing it once.
    while (changed := _convert_once(text)) != text:
        text = changed
    return text


def _convert_once(text: str) -> str:
    """Return the text after one pass over its lines."""
    return "".join(_convert_line(line) for line in text.splitlines(keepends=True))


def _convert_line(line: str) -> str:
    signs = list(line)
    protected = set(_find_protected(line))
    for index, sign in enumerate(line):
        single = sign in FULL_WIDTH and sign not in "()" and index not in protected
        if single and _is_chinese_place(line, index):
            signs[index] = FULL_WIDTH[sign]
    for index in _find_brackets(line):
        if index not in protected:
            signs[index] = FULL_WIDTH.get(line[index], line[index])
    for index, quote in _find_quotes(line):
        if index not in protected:
            signs[index] = quote
    return "".join(signs)


def _find_protected(line: str) -> Iterator[int]:
    """Yield the offsets of addresses, without the signs that only follow them."""
    for found in _PROTECTED.finditer(line):
        yield from range(found.start(), found.start() + len(found[0].rstrip(_AFTER_ADDRESS)))


def _is_chinese_place(line: str, index: int) -> bool:
    """Tell whether the sign at the index stands in Chinese text."""
    before, after = _look_back(line, index), line[index + 1 : index + 2]
    if line[index] == ".":
        return _is_chinese_stop(line, index, before, after)
    if _is_chinese(before) or _is_chinese(after):
        return True
    # Between two digits it parts thousands or the minutes of a time: 1,234 and 10:30.
    if not after or after.isspace() or (before.isdigit() and after.isdigit()):
        return False
    return _follows_run(line, index) or bool(_BEGINS_WITH_RUN.match(line, index + 1))


def _is_chinese_stop(line: str, index: int, before: str, after: str) -> bool:
    """Tell whether a stop ends a Chinese sentence; 1.加强 is a mark, 67.7 a decimal point."""
    if after and not (
        after.isspace() or after in _CLOSING or after.isdigit() or _is_chinese(after)
    ):
        return False
    if before in ("%", "‰"):
        return not after.isdigit() and _follows_run(line, index)
    return _is_chinese(before) and before != "…"


def _follows_run(line: str, index: int) -> bool:
    """Tell whether letters or figures that Chinese touches stand right before the index."""
    return bool(_ENDS_IN_RUN.search(line, max(0, index - _LONGEST_RUN), index))


def _look_back(line: str, index: int) -> str:
    """Return the character before the index, closing quotes skipped; "" at the start."""
    index -= 1
    while index >= 0 and line[index] in _NEUTRAL:
        index -= 1
    return line[index] if index >= 0 else ""


def _is_chinese(sign: str) -> bool:
    return bool(sign) and bool(_CHINESE.match(sign))


def _find_brackets(line: str) -> Iterator[int]:
    """Yield the offsets of the brackets to widen, both of a pair or none."""
    opened: list[int] = []
    for index, sign in enumerate(line):
        if sign in "(（":
            opened.append(index)
        elif sign in ")）" and opened:
            start = opened.pop()
            if _is_chinese_pair(line, start, index):
                yield from (start, index)


def _is_chinese_pair(line: str, start: int, end: int) -> bool:
    """Tell whether a pair of brackets holds Chinese, stands behind it or opens a Chinese line."""
    if line[start] == "（" or line[end] == "）" or _HAN_SIGN.search(line, start, end):
        return True
    before, after = line[start - 1 : start], line[end + 1 : end + 2]
    free = not before or before.isspace()
    return _is_chinese(before) or (free and _is_chinese(after))


def _find_quotes(line: str) -> Iterator[tuple[int, str]]:
    """Yield offset and curved form for straight quotes around Chinese, where they pair up."""
    places = [index for index, sign in enumerate(line) if sign == '"']
    if len(places) % 2:
        return
    for start, end in zip(places[::2], places[1::2], strict=True):
        outside = line[start - 1 : start] + line[end + 1 : end + 2]
        if _HAN_SIGN.search(line, start, end) or _HAN_SIGN.search(outside):
            yield from ((start, "“"), (end, "”"))
