"""Declarations of styles that change which words a page shows, and those that it numbers by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, Final

import tinycss2

from corpus_app.ingest.formats.webpage.shorthands import LONGHANDS, expand_shorthand
from corpus_app.ingest.formats.webpage.values import WIDE, is_valid, load_grammars
from corpus_app.ingest.rule_files import read_rules

# Property, value (white space and comments settled), whether it is important.
Declaration = tuple[str, str, bool]

# A value that names custom properties stands whole behind this sign and the name of the
# property that it was said of: what it comes to is known only at the element.
PENDING: Final = "\x00"
COLORED: Final = frozenset({"background", "background-color", "background-image", "color"})
# A style sheet without any of these hides, numbers, changes and breaks nothing.
TELLING: Final = re.compile(
    r"(?:display|visibility|opacity|font|font-size|zoom|scale|rotate|filter|height|width|size|basis"
    r"|flex|rows|columns|template|float|all)\s{0,9}:|\\|\d{4}|-\d{3}|clip|counter|indent|content"
    r"|contain|security|color-scheme|list-style|quotes|white-space|direction|transparent"
    r"|trans(?:form|late)|mask|text-fill|var\(|calc\(|min\(|max\(|clamp\(|@import|attr\(",
    re.I,
)
COLORS: Final = re.compile(
    r"(?<![\w-])(background(?:-color)?|color|-webkit-text-fill-color|--[\w-]{1,60})"
    r"\s*:\s*([^;}!]{1,80})",
    re.I,
)
_NAMES_VARIABLE: Final = re.compile(r"var\(|env\(", re.I)
_VARIABLE: Final = re.compile(r"var\(\s*--[^\s,()]", re.I)
MOST_CHARS: Final = 4_000
# No value of a page has so many brackets; those that go deeper than that stop no parser here.
MOST_NESTED: Final = 200


@cache
def list_properties() -> frozenset[str]:
    """Return the names of all properties that matter here, custom ones aside."""
    logical = read_rules("css_values")["logical"]
    return (
        frozenset(load_grammars())
        | frozenset(LONGHANDS)
        | frozenset(logical)
        | {"all", "animation"}
    )


@lru_cache(maxsize=2_000)
def read_style(style: str, quirks: bool = False) -> tuple[Declaration, ...]:
    """Return the declarations of a style attribute that matter here."""
    try:
        nodes = tinycss2.parse_blocks_contents(style[:MOST_CHARS], True, True)
        return read_declarations(nodes, quirks)
    except RecursionError:
        return ()


def read_declarations(nodes: Iterable[Any], quirks: bool = False) -> tuple[Declaration, ...]:
    """Return those of the parsed declarations that matter here and that browsers understand."""
    found: list[Declaration] = []
    known = list_properties()
    for node in nodes:
        if node.type != "declaration":
            continue
        if node.name.startswith("--"):
            found.append((node.name, tinycss2.serialize(node.value).strip(), node.important))
        elif node.lower_name in known:
            value = tinycss2.serialize(node.value).strip()
            name = read_rules("css_values")["logical"].get(node.lower_name, node.lower_name)
            found += [(one, part, node.important) for one, part in expand(name, value, quirks)]
    return tuple(found)


@lru_cache(maxsize=20_000)
def expand(name: str, value: str, quirks: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the properties and values that a declaration stands for, () where it is wrong.

    >>> expand("overflow", "hidden")
    (('overflow-x', 'hidden'), ('overflow-y', 'hidden'))
    """
    if value.count("(") > MOST_NESTED:
        return ()
    if _NAMES_VARIABLE.search(value):
        if "var(" in value.lower() and not _VARIABLE.search(value):
            return ()
        return tuple((one, f"{PENDING}{name}{PENDING}{value}") for one in _list_longhands(name))
    if value.lower() in WIDE:
        return tuple((one, value.lower()) for one in _list_longhands(name))
    if name == "all":
        return ()
    if name == "animation":
        return ((name, value),)
    if name in LONGHANDS:
        return tuple(expand_shorthand(name, value, quirks))
    if not is_valid(name, value, quirks):
        return ()
    return ((name, _write_out(name, value) if quirks else value),)


def _write_out(name: str, value: str) -> str:
    """Put the units to lengths, and the signs before colours, that old pages may leave out."""
    if load_grammars()[name].unitless and is_valid(name, value):
        return value
    for whole in (f"{value}px", f"#{value}"):
        if load_grammars()[name].unitless and is_valid(name, whole):
            return whole
    return value


def _list_longhands(name: str) -> tuple[str, ...]:
    if name == "all":
        return tuple(one for one in load_grammars() if one not in ("direction", "unicode-bidi"))
    return LONGHANDS.get(name, (name,))
