"""What the words of a label ask for: 讲话人 a speaker, 播出日期 the day of publication."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, Final

from corpus_app.ingest.rule_files import read_rules
from corpus_app.text.folding import simplify

BLANK: Final = "[ \u3000\t]*"
_LONGEST: Final = 12
# Composed labels are known as such though no colon follows where they are so long.
_BARE_CHARS: Final = 4


@cache
def list_listed() -> frozenset[str]:
    """Return all labels that are listed by their whole words."""
    labels = read_rules("metadata")["labels"]
    return frozenset(word for listed in labels.values() for word in listed)


@cache
def spell_labels() -> str:
    """Return the pattern of all labels, without groups; blanks may stand between characters."""
    words = sorted(list_listed(), key=len, reverse=True)
    listed = (BLANK.join(map(re.escape, word)) for word in words)
    return "|".join([*(_spell_kind(kind) for kind in _list_kinds()), *listed])


@cache
def list_beginnings() -> frozenset[str]:
    """Return the characters with which a label may begin."""
    parts = ("before", "first")
    words = (word for kind in _list_kinds() for part in parts for word in kind.get(part, []))
    return frozenset(word[0] for word in (*list_listed(), *words))


def _list_kinds() -> list[dict[str, Any]]:
    kinds: list[dict[str, Any]] = read_rules("metadata")["label_kinds"]
    return kinds


def _spell_kind(kind: dict[str, Any]) -> str:
    """Return the pattern of a kind of labels: perhaps a word before it, its first, its last."""
    before, first, last = (_spell_words(kind.get(part, [])) for part in ("before", "first", "last"))
    return (f"(?:{before}){{0,2}}" if before else "") + f"(?:{first})" + f"(?:{last})" * bool(last)


def _spell_words(words: list[str]) -> str:
    return "|".join("".join(f"{re.escape(char)}{BLANK}" for char in word) for word in words)


@cache
def _kind_patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(kind["field"], re.compile(_spell_kind(kind))) for kind in _list_kinds()]


@lru_cache(maxsize=1024)
def find_field(label: str) -> str:
    """Return the field that a label without blanks asks for, "other" where it is none of ours."""
    label = simplify(label)
    for name, words in read_rules("metadata")["labels"].items():
        if label in words:
            return str(name)
    found = (name for name, pattern in _kind_patterns() if pattern.fullmatch(label))
    return next(found, "other")


def is_known_label(word: str) -> bool:
    """Return whether a word without blanks is a label, listed or composed."""
    word = simplify(word)
    return word in list_listed() or _is_composed(word)


@lru_cache(maxsize=1024)
def _is_composed(word: str) -> bool:
    return len(word) <= _LONGEST and any(p.fullmatch(word) for _, p in _kind_patterns())


def is_cell_label(word: str) -> bool:
    """Return whether a word without blanks is a label though no colon follows, as in a cell."""
    word = simplify(word)
    if word in list_listed():
        return len(word) >= _BARE_CHARS or word in read_rules("metadata")["cells"]["short"]
    person = word.endswith(("人", "者")) and find_field(word) == "speaker"
    return len(word) >= _BARE_CHARS - person and _is_composed(word)
