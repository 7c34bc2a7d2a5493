"""How surprising a text is as Chinese: bits by character, mark-up and other ASCII aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from corpus_app.ingest.rule_files import RULES
from corpus_app.text.chars import read_codes

ASCII_BITS = 7.0
CONTROL_BITS = 25.0
# A character that no codec gives for a sound file.
WRONG_BITS = 40.0
UNKNOWN_BITS = 24.0
HAN_BITS = 21.0
# Last code point of a block and the bits of a character in it that the table does not name.
BLOCKS = (
    (0x9F, WRONG_BITS),
    (0x24F, 17.5),
    (0x2FF, 18.0),
    (0x52F, 17.5),
    (0x1FFF, UNKNOWN_BITS),
    (0x206F, 16.0),
    (0x2BFF, 15.0),
    (0x2E7F, UNKNOWN_BITS),
    (0x2FDF, 18.0),
    (0x303F, 16.0),
    (0x30FF, 16.0),
    (0x312F, 14.0),
    (0x33FF, 17.0),
    (0x4DBF, 23.0),
    (0x9FFF, HAN_BITS),
    (0xD7FF, UNKNOWN_BITS),
    (0xDFFF, WRONG_BITS),
    (0xF8FF, 32.0),
    (0xFAFF, UNKNOWN_BITS),
    (0xFE0F, UNKNOWN_BITS),
    (0xFE6F, 14.0),
    (0xFEFE, UNKNOWN_BITS),
    (0xFEFF, 12.0),
    (0xFF5F, 14.0),
    (0xFFEF, 20.0),
    (0xFFFD, WRONG_BITS),
    (0xFFFF, WRONG_BITS),
    (0x1FAFF, 18.0),
    (0x3FFFF, 23.0),
    (0x10FFFF, 30.0),
)
LAST_ASCII = 0x7F
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
# A file with a hole in it, as a disk that ran full leaves it, is one sign and not thousands.
HOLES = re.compile("\x00{8,}")
HAN, KANA = 1, 2
SCRIPTS = (
    (HAN, 0x3007, 0x3007),
    (HAN, 0x3400, 0x4DBF),
    (HAN, 0x4E00, 0x9FFF),
    (HAN, 0xF900, 0xFAFF),
    (HAN, 0x20000, 0x3FFFF),
    (KANA, 0x3041, 0x3096),
    (KANA, 0x30A1, 0x30FA),
    (KANA, 0xFF66, 0xFF9D),
)
# Costs are told in halves of a bit, which a byte holds, and add up exactly in any order.
HALVES = 2


@dataclass(frozen=True, slots=True)
class Weight:
    """bits of the whole text; count and mean (bits) of its characters beyond ASCII."""

    bits: float
    count: int
    mean: float


@cache
def load_costs() -> dict[str, float]:
    """Return the bits of each character that the table names."""
    text = (RULES / "character_costs.txt").read_text(encoding="utf-8")
    costs: dict[str, float] = {}
    for line in text.splitlines():
        bits, _, chars = line.partition(" ")
        if bits != "#":
            costs |= dict.fromkeys(chars, float(bits))
    return costs


@cache
def cost_of(char: str) -> float:
    """Return how many bits of surprise a character beyond ASCII is in Chinese prose.

    >>> cost_of("的") < cost_of("垚") < cost_of("\\ufffd")
    True
    """
    known = load_costs().get(char)
    if known is not None:
        return known
    code = ord(char)
    return next(bits for last, bits in BLOCKS if code <= last)


def weigh_text(text: str) -> Weight:
    """Return the surprise of a text; the lower, the more it is Chinese.

    >>> weigh_text("各位代表").mean < weigh_text("鍚勪綅浠ｈ〃").mean
    True
    """
    if "\x00\x00\x00\x00" in text:
        text = HOLES.sub("\x00", text)
    halves = cost_all(text)
    foreign = int(np.count_nonzero(halves))
    costs = int(halves.sum(dtype=np.int64)) / HALVES
    plain = len(text) - foreign
    controls = len(CONTROLS.findall(text)) if plain else 0
    bits = costs + plain * ASCII_BITS + controls * (CONTROL_BITS - ASCII_BITS)
    return Weight(bits, foreign, costs / foreign if foreign else 0.0)


def cost_all(text: str) -> npt.NDArray[np.uint8]:
    """Return for each character twice its cost in bits (see cost_of), 0 for ASCII."""
    return _load_halves()[read_codes(text)]


@cache
def _load_halves() -> npt.NDArray[np.uint8]:
    halves = np.zeros(BLOCKS[-1][0] + 1, dtype=np.uint8)
    first = LAST_ASCII + 1
    for last, bits in BLOCKS:
        halves[first : last + 1] = int(bits * HALVES)
        first = last + 1
    for char, bits in load_costs().items():
        if ord(char) > LAST_ASCII:
            halves[ord(char)] = int(bits * HALVES)
    return halves


def has_chinese(text: str) -> bool:
    """Return whether any Han stand in a text that is not Japanese.

    >>> has_chinese("GDP 增长"), has_chinese("annual report"), has_chinese("国会の議事録です")
    (True, False, False)
    """
    counts = np.bincount(_load_scripts()[read_codes(text)], minlength=3)
    han, kana = int(counts[HAN]), int(counts[KANA])
    return han > 0 and kana <= 0.2 * han


@cache
def _load_scripts() -> npt.NDArray[np.uint8]:
    """Return the script of each code point: HAN, KANA or 0."""
    scripts = np.zeros(BLOCKS[-1][0] + 1, dtype=np.uint8)
    for script, first, last in SCRIPTS:
        scripts[first : last + 1] = script
    return scripts
