"""Which encoding the bytes are in: the one by which they say the least surprising Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_app.ingest.encodings.plausibility import Weight, weigh_text
from corpus_app.ingest.encodings.readings import DAMAGE, read_as
from corpus_app.ingest.encodings.seven_bit import list_readings

# Running Chinese has 9 to 11 bits a character, lists of rare names 14; chance has 17 and more.
READABLE_BITS = 15.0
# A few words with rare characters have more; they must fit without fault and be far ahead.
SHORT_BITS = 17.0
SHORT_LEAD = 15.0
# A lead of fewer bits than this is worth a look: 10 bits are one chance in a thousand.
TIE_BITS = 10.0
# What a statement in the file counts for; plain evidence of a few words overrules it.
STATED_BITS = 30.0
# Strict UTF-8 by chance is rare, UTF-16 without a mark and EUC-TW are.
PRIOR_BITS = {
    "utf-8": -8.0,
    "gb18030": 0.0,
    "big5": 3.0,
    "utf-16-le": 6.0,
    "utf-16-be": 8.0,
    "utf-32-le": 10.0,
    "utf-32-be": 10.0,
    "euc-tw": 12.0,
}
# Below this mean no reader is sought beyond the common ones.
SURELY_BITS = 11.5
# A download breaks off in mid-character more often than other damage comes about.
CUT_BITS = 16.0
# What a stray byte shifts is shifted back character by character, which takes its time.
DAMAGED_BYTES = 6_000
# Korean and Japanese fill the same bytes: their letters by their own frequency. They must lead by
# this much, for this is a reader of Chinese.
FOREIGN = {"euc_kr": re.compile("[\uac00-\ud7a3]"), "euc_jp": re.compile("[\u3041-\u30fc]")}
LETTER_BITS = {"euc_kr": 10.5, "euc_jp": 6.0}
FOREIGN_LEAD = 25.0
SAMPLE_BYTES = 60_000
PIECE_BYTES = 3_000
# From a byte that begins a character up to where the next one surely begins.
PIECES = re.compile(rb"[\x80-\xff][^\n\r<>]*")
TAIL = b"\x00\x1a"


@dataclass(frozen=True, slots=True)
class Contestant:
    """An encoding in the contest: its bits with all that counts for it, the text's mean."""

    encoding: str
    bits: float
    mean: float
    clean: bool


@dataclass(frozen=True, slots=True)
class EncodingVerdict:
    """The encoding chosen; rivals are those that are about as good, lead is in bits."""

    encoding: str
    mean: float
    lead: float
    rivals: tuple[str, ...] = ()


def judge_bytes(data: bytes, stated: str | None = None) -> EncodingVerdict | None:
    """Return the encoding that explains data best, None where none gives readable Chinese.

    stated is the encoding that the file itself names, if any.
    """
    entries = sorted(_list_entries(data, stated), key=lambda entry: entry.bits)
    # Of those about as good as one another, the first that reads as Chinese.
    close = [entry for entry in entries if entry.bits - entries[0].bits < TIE_BITS]
    lead = entries[1].bits - entries[0].bits
    best = next((entry for entry in close if _is_readable(entry, lead, stated)), None)
    if best is None:
        return None
    doubtful = best.encoding in ("gb18030", "big5", "euc-tw") and best.mean > SURELY_BITS
    if doubtful and best.encoding != stated and _is_foreign(data, best.encoding):
        return None
    rivals = [] if best.encoding == stated else [e for e in close if e is not best]
    names = dict.fromkeys(_name(entry.encoding) for entry in rivals)
    return EncodingVerdict(best.encoding, best.mean, lead, tuple(names))


def _is_readable(best: Contestant, lead: float, stated: str | None) -> bool:
    if best.mean <= READABLE_BITS:
        return True
    if best.encoding == stated:
        return best.clean
    return best.clean and best.mean <= SHORT_BITS and lead >= SHORT_LEAD


def _is_foreign(data: bytes, encoding: str) -> bool:
    sample = _take_pieces(data.rstrip(TAIL))
    ours = weigh_text(read_as(encoding, sample).text).bits
    for codec, letters in FOREIGN.items():
        text = sample.decode(codec, "replace")
        count = len(letters.findall(text))
        bits = weigh_text(letters.sub("", text)).bits + count * LETTER_BITS[codec]
        if count and bits + FOREIGN_LEAD < ours:
            return True
    return False


def _name(encoding: str) -> str:
    return encoding.removesuffix("-le").removesuffix("-be")


def judge_damaged(data: bytes) -> EncodingVerdict | None:
    """Return the encoding that data are in but for some stray bytes, None where there is none."""
    sample = _take_pieces(data)[:DAMAGED_BYTES]
    found = []
    for encoding in ("utf-8", "gb18030", "big5"):
        reading = read_as(encoding, sample)
        weight, _ = _weigh(reading.text)
        damaged = bool(reading.lost or reading.odd)
        found.append((weight.bits + PRIOR_BITS[encoding], encoding, weight.mean, damaged))
    found.sort()
    bits, encoding, mean, damaged = found[0]
    if not damaged or _is_foreign(data, encoding):
        return None
    return EncodingVerdict(encoding, mean, found[1][0] - bits) if mean <= READABLE_BITS else None


def judge_seven_bits(data: bytes) -> str | None:
    """Return the encoding in which seven-bit data say something in Chinese, if any does."""
    found = []
    for encoding, text in list_readings(data):
        weight = weigh_text(text)
        if weight.count and weight.mean <= READABLE_BITS:
            found.append((weight.mean, encoding))
    return min(found)[1] if found else None


def _list_entries(data: bytes, stated: str | None) -> Iterator[Contestant]:
    narrow, wide = _take_pieces(data.rstrip(TAIL)), _take_slices(data)
    scale = min(len(data), SAMPLE_BYTES)
    best = READABLE_BITS

    def weigh(encoding: str, codecs: tuple[str, ...], sample: bytes) -> Contestant:
        return _weigh_entry(encoding, codecs, sample, scale, stated)

    for encoding, codecs in (
        ("utf-8", ("utf-8",)),
        ("gb18030", ("gb18030",)),
        ("big5", ("cp950", "big5hkscs")),
    ):
        entry = weigh(encoding, codecs, narrow)
        best = min(best, entry.mean)
        yield entry
    for encoding in ("utf-16-le", "utf-16-be"):
        yield weigh(encoding, (encoding,), wide)
    if b"\x00\x00" in wide and len(data) % 4 == 0:
        for encoding in ("utf-32-le", "utf-32-be"):
            yield weigh(encoding, (encoding,), wide)
    if best > SURELY_BITS or stated == "euc-tw":
        yield weigh("euc-tw", (), narrow)


def _weigh_entry(
    encoding: str, codecs: tuple[str, ...], sample: bytes, scale: int, stated: str | None
) -> Contestant:
    """The bits are scaled to the same number of bytes: samples of long files differ in length."""
    texts = [sample.decode(codec, "replace") for codec in codecs]
    texts = texts or [read_as(encoding, sample).text]
    weight, clean = min(map(_weigh, texts), key=lambda one: one[0].bits)
    bits = weight.bits * scale / max(1, len(sample)) if scale == SAMPLE_BYTES else weight.bits
    bits += PRIOR_BITS[encoding] - (STATED_BITS if encoding == stated else 0.0)
    return Contestant(encoding, bits, weight.mean, clean)


def _weigh(text: str) -> tuple[Weight, bool]:
    """Return the weight and whether all bytes fit; the half of a character at the end is none."""
    text = text.rstrip("\x00\x1a")
    whole = text.removesuffix(DAMAGE)
    weight = weigh_text(whole)
    cut = CUT_BITS * (len(text) - len(whole))
    return Weight(weight.bits + cut, weight.count, weight.mean), DAMAGE not in whole


def _take_pieces(data: bytes) -> bytes:
    """Return data, or of a long file the stretches that are not ASCII, evenly chosen."""
    if len(data) <= SAMPLE_BYTES:
        return data
    pieces = [piece[:PIECE_BYTES] for piece in PIECES.findall(data)]
    total = sum(map(len, pieces))
    step = max(1, total // SAMPLE_BYTES)
    return b"\n".join(pieces[::step])[: 2 * SAMPLE_BYTES]


def _take_slices(data: bytes) -> bytes:
    """Return data, or of a long file a few slices that begin at whole units of four bytes."""
    if len(data) <= SAMPLE_BYTES:
        return data
    size, count = SAMPLE_BYTES // 8 // 4 * 4, 8
    stride = (len(data) - size) // (count - 1) // 4 * 4
    return b"".join(data[at * stride : at * stride + size] for at in range(count))
