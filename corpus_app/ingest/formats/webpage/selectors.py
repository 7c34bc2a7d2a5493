"""Selectors of style sheets: nested ones written out, and what no page at rest matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import cssselect2
import tinycss2
from cssselect2 import parser
from cssselect2.compiler import CompiledSelector

from corpus_app.ingest.formats.webpage.lengths import split_commas

# What stands before or behind an element's words, and the part of <details> that is shut.
PSEUDO_ELEMENTS: Final = ("before", "after", "marker", "details-content")
LONGEST: Final = 4_000
NEVER: Final = ":is()"
ALWAYS: Final = ":not(:is())"
_PSEUDO: Final = re.compile(r":(:?)(-?[\w-]+)")
# Of these cssselect2 knows what a page at rest has.
_KNOWN: Final = frozenset({
    "link", "any-link", "local-link", "enabled", "disabled", "checked", "visited", "hover",
    "active", "focus", "focus-within", "focus-visible", "target", "target-within", "root",
    "first-child", "last-child", "first-of-type", "last-of-type", "only-child", "only-of-type",
    "empty", "lang", "nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type", "not",
    "has", "before", "after", "playing", "paused", "user-valid", "user-invalid",
})  # fmt: skip
_REWRITTEN: Final = {
    "open": "[open]", "defined": ALWAYS, "-webkit-any-link": ":any-link", "required": "[required]",
    "optional": ":is(input,select,textarea):not([required])",
    "read-only": ":not(input,textarea,[contenteditable])", "read-write": ":is(input,textarea)",
    "placeholder-shown": ":is(input,textarea)[placeholder]:not([value])",
    # The tree that a style sheet holds for, where that is one of its own (parsing.py).
    "host": ":is(shadow-root)",
    "first-line": "part", "first-letter": "part", "scope": ":root",
    "in-range": NEVER, "valid": NEVER, "default": NEVER,
} | dict.fromkeys(
    (
        "indeterminate", "invalid", "out-of-range", "autofill", "-webkit-autofill", "fullscreen",
        "-webkit-full-screen", "modal", "popover-open", "picture-in-picture",
        "host-context", "state", "has-slotted", "active-view-transition", "xr-overlay", "current",
        "past", "future", "-webkit-drag", "target-current", "active-view-transition-type",
        "-webkit-full-page-media", "window-inactive", "horizontal", "vertical", "start", "end",
        "increment", "decrement", "single-button", "double-button", "no-button", "corner-present",
    ),
    NEVER,
)  # fmt: skip
# Parts of an element that hold none of its words; a selector of them is sound all the same.
_PARTS: Final = frozenset({
    "first-line", "first-letter", "selection", "placeholder", "backdrop", "cue", "part",
    "file-selector-button", "target-text", "highlight", "grammar-error", "spelling-error",
    "view-transition", "view-transition-group", "view-transition-image-pair", "slotted",
    "view-transition-old", "view-transition-new", "scroll-marker", "scroll-marker-group",
    "scroll-button", "column", "checkmark", "picker-icon", "picker", "search-text",
})  # fmt: skip
_COMBINATORS: Final = (">", "+", "~")

Compiled = tuple[Any, str | None]


@dataclass(frozen=True, slots=True)
class StyleScope:
    """The part of a page for which rules hold: inside what fits roots, up to what fits limits."""

    roots: tuple[Callable[[Any], bool], ...]
    limits: tuple[Callable[[Any], bool], ...] = ()

    def count_steps(self, element: Any) -> int | None:
        """Return how far above an element the nearest root stands, None outside of the scope."""
        for steps, at in enumerate((element, *element.ancestors)):
            if any(fits(at) for fits in self.roots):
                return steps
            if any(fits(at) for fits in self.limits):
                return None
        return None


def write_nested(prelude: Sequence[Any], around: str, *, scoped: bool = False) -> str:
    """Return the selectors of a rule inside one with the selectors around, written out in full.

    >>> write_nested(tinycss2.parse_component_value_list("& b, > i"), ".a")
    '.a b,.a>i'
    """
    plural = len(split_commas(tinycss2.parse_component_value_list(around))) > 1
    whole = f":is({around})" if plural or scoped else around
    written = []
    for part in split_commas(prelude):
        tokens = list(part)
        if not tokens:
            return ""
        if _names_parent(tokens):
            written.append(_put_parent(tokens, around, whole))
        elif tokens[0].type == "literal" and tokens[0].value in _COMBINATORS:
            written.append(whole + tinycss2.serialize(tokens))
        else:
            between = f":where({around}) " if scoped else f"{whole} "
            written.append(between + tinycss2.serialize(tokens))
    return ",".join(written)


def _names_parent(tokens: Sequence[Any]) -> bool:
    for token in tokens:
        if token.type == "literal" and token.value == "&":
            return True
        if token.type == "function" and _names_parent(token.arguments):
            return True
    return ":scope" in tinycss2.serialize(tokens)


def _put_parent(tokens: Sequence[Any], around: str, whole: str) -> str:
    text = "".join(
        "\x01" if token.type == "literal" and token.value == "&" else _put_inside(token)
        for token in tokens
    ).replace(":scope", "\x01")
    # In front the parent may stand as it is, where no name follows that it would grow into.
    if text.startswith("\x01") and not text[1:2].isalnum():
        text = whole + text[1:]
    return text.replace("\x01", f":is({around})")


def _put_inside(token: Any) -> str:
    if token.type != "function":
        return tinycss2.serialize([token])
    inner = "".join(
        "\x01" if one.type == "literal" and one.value == "&" else _put_inside(one)
        for one in token.arguments
    )
    return f"{token.name}({inner})"


def compile_selectors(text: str, quirks: bool, tokens: Sequence[Any] = ()) -> Iterator[Compiled]:
    """Yield each selector of a list, compiled, with its pseudo-element; none of a faulty list.

    tokens are those of the text, where they are at hand.
    """
    if len(text) > LONGEST:
        return
    if quirks and not text.islower():
        text, tokens = text.lower(), ()
    names = {name.lower() for _, name in _PSEUDO.findall(text)}
    if names <= _KNOWN:
        yield from ((one, one.pseudo_element) for one in _compile(tokens or text))
        return
    found: list[Compiled] = []
    for part in split_commas(tinycss2.parse_component_value_list(text, skip_comments=True)):
        written, pseudo = _settle(part)
        if written is None:
            return
        if pseudo is None or pseudo in PSEUDO_ELEMENTS:
            compiled = _compile(written)
            if not compiled:
                return
            found += [(one, pseudo or one.pseudo_element) for one in compiled]
    yield from found


def _compile(text: str | Sequence[Any]) -> list[Any]:
    try:
        return [_compile_one(parsed) for parsed in parser.parse(text)]
    except (
        cssselect2.SelectorError,
        NotImplementedError,
        RecursionError,
        SyntaxError,
        MemoryError,
    ):
        return []


def _compile_one(parsed: Any) -> Any:
    """Return a selector with the names that must stand around what it fits ("p", ".a", "#b")."""
    selector = CompiledSelector(parsed)
    needed: set[str] = set()
    node = parsed.parsed_tree
    while isinstance(node, parser.CombinedSelector):
        around, node = node.combinator in (" ", ">"), node.left
        compound = node.right if isinstance(node, parser.CombinedSelector) else node
        if around:
            needed.update(filter(None, map(_name_simple, compound.simple_selectors)))
    selector.needed = frozenset(needed)
    return selector


def _name_simple(simple: Any) -> str:
    if isinstance(simple, parser.ClassSelector):
        return f".{simple.class_name}"
    if isinstance(simple, parser.IDSelector):
        return f"#{simple.ident}"
    return simple.lower_local_name if isinstance(simple, parser.LocalNameSelector) else ""


def _settle(tokens: Sequence[Any]) -> tuple[str | None, str | None]:
    """Return a selector as it holds for a page at rest, and a pseudo-element taken off its end.

    The selector is None where browsers do not know what it asks for.
    """
    written, place, pseudo = "", 0, None
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if not (token.type == "literal" and token.value == ":") or place >= len(tokens):
            written += tinycss2.serialize([token])
            continue
        token = tokens[place]
        place += 1
        if token.type == "literal" and token.value == ":" and place < len(tokens):
            name = getattr(tokens[place], "lower_value", "") or getattr(
                tokens[place], "lower_name", ""
            )
            place += 1
            if name in ("before", "after", "marker", "details-content"):
                pseudo = name
            elif name in _PARTS or name.startswith("-webkit-"):
                pseudo = "part"
            else:
                return None, None
            continue
        found = _settle_class(token)
        if found is None:
            return None, None
        if found in PSEUDO_ELEMENTS or found == "part":
            pseudo = found
        else:
            written += found
    return written.strip() or "*", pseudo


def _settle_class(token: Any) -> str | None:
    """Return what stands for a pseudo-class, None for one that browsers don't know."""
    if token.type == "ident":
        name = token.lower_value
        if name in ("before", "after"):
            return name
        return _REWRITTEN.get(name) or (f":{name}" if name in _KNOWN else None)
    return _settle_function(token) if token.type == "function" else None


def _settle_function(token: Any) -> str | None:
    name = token.lower_name
    if name in ("is", "where", "-webkit-any"):
        return _settle_any(token, "where" if name == "where" else "is")
    if name in ("not", "has"):
        parts = [_settle(part)[0] for part in split_commas(token.arguments)]
        if any(part is None for part in parts):
            return None
        return f":{name}({','.join(part for part in parts if part)})"
    if name == "dir":
        way = tinycss2.serialize(token.arguments).strip().lower()
        turned = ":is([dir=rtl],[dir=rtl] *)"
        return turned if way == "rtl" else f":not({turned})"
    if name in _REWRITTEN:
        return NEVER
    return f":{tinycss2.serialize([token])}" if name in _KNOWN else None


def _settle_any(token: Any, name: str) -> str:
    """Of a list that forgives faults those selectors that have none."""
    parts = [_settle(part) for part in split_commas(token.arguments)]
    sound = [text for text, pseudo in parts if text and pseudo is None and _compile(text)]
    return f":{name}({','.join(sound)})"


def compile_scope(tokens: Sequence[Any], quirks: bool) -> StyleScope | None:
    """Return the scope that "(.a) to (.b)" draws, None where it is not understood."""
    blocks = [token for token in tokens if token.type == "() block"]
    if not blocks or len(blocks) > 2:
        return None
    tests = [
        tuple(one.test for one, _ in compile_selectors(tinycss2.serialize(block.content), quirks))
        for block in blocks
    ]
    return StyleScope(tests[0], tests[1] if len(tests) > 1 else ())
