"""Bytes to characters: marks and stated names, the contest of encodings, what must be told."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from corpus_app.ingest.draft import Notice, RejectedFile
from corpus_app.ingest.encodings.contest import (
    READABLE_BITS,
    judge_bytes,
    judge_damaged,
    judge_seven_bits,
)
from corpus_app.ingest.encodings.labels import find_encoding, find_stated
from corpus_app.ingest.encodings.mixtures import (
    SURELY_UTF_8 as SURELY_UTF_8_WIDE,
    Mixture,
    count_wide,
    read_mixture,
)
from corpus_app.ingest.encodings.mojibake import find_mojibake, repair_text
from corpus_app.ingest.encodings.plausibility import (
    CONTROLS,
    HOLES,
    has_chinese,
    weigh_text,
)
from corpus_app.ingest.encodings.readings import DAMAGE, Reading, read_as
from corpus_app.ingest.encodings.wrapping import list_unwrapped
from corpus_app.ingest.rule_files import RULES
from corpus_app.text.chars import squeeze

# Longer marks first: UTF-32-LE begins with UTF-16-LE's mark.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
BOM = "\ufeff"
HIGH = re.compile(rb"[\x80-\xff]")
# So many characters in strict UTF-8 do not come about by chance, fewer of three bytes and more.
BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
SURELY_UTF_8 = 18
MAX_CONTROL_SHARE = 0.05
# Of the characters beyond ASCII, and so many bytes of a short text.
MAX_LOST_SHARE = 0.02
MAX_LOST_BYTES = 3
# Files padded to a block end in zero bytes, those of DOS in the sign for the end.
TAIL = "\x00\x1a"
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
LONE_RETURN = re.compile("\r(?![\r\n])")
UNKNOWN = "无法识别文字编码：文件不像是文本，或者编码已经损坏。"
LOST = "文字已经全部变成问号，是另存时编码不符造成的，无法恢复，请换用原文件。"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text without its byte order mark, the encoding's name, and what the reader should know."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class _Choice:
    """A reading, its name to report, and the encodings that would have done as well."""

    reading: Reading
    name: str
    rivals: tuple[str, ...] = ()
    mixture: Mixture | None = None
    wrapping: str = ""
    told: tuple[Notice, ...] = ()


def decode_text(data: bytes, stated: str | None = None) -> Decoded:
    """Return the text of data; raises RejectedFile "empty" or "undecodable".

    stated is the name of the encoding that came with the file, as in a MIME header; what the
    file says of itself (XML declaration, meta tag) is found here. Either is overruled where the
    bytes plainly say something else.
    """
    named = find_encoding(stated) if stated else None
    choice = _choose(data, named or find_stated(data))
    notices = list(_tell_reading(choice))
    text = choice.reading.text
    if not text.strip(BOM):
        raise RejectedFile("empty", "文件里只有编码标记，没有文字。")
    body = text.rstrip(TAIL).lstrip(BOM)
    _check_text(body)
    notices += _tell_oddities(text, body)
    repaired, told = _repair(body)
    notices += [*told, *_tell_private(repaired)]
    return Decoded(repaired, choice.name, tuple(notices))


def _choose(data: bytes, stated: str | None) -> _Choice:
    for mark, encoding, name in MARKS:
        if data.startswith(mark):
            reading = read_as(encoding, data[len(mark) :])
            if _is_sound(reading):
                return _Choice(reading, name)
            data = data[len(mark) :]
            break
    if not HIGH.search(data) and b"\x00" not in data.rstrip(b"\x00\x1a"):
        return _choose_seven_bits(data, stated)
    text = _read_strictly(data)
    if text is not None and _is_surely_utf_8(text):
        return _Choice(Reading("utf-8", text), "utf-8")
    mixture = read_mixture(data) if text is None else None
    if mixture:
        return _Choice(Reading(mixture.encoding, mixture.text), mixture.encoding, (), mixture)
    verdict = judge_bytes(data, stated)
    if verdict is None and text is not None:
        return _Choice(Reading("utf-8", text), "utf-8")
    verdict = verdict or judge_damaged(data)
    if verdict is not None:
        reading = read_as(verdict.encoding, data)
        if _is_sound(reading):
            return _Choice(reading, reading.encoding, verdict.rivals)
    raise RejectedFile("undecodable", UNKNOWN)


def _is_surely_utf_8(text: str) -> bool:
    foreign = sum(map(len, BEYOND_ASCII.findall(text)))
    return foreign >= SURELY_UTF_8 or count_wide(text) >= SURELY_UTF_8_WIDE


def _read_strictly(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _choose_seven_bits(data: bytes, stated: str | None) -> _Choice:
    encoding = judge_seven_bits(data)
    unwrapped = _unwrap(data) if encoding is None else None
    if unwrapped:
        return unwrapped
    if encoding is None and b"\x1b$" in data:
        encoding = "iso-2022-jp"
    reading = read_as(encoding or "utf-8", data)
    return _Choice(reading, encoding or "utf-8")


def _unwrap(data: bytes) -> _Choice | None:
    """Return the reading of what was wrapped in ASCII, None where nothing in Chinese was."""
    for wrapping in list_unwrapped(data):
        try:
            inner = decode_text(wrapping.data)
        except RejectedFile:
            continue
        if has_chinese(inner.text) and weigh_text(inner.text).mean <= READABLE_BITS:
            reading = Reading(inner.encoding, inner.text)
            return _Choice(reading, inner.encoding, (), None, wrapping.name, inner.notices)
    return None


def _is_sound(reading: Reading) -> bool:
    foreign = sum(1 for char in reading.text if char > "\x7f") if reading.lost else 0
    return reading.lost <= max(MAX_LOST_BYTES, MAX_LOST_SHARE * foreign)


def _check_text(text: str) -> None:
    """Raises "undecodable" for control characters and for what is nothing but question marks."""
    solid = HOLES.sub("", text)
    if len(CONTROLS.findall(solid)) > MAX_CONTROL_SHARE * len(solid) or not solid:
        raise RejectedFile("undecodable", UNKNOWN)
    visible = squeeze(solid)
    questions = visible.count("?")
    if visible.isascii() and questions >= 10 and questions > len(visible) / 2:
        raise RejectedFile("undecodable", LOST)


def _tell_reading(choice: _Choice) -> Iterator[Notice]:
    reading = choice.reading
    yield from choice.told
    if choice.wrapping:
        message = f"文件里的文字是按 {choice.wrapping} 转写的，已逐字还原，请核对。"
        yield Notice("encoding_repaired", message)
    others = "、".join(rival for rival in choice.rivals if rival != choice.name)
    if others:
        message = f"文件按 {choice.name} 编码读取，但也可能是 {others}，请核对有无乱码。"
        yield Notice("encoding_tie", message)
    if choice.mixture:
        yield _tell_mixture(choice.mixture)
    if reading.lost:
        message = f"原文件有 {reading.lost} 处字节损坏，读不出来的地方以“\ufffd”代替，请对照原件。"
        yield Notice("damaged_bytes", message)
    elif DAMAGE in reading.text:
        count = reading.text.count(DAMAGE)
        message = f"原文件里已有 {count} 个“\ufffd”，这些字在另存时丢失，请对照原件。"
        yield Notice("damaged_bytes", message)
    if reading.odd:
        message = f"文件的编码与 {choice.name} 标准有出入，已按旧软件的通行写法读出。"
        yield Notice("encoding_deviation", message)


def _tell_mixture(mixture: Mixture) -> Notice:
    message = (
        f"文件由两种编码拼成：{mixture.lines} 行是 utf-8，其余是 {mixture.encoding}，"
        "已分别读出，请核对。"
    )
    return Notice("encoding_repaired", message)


def _tell_oddities(text: str, body: str) -> Iterator[Notice]:
    tail = len(text) - len(text.rstrip(TAIL))
    if tail:
        yield Notice("encoding_deviation", f"文件末尾有 {tail} 个空字节，已略去。")
    holes = len(HOLES.findall(body))
    if holes:
        message = f"文件中间有 {holes} 处成片的空字节，那里的文字已经丢失，请对照原件。"
        yield Notice("damaged_bytes", message)
    marks = len(text) - len(text.lstrip(BOM)) + body.count(BOM)
    if marks:
        message = f"文件里多出 {marks} 个编码标记，可能由几个文件拼接而成。"
        yield Notice("encoding_deviation", message)
    if "\n" in body and LONE_RETURN.search(body):
        yield Notice("encoding_deviation", "文件混用了几种换行符，请核对分段。")


def _tell_private(text: str) -> Iterator[Notice]:
    count = len(PRIVATE.findall(text))
    if count:
        message = f"文件里有 {count} 个自造字，换一台电脑可能显示不出来，请对照原件。"
        yield Notice("private_characters", message)


def _repair(text: str) -> tuple[str, list[Notice]]:
    repair = repair_text(text)
    if repair is not None:
        undone = repair.undone
        often = f"，前后 {undone.times} 次" if undone.times > 1 else ""
        message = (
            f"文件曾被误存：{undone.right} 编码的文字当作 {undone.wrong} 读入后另存{often}。"
            f"已逐字还原 {repair.lines} 行，请核对。"
        )
        return undone.text, [Notice("encoding_repaired", message)]
    examples = find_mojibake(text)
    if not examples:
        return text, []
    message = f"文中有疑似乱码（{'、'.join(examples[:3])}），不能还原，请换用原文件。"
    return text, [Notice("mojibake", message)]


@cache
def load_common_characters() -> frozenset[str]:
    """Return the characters that fill ordinary Chinese text, simplified and traditional."""
    text = (RULES / "common_characters.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset("".join(lines)) | {"\u3000"}
