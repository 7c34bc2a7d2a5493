"""Does a line look like the title of a speech? Features that a person sees, no list of titles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from corpus_app.ingest.decode import load_common_characters
from corpus_app.ingest.metadata.names import is_name, split_office
from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.chars import count_chars, squeeze
from corpus_app.text.equality import list_equal
from corpus_app.text.folding import fold_keeping_space
from corpus_app.text.needles import GuardedPatterns

_HAN: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_PARTS: Final = re.compile(r"[\s\u3000|｜/／_>＞·•丨,，、:：]+")
_BRACKETS: Final = "（）()[]【】〔〕"
_UNWORDED: Final = re.compile(rf"[\s\d{re.escape(_BRACKETS)}.．:：-]+")
_MARKS: Final = "《》“”‘’「」（）()—"
_PAIRS: Final = (("（(", "）)"), ("【[〔", "】]〕"), ("《", "》"), ("“", "”"))
_OF_PEOPLES: Final = re.compile(
    rf"[\u3400-\u9fff]{{1,8}}(?:[{list_equal('·')}][\u3400-\u9fff]{{1,10}})+"
)
_REMARK: Final = re.compile(r"\s*[（(][^（）()]{1,20}[）)]$")
_REMARK_ENDS: Final = frozenset("）)\n")
_HOLDER: Final = re.compile(r"(?P<name>[^（()）]{2,24})[（(](?P<office>[^（()）]{1,40})[）)]")


LONGEST_KEPT: Final = 200
# A title that a line's end breaks, and what is left of its last word.
LONGEST_BROKEN, LONGEST_REST = 80, 4
_ENDED: Final = "。！？；：，!?;:,）)》”"


@dataclass(frozen=True, slots=True)
class TitleFault:
    """Why a line is no likely title: a code, and the words that show it."""

    code: str
    words: str


def find_title_fault(title: str) -> TitleFault | None:
    """Return what speaks against the line being a speech's title, None where nothing does.

    >>> find_title_fault("正文复制")
    TitleFault(code='chrome', words='正文复制')
    >>> find_title_fault("在全市人大工作会议上的讲话") is None
    True
    """
    line = title.strip()
    return _recall_fault(line) if len(line) <= LONGEST_KEPT else _find_fault(line)


def _find_fault(line: str) -> TitleFault | None:
    return next((fault for judge in JUDGES if (fault := judge(line)) is not None), None)


# A line is asked about by many: signs, choice, doubt.
_recall_fault = lru_cache(maxsize=512)(_find_fault)


def ends_as_document(line: str) -> bool:
    """Return whether a line ends with a word for a document (讲话, 开幕词), brackets aside."""
    bare = _REMARK.sub("", line) if line[-1:] in _REMARK_ENDS else line
    # 全体会 broken off from 全体会议 is no 体会.
    return bare.endswith(_document_words()) and not bare.endswith("全体会")


def is_document_broken(above: str, below: str) -> bool:
    """Return whether a word for a document begins at the end of a line and ends the next (报, 告).

    Of 政府, 工作报告 that is 政府工作报告; a line that ends a sentence or is long is no title's.
    """
    words, rest = (fold_keeping_space(squeeze(words)) for words in (above, below))
    titled = 0 < len(words) <= LONGEST_BROKEN and words[-1] not in _ENDED
    if not titled or not 0 < len(rest) <= LONGEST_REST:
        return False
    ending = (word for word in _document_words() if (words + rest).endswith(word))
    return any(len(word) > len(rest) for word in ending)


@cache
def _document_words() -> tuple[str, ...]:
    endings = read_rules("metadata")["titles"]["endings"]
    return (*endings, *read_rules("plausibility")["titles"]["documents"])


def is_button(words: str) -> bool:
    """Return whether the words are what a page's button says: an act, and what it is done to."""
    if _acts().search(words.lower()) is None:
        return False
    return _made_of("buttons").fullmatch(words) is not None


@cache
def _acts() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _limits()["acts"])))


def _limits() -> dict[str, Any]:
    limits: dict[str, Any] = read_rules("plausibility")["titles"]
    return limits


def _judge_signs(line: str) -> TitleFault | None:
    han = _HAN.findall(line)
    if not han:
        return TitleFault("no_han", line)
    if count_chars(line) > _limits()["longest"]:
        return TitleFault("long", line)
    common = sum(map(load_common_characters().__contains__, han))
    if len(han) >= _limits()["measured"] and common < _limits()["common_share"] * len(han):
        return TitleFault("garbled", line)
    return None


@cache
def _fault_patterns() -> list[tuple[str, bool, re.Pattern[str]]]:
    return [
        (rule["code"], rule.get("search", False), re.compile(rule["pattern"], re.IGNORECASE))
        for rule in _limits()["fault"]
    ]


@cache
def _fault_guard() -> GuardedPatterns:
    return GuardedPatterns([pattern for _, _, pattern in _fault_patterns()])


def _judge_patterns(line: str) -> TitleFault | None:
    patterns = _fault_patterns()
    for at in _fault_guard().select(line):
        code, anywhere, pattern = patterns[at]
        match = pattern.search(line) if anywhere else pattern.fullmatch(line)
        if match is not None:
            return TitleFault(code, match.group().strip() or line)
    return None


@cache
def _made_of(name: str) -> re.Pattern[str]:
    words = _limits()["acts"] + _limits()["objects"] if name == "buttons" else _limits()[name]
    return re.compile(
        "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")+", re.IGNORECASE
    )


def _judge_chrome(line: str) -> TitleFault | None:
    """One part that is a button shows that the line was put together from a page's lines."""
    parts = (part.strip(_BRACKETS) for part in _PARTS.split(line))
    button = next(filter(is_button, parts), None)
    return None if button is None else TitleFault("chrome", button)


def _judge_generic(line: str) -> TitleFault | None:
    bare = _UNWORDED.sub("", line)
    return TitleFault("generic", line) if _made_of("generic").fullmatch(bare) else None


def _judge_person(line: str) -> TitleFault | None:
    parts = [part for part in re.split(r"[\s\u3000、]+", line) if part]
    if ends_as_document(line):
        return None
    named = all(map(_names_person, parts)) or is_name(line)
    return TitleFault("person", line) if named or _names_holder(line) else None


def _names_person(word: str) -> bool:
    return is_name(word) or _OF_PEOPLES.fullmatch(word) is not None


def _names_holder(line: str) -> bool:
    """Say whether a line is an office with its holder, in either order."""
    if split_office(line) is not None:
        return True
    match = _HOLDER.fullmatch(line)
    if match is not None:
        return _names_person(match["name"].strip())
    words = line.split()
    return len(words) > 1 and _OF_PEOPLES.fullmatch(words[-1]) is not None


def _judge_shape(line: str) -> TitleFault | None:
    for opening, closing in _PAIRS:
        if sum(map(line.count, opening)) != sum(map(line.count, closing)):
            return TitleFault("fragment", line)
    solid = squeeze(line)
    meaning = [sign for sign in solid if not sign.isdigit() and sign not in _MARKS]
    if len(_HAN.findall(line)) < _limits()["han_share"] * len(meaning):
        return TitleFault("symbols", line)
    if len(solid) < _limits()["shortest"] and not ends_as_document(line):
        return TitleFault("short", line)
    return None


JUDGES: Final[tuple[Callable[[str], TitleFault | None], ...]] = (
    _judge_signs,
    _judge_chrome,
    _judge_generic,
    _judge_patterns,
    _judge_person,
    _judge_shape,
)
