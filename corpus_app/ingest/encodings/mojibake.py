"""Text that was once read by a wrong encoding and saved so: undone where exact, else found."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from corpus_app.ingest.encodings.contest import judge_bytes
from corpus_app.ingest.encodings.plausibility import HAN, has_chinese, weigh_text
from corpus_app.ingest.encodings.readings import read_as
from corpus_app.ingest.rule_files import read_rules

# Clearly Chinese at most so many bits a character, clearly not from so many on.
CHINESE_BITS = 12.5
STRANGE_BITS = 13.2
# What Chinese was kept in where such accidents happened.
SAVED_AS = ("utf-8", "gb18030", "big5")
# The way back must save so many bits in all and on each character.
LEAST_GAIN = 20.0
LEAST_MEAN_GAIN = 2.5
# A text may have gone through the same wrong step more than once.
MOST_STEPS = 3
# Marks of a line that is no Chinese though it is made of Han, and the Han that it must have.
BROKEN_BITS = 15.5
BROKEN_HAN = 8
# UTF-8 read as Latin letters: a letter that leads, then what its other bytes look like.
LATIN = re.compile(
    "(?:[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}){3,}"
)
QUESTIONS = re.compile(
    "[\u4e00-\u9fff，。]{1,4}\\?{3,}(?=[\u4e00-\u9fff])|(?:\\?{4,}[，。、\\s\\d]{0,3}){3,}"
)
LINE = re.compile("[^\r\n]+")
SHOWN = 16


@dataclass(frozen=True, slots=True)
class Repair:
    """The text set right; wrong names the encoding it was read by, right the one it was in."""

    text: str
    right: str
    wrong: str
    times: int
    lines: int


def repair_text(text: str) -> Repair | None:
    """Return the text with a wrong saving undone, None where there is none or it is not exact."""
    strange = list_strange(text)
    if not strange:
        return None
    whole = _undo(text)
    if whole:
        return Repair(*whole, lines=sum(not line.isascii() for line in text.splitlines()))
    joined = _undo("\n".join(line.group() for line in strange))
    return _repair_lines(text, strange, joined[2]) if joined else None


def _undo(text: str, times: int = 1) -> tuple[str, str, str, int] | None:
    """Return text, right and wrong encoding and how often, of the step that leads to Chinese."""
    before = weigh_text(text)
    if before.mean < STRANGE_BITS:
        return None
    for codec, name, data in _encode_by_each(text):
        verdict = judge_bytes(data)
        likely = verdict is not None and verdict.encoding in SAVED_AS
        found = read_as(verdict.encoding, data) if verdict and likely else None
        if found and not found.lost and not found.odd and _is_better(before.bits, text, found.text):
            return found.text, found.encoding, name, times
        deeper = _undo_twice(codec, data, times)
        if deeper:
            return deeper
    return None


def _undo_twice(codec: str, data: bytes, times: int) -> tuple[str, str, str, int] | None:
    if codec not in ("latin-1", "cp1252") or times >= MOST_STEPS:
        return None
    try:
        inner = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if inner.isascii() else _undo(inner, times + 1)


def _is_better(bits: float, before: str, after: str) -> bool:
    weight = weigh_text(after)
    return (
        weight.mean <= CHINESE_BITS
        and weight.mean <= weigh_text(before).mean - LEAST_MEAN_GAIN
        and weight.bits <= bits - LEAST_GAIN
        and has_chinese(after)
    )


def _repair_lines(text: str, lines: Sequence[re.Match[str]], name: str) -> Repair | None:
    """Only the lines that are strange; if one of them has no way back, nothing is touched."""
    parts, last, count = list[str](), 0, 0
    right = ""
    for line in lines:
        undone = _undo(line.group())
        if undone is None:
            if weigh_text(line.group()).mean >= STRANGE_BITS + 1 and len(line.group()) > 3:
                return None
            continue
        if undone[2] != name:
            return None
        right = undone[1]
        parts += [text[last : line.start()], undone[0]]
        last, count = line.end(), count + 1
    return Repair("".join([*parts, text[last:]]), right, name, 1, count) if count else None


def _encode_by_each(text: str) -> Iterator[tuple[str, str, bytes]]:
    for step in read_rules("encodings")["misread"]:
        data = _encode(text, step["codec"])
        if data is not None and not data.isascii():
            yield step["codec"], step["name"], data


def _encode(text: str, codec: str) -> bytes | None:
    try:
        if codec == "gb18030":
            # Windows shows the byte 0x80, which is half of many a character, as the euro sign.
            return b"\x80".join(part.encode(codec) for part in text.split("€"))
        return text.encode(codec, "strict" if _is_wide(codec) else "yanku-c1")
    except UnicodeEncodeError:
        return None


@cache
def _is_wide(codec: str) -> bool:
    return codec in ("cp950", "big5hkscs", "cp932", "cp949")


def _keep_controls(error: UnicodeError) -> tuple[bytes, int]:
    """Bytes for which a code page has no letter are mostly kept as the control of that number."""
    if isinstance(error, UnicodeEncodeError):
        chars = error.object[error.start : error.end]
        if all("\x80" <= char <= "\x9f" for char in chars):
            return chars.encode("latin-1"), error.end
    raise error


codecs.register_error("yanku-c1", _keep_controls)


def find_mojibake(text: str) -> list[str]:
    """Return examples of what only a wrong saving leaves in a text, each once, in no order."""
    found = [word for word in read_rules("encodings")["traces"]["words"] if word in text]
    for pattern in (LATIN, QUESTIONS):
        match = pattern.search(text)
        if match:
            found.append(match.group()[:SHOWN])
    broken = next((han for han in map(_take_han, list_strange(text)) if _is_broken(han)), None)
    return list(dict.fromkeys([*found, broken[:SHOWN]] if broken else found))


def _take_han(line: re.Match[str]) -> str:
    return "".join(HAN.findall(line.group()))


def _is_broken(han: str) -> bool:
    return len(han) >= BROKEN_HAN and weigh_text(han).mean >= BROKEN_BITS


@lru_cache(maxsize=2)
def list_strange(text: str) -> tuple[re.Match[str], ...]:
    """Return the lines that do not look like Chinese, those in ASCII aside."""
    lines = (line for line in LINE.finditer(text) if not line.group().isascii())
    return tuple(line for line in lines if weigh_text(line.group()).mean >= STRANGE_BITS)
