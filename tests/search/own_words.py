"""Which sections satisfy a query by words of their own, read off plainly."""

from __future__ import annotations

from search.arrays.building import SpeechRecord
from search.query.nodes import And, Node, Or, Phrase, Prefix, SloganNamed, Words
from tests.search.oracle import Unit
from tests.search.plain_folding import fold, fold_part, list_chars


def holds_by_own_words(unit: Unit, node: Node) -> bool | None:
    """Tell whether a section satisfies the words asked for by its own; None if none are."""
    match node:
        case And(children) | Or(children):
            parts = [holds_by_own_words(unit, child) for child in children]
            worded = [part for part in parts if part is not None]
            if not worded:
                return None
            return all(worded) if isinstance(node, And) else any(worded)
        case Phrase(text):
            return _has_own(unit, fold(text), any_case=False)
        case Prefix(text):
            return _has_own(unit, fold(text), any_case=True)
        case Words(_, words):
            return all(_has_own(unit, fold(word), any_case=True) for word in words)
        case SloganNamed(text):
            return any(
                str(slogan) == text
                and fold_part(unit.record.text, start, end) != ""
                and _find_deepest(unit.record, start, end) == unit.section
                for slogan, start, end in unit.record.mentions
            )
    return None


def _has_own(unit: Unit, wanted: str, *, any_case: bool) -> bool:
    text = unit.record.text
    letters = list_chars(text)
    joined = "".join(letter.char for letter in letters)
    if any_case:
        joined, wanted = joined.lower(), wanted.lower()
    return any(
        _find_deepest(unit.record, letters[at].start, letters[at + len(wanted) - 1].start + 1)
        == unit.section
        for at in range(len(joined) - len(wanted) + 1)
        if joined.startswith(wanted, at)
    )


def _find_deepest(record: SpeechRecord, start: int, end: int) -> int:
    holding = [
        at
        for at, section in enumerate(record.sections)
        if section.start <= start and end <= section.end
    ]
    return holding[-1] if holding else -1
