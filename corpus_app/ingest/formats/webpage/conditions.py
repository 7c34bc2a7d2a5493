"""Conditions of style sheets: whether they hold on a screen; None where only layout says it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import cssselect2
import tinycss2

from corpus_app.ingest.formats.webpage.declarations import list_properties, read_style
from corpus_app.ingest.formats.webpage.lengths import (
    SCREEN,
    SCREEN_HEIGHT,
    measure,
    read_share,
    split_commas,
)
from corpus_app.ingest.rule_files import read_rules

# True, False, or None where it is not known.
Answer = bool | None

_DEEPEST: Final = 12
_SCREENS: Final = frozenset({"", "all", "screen"})
# What a desk's screen with a mouse says to questions for a word.
_WORDS: Final = {
    "orientation": "landscape", "prefers-color-scheme": "light", "hover": "hover",
    "any-hover": "hover", "pointer": "fine", "any-pointer": "fine", "update": "fast",
    "prefers-reduced-motion": "no-preference", "prefers-contrast": "no-preference",
    "prefers-reduced-transparency": "no-preference", "prefers-reduced-data": "no-preference",
    "forced-colors": "none", "inverted-colors": "none", "scripting": "enabled",
    "scan": "progressive",
    "display-mode": "browser", "overflow-block": "scroll", "overflow-inline": "scroll",
    "color-gamut": "srgb", "dynamic-range": "standard", "video-dynamic-range": "standard",
}  # fmt: skip
# These words say no where nothing else is asked: "(prefers-reduced-motion)".
_NONE: Final = frozenset({"none", "no-preference"})
_NUMBERS: Final = {
    "width": float(SCREEN), "device-width": float(SCREEN), "height": float(SCREEN_HEIGHT),
    "device-height": float(SCREEN_HEIGHT), "aspect-ratio": SCREEN / SCREEN_HEIGHT,
    "device-aspect-ratio": SCREEN / SCREEN_HEIGHT, "resolution": 1.0, "color": 8.0,
    "color-index": 0.0, "monochrome": 0.0, "grid": 0.0, "device-pixel-ratio": 1.0,
    "horizontal-viewport-segments": 1.0, "vertical-viewport-segments": 1.0,
}  # fmt: skip
_RESOLUTIONS: Final = {"dppx": 1.0, "x": 1.0, "dpi": 1 / 96, "dpcm": 2.54 / 96}
_COMPARE: Final[dict[str, Callable[[float, float], bool]]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
}
_OLD: Final = re.compile(r"\\[0-9]")


class NotUnderstood(ValueError):  # noqa: N818  (a query of which browsers make "not all")
    """A condition that no browser understands."""


def fits_screen(media: str) -> bool:
    """Return whether a list of media holds for the screen on which a page is read.

    >>> fits_screen("print"), fits_screen("screen and (max-width: 600px)"), fits_screen("")
    (False, False, True)
    """
    if not media.strip():
        return True
    tokens = tinycss2.parse_component_value_list(media.lower(), skip_comments=True)
    return any(_fits_query(part) for part in split_commas(tokens))


def _fits_query(tokens: Sequence[Any]) -> bool:
    """Say whether one query holds: [not|only] kind [and (feature)…], or (feature) alone."""
    rest = [token for token in tokens if token.type != "whitespace"]
    try:
        if not rest or rest[0].type != "ident" or _is_block(rest[1:2], rest[0]):
            return _answer(rest, _ask_feature, 0) is True
        negated = rest[0].lower_value == "not"
        rest = rest[1:] if rest[0].lower_value in ("not", "only") else rest
        if not rest or rest[0].type != "ident" or (rest[1:] and rest[1] != _AND):
            return False
        kind = rest[0].lower_value in _SCREENS
        held: Answer = _answer(rest[2:], _ask_feature, 0) if rest[2:] else True
    except NotUnderstood:
        return False
    if held is None:
        return False
    return (kind and held) is not negated


def _is_block(following: Sequence[Any], word: Any) -> bool:
    return word.lower_value == "not" and bool(following) and following[0].type == "() block"


class _Word:
    """Compares with an ident token of one name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return (
            getattr(other, "type", "") == "ident" and getattr(other, "lower_value", "") == self.name
        )

    def __hash__(self) -> int:
        return hash(self.name)


_AND: Final = _Word("and")


def _answer(tokens: Sequence[Any], ask: Callable[[Any], Answer], depth: int) -> Answer:
    """Return what "a and b", "a or b", "not a" come to; ask answers one part in brackets."""
    rest = [token for token in tokens if token.type != "whitespace"]
    if depth > _DEEPEST or not rest:
        raise NotUnderstood
    if rest[0].type == "ident" and rest[0].lower_value == "not":
        if len(rest) != 2:
            raise NotUnderstood
        held = _answer(rest[1:], ask, depth + 1)
        return None if held is None else not held
    if len(rest) == 1:
        return _answer_one(rest[0], ask, depth)
    signs = {getattr(token, "lower_value", "") for token in rest[1::2]}
    if len(rest) % 2 == 0 or signs not in ({"and"}, {"or"}):
        raise NotUnderstood
    answers = [_answer_one(token, ask, depth) for token in rest[::2]]
    decisive = signs == {"or"}
    if decisive in answers:
        return decisive
    return None if None in answers else not decisive


def _answer_one(token: Any, ask: Callable[[Any], Answer], depth: int) -> Answer:
    if token.type == "() block":
        inner = [one for one in token.content if one.type != "whitespace"]
        nested = inner and (
            inner[0].type == "() block"
            or (inner[0].type == "function" and inner[0].lower_name in ("selector", "style"))
            or (inner[0].type == "ident" and inner[0].lower_value == "not")
        )
        if nested:
            return _answer(inner, ask, depth + 1)
    return ask(token)


def _ask_feature(token: Any) -> Answer:
    """Answer "(min-width: 600px)", "(400px <= width < 800px)", "(hover)"."""
    if token.type != "() block":
        raise NotUnderstood
    return _ask_size(token.content, _NUMBERS)


def _ask_size(content: Sequence[Any], known: dict[str, float]) -> Answer:
    text = tinycss2.serialize(content).strip().lower()
    name, colon, value = (part.strip() for part in text.partition(":"))
    if colon:
        return _ask_named(name, value, known)
    sides = re.split(r"(<=|>=|<|>|=)", text)
    if len(sides) == 1:
        return _ask_word(name, known)
    return _compare_sides([side.strip() for side in sides], known)


def _ask_named(name: str, value: str, known: dict[str, float]) -> Answer:
    name = name.removeprefix("-webkit-")
    end = name[:4] if name[:4] in ("min-", "max-") else ""
    name = name.removeprefix(end)
    if name in known:
        limit = _read_limit(value)
        if limit is None:
            raise NotUnderstood
        return _COMPARE[{"min-": ">=", "max-": "<="}.get(end, "=")](known[name], limit)
    if name in _WORDS and not end:
        return _WORDS[name] == value or (name.endswith("-gamut") and value == "srgb")
    raise NotUnderstood


def _ask_word(name: str, known: dict[str, float]) -> Answer:
    name = name.removeprefix("-webkit-")
    if name in known:
        return known[name] != 0
    if name in _WORDS:
        return _WORDS[name] not in _NONE
    raise NotUnderstood


def _compare_sides(sides: Sequence[str], known: dict[str, float]) -> Answer:
    """Answer "a < b" and "a < b < c", one of them the name of a feature."""
    if len(sides) not in (3, 5):
        raise NotUnderstood
    if sum(side in known for side in sides[::2]) != 1:
        raise NotUnderstood
    values = [known[side] if side in known else _read_limit(side) for side in sides[::2]]
    held = True
    for first, sign, second in zip(values, sides[1::2], values[1:], strict=False):
        if first is None or second is None:
            raise NotUnderstood
        held = held and _COMPARE[sign](first, second)
    return held


def _read_limit(value: str) -> float | None:
    if _OLD.search(value):
        return None
    over, slash, under = value.partition("/")
    if slash:
        shares = read_share(over.strip()), read_share(under.strip())
        return shares[0] / shares[1] if shares[0] is not None and shares[1] else None
    for unit, share in _RESOLUTIONS.items():
        if value.endswith(unit) and (number := read_share(value.removesuffix(unit))) is not None:
            return number * share
    length = measure(value)
    return read_share(value) if length is None else length


@lru_cache(maxsize=500)
def is_supported(condition: str) -> Answer:
    """Return whether a browser supports what @supports asks for; None where we can't tell.

    >>> is_supported("(display: grid) and (not (display: bogus))")
    True
    """
    tokens = tinycss2.parse_component_value_list(condition, skip_comments=True)
    try:
        return _answer(tokens, _ask_support, 0)
    except NotUnderstood:
        return False


def _ask_support(token: Any) -> Answer:
    if token.type == "function" and token.lower_name == "selector":
        try:
            return bool(cssselect2.compile_selector_list(token.arguments))
        except (cssselect2.SelectorError, NotImplementedError, RecursionError):
            return None
    if token.type != "() block":
        return None
    text = tinycss2.serialize(token.content)
    name = text.partition(":")[0].strip().lower()
    if name.startswith("--"):
        return True
    if name.startswith(("-moz-", "-ms-", "-o-", "-khtml-")):
        return False
    if name in list_properties():
        return bool(read_style(text))
    known: list[str] = read_rules("css_values")["known"]["properties"]
    return True if name in known else None


def is_fitting_container(condition: Sequence[Any], width: float | None) -> Answer:
    """Return whether a query on a container of this width holds; None where it is not known."""

    def ask(token: Any) -> Answer:
        if token.type != "() block" or width is None:
            return None
        try:
            return _ask_size(token.content, {"width": width, "inline-size": width})
        except NotUnderstood:
            return None

    try:
        return _answer(condition, ask, 0)
    except NotUnderstood:
        return False
