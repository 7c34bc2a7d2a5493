"""Text that was once read by a wrong encoding and saved so: undone where exact, else found."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from corpus_app.ingest.encodings.contest import judge_bytes
from corpus_app.ingest.encodings.plausibility import HALVES, cost_all, has_chinese, weigh_text
from corpus_app.ingest.encodings.readings import Reading, read_as
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
# A line with so many characters beyond ASCII, signs and pictures aside, is damaged from here on.
BROKEN_BITS = 15.5
BROKEN_CHARS = 8
WORDS = re.compile("[\u0080-\u1fff\u2e80-\ud7ff\uf900-\ufaff\uff66-\uffdc]")
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
class Undone:
    """A text set right: the encoding it was in, that by which it was read, and how often."""

    text: str
    right: str
    wrong: str
    times: int


@dataclass(frozen=True, slots=True)
class Repair:
    """What was undone, and in how many lines that hold more than ASCII."""

    undone: Undone
    lines: int


def repair_text(text: str) -> Repair | None:
    """Return the text with a wrong saving undone, None where there is none or it is not exact."""
    strange = list_strange(text)
    if not strange:
        return None
    whole = _undo(text)
    if whole:
        return Repair(whole, sum(not line.group().isascii() for line in LINE.finditer(text)))
    joined = _undo("\n".join(line.group() for line in strange))
    return _repair_lines(text, strange, joined.wrong) if joined else None


def _undo(text: str, times: int = 1) -> Undone | None:
    """Return the step that leads to Chinese; None where there is none, or two that differ."""
    before = weigh_text(text)
    if before.mean < STRANGE_BITS:
        return None
    found: dict[str, tuple[float, Undone]] = {}
    for codec, name, data in _encode_by_each(text):
        undone = _read_back(text, codec, name, data, times) or _undo_twice(codec, data, times)
        if undone and undone.text not in found:
            found[undone.text] = (weigh_text(undone.text).bits, undone)
    ranked = sorted(found.values(), key=lambda entry: entry[0])
    if not ranked or (len(ranked) > 1 and ranked[1][0] - ranked[0][0] < LEAST_GAIN):
        return None
    return ranked[0][1]


def _read_back(text: str, codec: str, name: str, data: bytes, times: int) -> Undone | None:
    verdict = judge_bytes(data)
    if verdict is None or verdict.encoding not in SAVED_AS:
        return None
    found = read_as(verdict.encoding, data)
    if not _is_exact(found, codec, text) or not _is_better(text, found.text):
        return None
    return Undone(found.text, found.encoding, name, times)


def _is_exact(found: Reading, codec: str, text: str) -> bool:
    """Some sets hold a character twice: then nobody knows which bytes it came from."""
    return not found.lost and not found.odd and list_twofold(codec).isdisjoint(text)


@cache
def list_twofold(codec: str) -> frozenset[str]:
    """Return the characters for which a double-byte set has more than one pair of bytes."""
    if not _is_wide(codec):
        return frozenset()
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    counts = Counter(pair.decode(codec, "ignore") for pair in pairs)
    return frozenset(char for char, count in counts.items() if count > 1 and len(char) == 1)


def _undo_twice(codec: str, data: bytes, times: int) -> Undone | None:
    if codec not in ("latin-1", "cp1252") or times >= MOST_STEPS:
        return None
    try:
        inner = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if inner.isascii() else _undo(inner, times + 1)


def _is_better(before: str, after: str) -> bool:
    old, new = weigh_text(before), weigh_text(after)
    return (
        new.mean <= min(CHINESE_BITS, old.mean - LEAST_MEAN_GAIN)
        and new.bits <= old.bits - LEAST_GAIN
        and has_chinese(after)
    )


def _repair_lines(text: str, lines: Sequence[re.Match[str]], wrong: str) -> Repair | None:
    """Only the lines that are strange; if one of them has no way back, nothing is touched."""
    parts, last, right = list[str](), 0, set[str]()
    for line in lines:
        undone = _undo(line.group())
        if undone and undone.wrong == wrong:
            parts += [text[last : line.start()], undone.text]
            last = line.end()
            right.add(undone.right)
        elif undone or _is_broken(_take_words(line)):
            return None
    if len(right) != 1:
        return None
    whole = "".join([*parts, text[last:]])
    return Repair(Undone(whole, right.pop(), wrong, 1), len(parts) // 2)


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
    for pattern in (LATIN, QUESTIONS) if "???" in text else (LATIN,):
        match = pattern.search(text)
        if match:
            found.append(match.group()[:SHOWN])
    broken = next((line for line in map(_take_words, list_strange(text)) if _is_broken(line)), "")
    return list(dict.fromkeys([*found, broken[:SHOWN]] if broken else found))


def _take_words(line: re.Match[str]) -> str:
    return "".join(WORDS.findall(line.group()))


def _is_broken(words: str) -> bool:
    return len(words) >= BROKEN_CHARS and weigh_text(words).mean >= BROKEN_BITS


@lru_cache(maxsize=2)
def list_strange(text: str) -> tuple[re.Match[str], ...]:
    """Return the lines that do not look like Chinese, those in ASCII aside."""
    halves = cost_all(text)
    bits = np.concatenate(([0], halves.cumsum(dtype=np.int64))) / HALVES
    counts = np.concatenate(([0], (halves > 0).cumsum()))
    lines = list(LINE.finditer(text))
    starts, ends = [line.start() for line in lines], [line.end() for line in lines]
    foreign = counts[ends] - counts[starts]
    means = (bits[ends] - bits[starts]) / np.maximum(foreign, 1)
    return tuple(lines[place] for place in (means >= STRANGE_BITS).nonzero()[0])
