"""From the leaves of a query to patterns of characters, each with the code points that count."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from corpus_app.text.folding import case_alternatives, fold_codes, fold_name
from search.query.nodes import FieldText, Near, Phrase, Prefix, Words

Pattern = Sequence[tuple[int, ...]]


def make_pattern(text: str, *, any_case: bool) -> Pattern:
    """Return the pattern of a text as folded; letters in either case where any_case is set."""
    return _fold_pattern(text, any_case)


# One search makes the pattern of each word many times: to match, to rank and to mark.
@lru_cache(maxsize=1024)
def _fold_pattern(text: str, any_case: bool) -> Pattern:
    codes = fold_codes(text).tolist()
    return tuple(case_alternatives(code) if any_case else (code,) for code in codes)


def read_patterns(leaf: Phrase | Words | Prefix) -> list[Pattern]:
    """Return the patterns that must all occur; of a term that asks for any word, one of them.

    A prefix is its characters anywhere: where words begin is the segmenter's guess, and a guess
    must not hide a match. Quoted text keeps its case, words do not.
    """
    if isinstance(leaf, Phrase):
        return [make_pattern(leaf.text, any_case=False)]
    if isinstance(leaf, Prefix):
        return [make_pattern(leaf.text, any_case=True)]
    return [make_pattern(word, any_case=True) for word in leaf.words or (leaf.text,)]


def read_near_patterns(near: Near) -> tuple[Pattern, Pattern]:
    """Return the patterns on both sides; here an unquoted term is one string."""
    left, right = (
        make_pattern(side.text, any_case=isinstance(side, Words))
        for side in (near.left, near.right)
    )
    return left, right


def read_field_patterns(leaf: FieldText) -> list[Pattern]:
    """Return the patterns that must all occur in the field."""
    return [make_pattern(word, any_case=True) for word in leaf.words or (write_field_value(leaf),)]


def write_field_value(leaf: FieldText) -> str:
    """Return the text of a field as its zone has it: a person's name without dots and blanks."""
    return (leaf.field == "speaker" and fold_name(leaf.text)) or leaf.text
