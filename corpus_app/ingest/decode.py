"""Bytes to characters: byte order marks, strict UTF-8, UTF-16, GB18030 against Big5."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from charset_normalizer import from_bytes

from corpus_app.ingest.draft import Notice, Refusal

RULES = Path(__file__).parent / "rules"

# Longer marks first: UTF-32-LE begins with UTF-16-LE's mark.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)
# Codec to try and the name to report. cp950 and the Hong Kong set are what "Big5" files hold.
GUESSES = (
    ("gb18030", "gb18030"),
    ("cp950", "big5"),
    ("big5hkscs", "big5"),
    ("utf-16-le", "utf-16"),
    ("utf-16-be", "utf-16"),
)
SAMPLE_BYTES = 200_000
# Running Chinese text scores 0.5 and more; chance characters of a wrong codec stay under 0.2.
READABLE = 0.3
CLOSE_CALL = 0.05
MAX_CONTROL_SHARE = 0.05
MAX_DAMAGED_SHARE = 0.002
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
# Where one of two readings has Japanese letters, it is the wrong one.
KANA = re.compile("[\u3040-\u30ff]")
SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte order mark, the encoding's name, and what the reader should know."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


@cache
def load_common_characters() -> frozenset[str]:
    """Return the characters that fill ordinary Chinese text, simplified and traditional."""
    text = (RULES / "common_characters.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset("".join(lines)) | frozenset("0123456789 \n\r\t\u3000")


def decode_text(data: bytes) -> Decoded:
    """Return the text of data; raises Refusal "empty" or "undecodable"."""
    decoded = _decode(data)
    if not decoded.text:
        raise Refusal("empty", "文件里只有编码标记，没有文字。")
    return decoded


def _decode(data: bytes) -> Decoded:
    for mark, codec, name in MARKS:
        if data.startswith(mark):
            text = _decode_strictly(data[len(mark) :], codec)
            return Decoded(text, name) if text is not None else _salvage(data[len(mark) :])
    text = _decode_strictly(data, "utf-8")
    if text is not None and _has_few_controls(text):
        return Decoded(text, "utf-8")
    return _guess(data) or _salvage(data)


def _decode_strictly(data: bytes, codec: str) -> str | None:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if SURROGATES.search(text) else text


def _has_few_controls(text: str) -> bool:
    sample = text[:SAMPLE_BYTES]
    return len(CONTROLS.findall(sample)) <= MAX_CONTROL_SHARE * len(sample)


def score_text(text: str) -> float:
    """Return the share (0 to 1) of common Chinese characters, digits and spaces in text."""
    sample = text[:SAMPLE_BYTES]
    common = load_common_characters()
    known = sum(1 for char in sample if char in common)
    return (known - len(KANA.findall(sample))) / max(1, len(sample))


def _guess(data: bytes) -> Decoded | None:
    scored = []
    for codec, name in GUESSES:
        text = _decode_strictly(data, codec)
        if text and _has_few_controls(text):
            scored.append((score_text(text), name, text))
    scored.sort(key=lambda entry: -entry[0])
    if not scored or scored[0][0] < READABLE:
        return None
    _, name, text = _break_tie(data, scored)
    return Decoded(text, name, tuple(_tell_tie(scored, name)))


def _tell_tie(scored: list[tuple[float, str, str]], name: str) -> Iterator[Notice]:
    """A choice between readings that are about as good as one another is worth a look."""
    close = {entry[1] for entry in scored if scored[0][0] - entry[0] < CLOSE_CALL}
    if len(close) > 1:
        others = "、".join(sorted(close - {name}))
        message = f"文件按 {name} 编码读取，但也可能是 {others}，请核对有无乱码。"
        yield Notice("encoding_tie", message)


def _break_tie(data: bytes, scored: list[tuple[float, str, str]]) -> tuple[float, str, str]:
    rivals = [entry for entry in scored if scored[0][0] - entry[0] < CLOSE_CALL]
    if len({entry[1] for entry in rivals}) == 1:
        return rivals[0]
    best = from_bytes(data[:20_000]).best()
    named = best.encoding.replace("_", "-") if best else ""
    alike = {"big5hkscs": "big5", "cp950": "big5", "gbk": "gb18030", "gb2312": "gb18030"}
    named = alike.get(named, named)
    return next((entry for entry in rivals if entry[1] == named), rivals[0])


def _salvage(data: bytes) -> Decoded:
    """A download cut in mid-character or with a few bad bytes is still a speech, and says so."""
    best: tuple[float, str, str] | None = None
    for codec in ("utf-8", "gb18030", "cp950"):
        text = data.decode(codec, errors="replace")
        damaged = text.count("\ufffd")
        sound = _has_few_controls(text) and not SURROGATES.search(text)
        if not sound or damaged > max(1, MAX_DAMAGED_SHARE * len(text)):
            continue
        score = score_text(text)
        if score >= READABLE and (best is None or score > best[0]):
            best = (score, "big5" if codec == "cp950" else codec, text)
    if best is None:
        raise Refusal("undecodable", "无法识别文字编码：文件不像是文本，或者编码已经损坏。")
    count = best[2].count("\ufffd")
    message = f"原文件有 {count} 处字节损坏，读不出来的地方以“\ufffd”代替，请对照原件。"
    return Decoded(best[2], best[1], (Notice("damaged_bytes", message),))
