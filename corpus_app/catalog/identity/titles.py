"""A title or an occasion taken apart: what document it names, of which event, with its ordinals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Literal

from corpus_app.catalog.identity.folding import (
    fold_numbers,
    fold_words,
    fold_writing,
    shorten_names,
)
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.numerals import read_ordinal

Form = Literal["occasion", "topic", "headline"]

_BRACKETED_END: Final = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]$")
_NUMBER: Final = re.compile(
    r"第?(\d+)(年|届|次|期|批|轮|号|季度|中全会|个?五年|大)"
    r"|第(\d+)([讲课场站组章篇辑]|阶段|部分|小组|片区)"
)
# Which part of a longer text this is: （二）, 之二, （下）, 下篇.
_PART: Final = re.compile(r"(?:[(\[【〔]第?|之)([0-9]{1,2}|[一二三四五六七八九十]{1,3})[)\]】〕]?$")
_VOLUME: Final = re.compile(r"[(\[【〔]([上中下])(?:篇|部分|集|辑)?[)\]】〕]$|([上中下])篇$")
_VOLUMES: Final = "上中下"
_UNNAMED: Final = re.compile(
    r"^(?:全|本|我|该)(?:[国省市县区州盟旗镇乡]|系统)|^[省市县区州盟旗镇乡]"
)
_HOST: Final = re.compile(
    r"^(?:(?:(?!全|本|我|该|各)[\u4e00-\u9fff]){2,7}?"
    r"(?:自治区|自治州|自治县|街道|[省市县区州盟旗镇乡](?!村|域|场|镇))"
    r"|(?!全|本|我|该|各)[\u4e00-\u9fff]县)+"
)
# A name of two characters and a unit may be a common word; such a host proves nothing.
_NO_HOST: Final = re.compile(r"(?:小?城镇|社区|城区|园区|开发区|地区|乡镇)$")


@dataclass(frozen=True)
class Name:
    """A title, subtitle or occasion: what it names, without the marks of a version.

    words are folded; core is the occasion or topic without host and ordinals, residue what of
    the whole is no common word; numbers go by their unit (届, 次, 年).
    """

    words: str
    kind: str
    form: Form
    core: str
    host: str
    residue: str
    numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def is_generic(self) -> bool:
        """Return whether any speech may be called so: 讲话, 在全市工作会议上的讲话."""
        return not self.residue and not (self.host and self.numbers)

    @property
    def is_telling(self) -> bool:
        """Return whether the name by itself names one event or one document."""
        if self.is_generic:
            return False
        if self.form == "headline" and not self.kind:
            return len(self.words) >= int(read_rules("identity")["titles"]["telling_headline"])
        national = any(word in self.words for word in read_rules("identity")["names"]["national"])
        placed = bool(self.host) or national or len(self.residue) >= LONG_RESIDUE
        return placed and bool(self.numbers)


LONG_RESIDUE: Final = 5


@lru_cache(maxsize=4096)
def read_name(text: str) -> Name:
    """Return a title, subtitle or occasion taken apart."""
    folded = fold_numbers(fold_writing(text))
    numbers = _read_numbers(folded)
    bare = _drop_version(_drop_brackets(folded))
    kind, ending = _find_kind(bare)
    form, core = _find_core(bare, ending)
    core = shorten_names(fold_words(core))
    host, core = _split_host(_drop_numbers(core))
    words = shorten_names(fold_words(bare))
    return Name(words, kind, form, core, host, _drop_common(words, host), numbers)


@cache
def find_endings() -> tuple[tuple[str, str], ...]:
    """Return the words that titles end with and their classes, the longest first."""
    classes = read_rules("identity")["titles"]["endings"]
    pairs = [(word, kind) for kind, words in classes.items() for word in words]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def drop_generic(core: str) -> str:
    """Return what of an occasion is no word that any occasion has."""
    # 人大会议 is 人大 and 会议.
    return re.sub(
        "|".join(rf"(?<!人){word}" if word == "大会" else word for word in _list_generic()),
        "",
        core,
    )


@cache
def _list_generic() -> tuple[str, ...]:
    words = read_rules("identity")["titles"]["generic"]
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def _read_numbers(folded: str) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for match in _NUMBER.finditer(folded):
        found.setdefault(match[2] or match[4], set()).add(int(match[1] or match[3]))
    if part := _PART.search(folded):
        found["part"] = {read_ordinal(part[1]) or 0}
    if volume := _VOLUME.search(folded):
        found["volume"] = {_VOLUMES.index(volume[1] or volume[2])}
    # 十九大 is the 19th congress, which full titles call 第十九次全国代表大会.
    if "大" in found:
        found.setdefault("次", set()).update(found.pop("大"))
    return {unit: frozenset(values) for unit, values in found.items()}


def _drop_brackets(folded: str) -> str:
    while _BRACKETED_END.search(folded):
        folded = _BRACKETED_END.sub("", folded)
    return folded


def _drop_version(folded: str) -> str:
    endings = "|".join(word for word, _kind in find_endings())
    versions = "|".join(read_rules("identity")["titles"]["versions"]["words"])
    return re.sub(rf"({endings})的?(?:{versions})+$", r"\1", folded)


def _find_kind(folded: str) -> tuple[str, str]:
    """Return the class of the document and the word that says so, blank where none does."""
    words = folded.rstrip("”’\"'》」』!?。")
    for word, kind in find_endings():
        if words.endswith(word):
            return kind, word
    reporting = read_rules("identity")["titles"]["reporting"]
    if any(word in folded for word in reporting):
        return "notes", ""
    return "", ""


def _find_core(folded: str, ending: str) -> tuple[Form, str]:
    tail = re.escape(ending)
    about = re.search(rf"关于(.+?)的?{tail}$", folded) if ending else None
    if about:
        return "topic", about[1]
    # A speaker may stand before, or a whole headline.
    held = re.search(r"^(?:[^在]{0,16}|.{17,})在(.+)(?:上|时|中|期间)的?[^上]{0,4}$", folded)
    if held and len(folded) - held.end(1) <= len(ending) + 4:
        return "occasion", held[1]
    if ending and (held := re.search(rf"^[^在]{{0,16}}在(.+?)的?{tail}$", folded)):
        return "occasion", held[1]
    if held := re.search(rf"^(.{{0,30}}(?:会议|大会|会|式))上?的?{tail}$", folded):
        return "occasion", held[1]
    return "headline", folded


def _drop_numbers(words: str) -> str:
    return _NUMBER.sub("", re.sub(r"\d+年\d+月(?:\d+日)?|\d+月\d+日", "", words))


def _split_host(core: str) -> tuple[str, str]:
    """Return the place that holds the occasion, blank where it is not named, and the rest."""
    found = _HOST.match(core)
    if found and not _NO_HOST.search(found[0]):
        return found[0], core[found.end() :]
    return "", _UNNAMED.sub("", core)


def _drop_common(words: str, host: str) -> str:
    """Return what is left of a name without ordinals, host, endings and common words."""
    rest = _drop_numbers(words).replace(host, "") if host else _drop_numbers(words)
    for ending, _kind in find_endings():
        rest = rest.removesuffix(ending)
    rest = re.sub(r"^[^在]{0,4}在", "", rest)
    return drop_generic(_UNNAMED.sub("", rest))
