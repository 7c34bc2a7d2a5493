"""Which values browsers take for a property: a declaration with another counts for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import tinycss2

from corpus_app.ingest.formats.webpage.colors import is_color
from corpus_app.ingest.formats.webpage.functions import is_whole_function
from corpus_app.ingest.formats.webpage.lengths import ANGLES, MATH, UNITS, is_sound
from corpus_app.ingest.rule_files import read_rules

# What every property takes.
WIDE: Final = frozenset({"inherit", "initial", "unset", "revert", "revert-layer"})
_NUMERIC: Final = frozenset({"length", "percentage", "number", "integer", "angle", "fraction"})
_SYSTEM_FONTS: Final = frozenset({
    "caption", "icon", "menu", "message-box", "small-caption", "status-bar",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ValueGrammar:
    """What may stand in the value of a property; pairs are two words of one list each."""

    words: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    pairs: tuple[frozenset[str], ...] = ()
    most: int = 1
    positive: bool = False
    unitless: bool = False
    slash: bool = False
    commas: bool = False


@cache
def load_grammars() -> Mapping[str, ValueGrammar]:
    """Return by property what rules/css_values.toml says of its values."""
    found: dict[str, ValueGrammar] = {}
    for rule in read_rules("css_values")["property"]:
        found |= dict.fromkeys(rule["names"], _read_grammar(rule))
    return found


def _read_grammar(rule: Mapping[str, Any]) -> ValueGrammar:
    words, kinds, functions = (
        frozenset(rule.get(key, ())) for key in ("words", "kinds", "functions")
    )
    flags = ("positive", "unitless", "slash", "commas")
    positive, unitless, slash, commas = (bool(rule.get(key)) for key in flags)
    pairs = tuple(map(frozenset, rule.get("pairs", ())))
    return ValueGrammar(
        words, kinds, functions, pairs, rule.get("most", 1), positive, unitless, slash, commas
    )


@cache
def list_initial() -> Mapping[str, str]:
    """Return the initial values of the properties that elements take over from those around."""
    rules = read_rules("css_values")["property"]
    inherited = [rule for rule in rules if "inherited" in rule]
    return {name: rule["initial"] for rule in inherited for name in rule["names"]}


@lru_cache(maxsize=20_000)
def is_valid(name: str, value: str, quirks: bool = False) -> bool:
    """Return whether a browser takes a value, without var(), for a property of the grammar.

    >>> is_valid("display", "none"), is_valid("display", "bogus"), is_valid("left", "5")
    (True, False, False)
    """
    text = value.lower()
    if text in WIDE:
        return True
    grammar = load_grammars()[name]
    if text in grammar.words:
        return True
    tokens = _list_tokens(value)
    if not tokens or (name == "quotes" and len(tokens) % 2):
        return False
    if grammar.pairs and all(token.type == "ident" for token in tokens):
        return _is_pair([token.lower_value for token in tokens], grammar)
    between = {"/"} if grammar.slash else {","} if grammar.commas else set()
    signs = {token.value for token in tokens if token.type == "literal"}
    parts = [token for token in tokens if token.type != "literal"]
    return (
        signs <= between
        and 0 < len(parts) <= grammar.most
        and all(_fits(token, grammar, quirks, alone=len(tokens) == 1) for token in parts)
    )


def _list_tokens(value: str) -> list[Any]:
    tokens = tinycss2.parse_component_value_list(value, skip_comments=True)
    return [token for token in tokens if token.type != "whitespace"]


def _is_pair(words: Sequence[str], grammar: ValueGrammar) -> bool:
    if len(words) == 1:
        return words[0] in grammar.words
    rest = [word for word in words if word != "list-item"]
    if len(rest) < len(words) - 1 or len(words) > 3:
        return False
    flows = frozenset({"flow", "flow-root"})
    inner = flows if len(rest) < len(words) else grammar.pairs[1]
    outer = [word for word in rest if word in grammar.pairs[0]]
    return (
        len(outer) <= 1
        and all(w in inner for w in rest if w not in outer)
        and (len(rest) - len(outer) <= 1)
    )


def _fits(token: Any, grammar: ValueGrammar, quirks: bool, *, alone: bool) -> bool:
    """Say whether one component may stand in a value; some words must stand alone."""
    kind = token.type
    if kind == "ident":
        return _fits_word(token.lower_value, grammar, quirks, alone=alone)
    if kind in ("number", "percentage", "dimension"):
        return _fits_number(token, grammar, quirks)
    if kind == "function":
        return _fits_function(token, grammar)
    if kind == "hash":
        return "color" in grammar.kinds and is_color(f"#{token.value}")
    named = {"string": "string", "url": "address", "[] block": "line"}.get(kind, "")
    return named in grammar.kinds


def _fits_word(word: str, grammar: ValueGrammar, quirks: bool, *, alone: bool) -> bool:
    if word in ("none", "auto", "normal"):
        return word in grammar.words and alone
    if word in grammar.words or ("*" in grammar.words and word not in WIDE | {"default"}):
        return True
    bare = quirks and grammar.unitless
    return "color" in grammar.kinds and (is_color(word) or (bare and is_color(f"#{word}")))


def _fits_number(token: Any, grammar: ValueGrammar, quirks: bool) -> bool:
    if token.value < 0 and grammar.positive:
        return False
    kinds = grammar.kinds
    if token.type == "percentage":
        return "percentage" in kinds
    if token.type == "dimension":
        unit = token.lower_unit
        if quirks and grammar.unitless and "color" in kinds:
            return is_color(f"#{token.representation}{token.unit}")
        return (
            ("length" in kinds and unit in UNITS)
            or ("angle" in kinds and unit in ANGLES)
            or ("fraction" in kinds and unit == "fr")
        )
    if "number" in kinds or ("integer" in kinds and token.is_integer):
        return True
    if quirks and grammar.unitless:
        return "length" in kinds or is_color(f"#{token.representation}")
    return not token.value and ("length" in kinds or "angle" in kinds)


def _fits_function(token: Any, grammar: ValueGrammar) -> bool:
    name = token.lower_name
    if name in grammar.functions:
        return is_whole_function(token)
    if name in MATH or name == "-webkit-calc" or name in ("env", "anchor-size", "sibling-index"):
        if not grammar.kinds & _NUMERIC or not token.arguments:
            return False
        lengths = "length" in grammar.kinds
        return name == "env" or not lengths or is_sound(token, length=True)
    if name == "url":
        return "address" in grammar.kinds
    return "color" in grammar.kinds and is_color(tinycss2.serialize([token]))


def read_font_size(value: str, quirks: bool = False) -> str | None:
    """Return the size that a value of font states, "" for a system font, None where it is wrong."""
    words = value.lower().strip()
    if words in _SYSTEM_FONTS:
        return ""
    tokens = _list_tokens(value)
    for place, token in enumerate(tokens):
        if _is_size(token):
            text = tinycss2.serialize([token])
            rest = tokens[place + 1 :]
            rest = rest[2:] if rest and rest[0] == "/" else rest
            family = all(one.type in ("ident", "string") or one == "," for one in rest)
            return text if rest and family and is_valid("font-size", text, quirks) else None
        if token.type not in ("ident", "number"):
            return None
    return None


def _is_size(token: Any) -> bool:
    """Say whether a part of a font is its size; numbers before it are weights."""
    if token.type == "ident":
        return token.lower_value in load_grammars()["font-size"].words
    if token.type == "number":
        return bool(token.value < 1)
    return token.type in ("dimension", "percentage", "function")
