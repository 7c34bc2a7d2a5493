"""Custom properties of styles: what var(--name, otherwise) comes to at an element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

import tinycss2

from corpus_app.ingest.formats.webpage.declarations import MOST_NESTED, PENDING, expand

# What a value may come to: variables that name one another twice grow beyond all bounds.
MOST_CHARS: Final = 4_000
_DEEPEST: Final = 40
_TAKEN_OVER: Final = frozenset({"inherit", "unset", "revert", "revert-layer"})


class InvalidValue(ValueError):  # noqa: N818  (an answer: such a declaration counts as unset)
    """A value names a custom property that is not set, or itself."""


@dataclass(frozen=True, slots=True)
class RegisteredProperty:
    """What @property says: whether elements take it over, and what it is where none is set."""

    inherits: bool
    initial: str | None


@dataclass(frozen=True, slots=True, eq=False)
class PageVariables:
    """The custom properties of an element, all settled; told by identity."""

    values: Mapping[str, str] = field(default_factory=dict)
    _known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def resolve(self, name: str, value: str, quirks: bool) -> str | None:
        """Return what a pending value of a property comes to, None where it counts as unset."""
        key = name, value
        if key not in self._known:
            self._known[key] = self._resolve(name, value, quirks)
        return self._known[key]

    def _resolve(self, name: str, value: str, quirks: bool) -> str | None:
        _, said, text = value.split(PENDING, 2)
        try:
            settled = _substitute(text, self.values, {}, ())
        except InvalidValue:
            return None
        return dict(expand(said, settled, quirks)).get(name)


NO_VARIABLES: Final = PageVariables()


def set_variables(
    own: Mapping[str, str], around: PageVariables, registered: Mapping[str, RegisteredProperty]
) -> PageVariables:
    """Return the variables of an element that declares some itself, inside those around it."""
    base = dict(around.values)
    for name, rule in registered.items():
        if not rule.inherits or name not in base:
            base.pop(name, None)
            if rule.initial is not None:
                base[name] = rule.initial
    if not own:
        return around if base == around.values else PageVariables(base)
    values = {name: value for name, value in base.items() if name not in own}
    open_values = {}
    for name, value in own.items():
        if value.lower() in _TAKEN_OVER:
            values |= {name: base[name]} if name in base else {}
        elif value.lower() != "initial":
            open_values[name] = value
        elif name in registered:
            values |= {name: registered[name].initial or ""}
    for name in open_values:
        with suppress(InvalidValue):
            values[name] = _look_up(name, values, open_values, ())
    return PageVariables(values)


def _look_up(
    name: str, values: Mapping[str, str], open_values: Mapping[str, str], path: tuple[str, ...]
) -> str:
    """Return what a variable comes to; what was found out is kept, or chains would cost dear."""
    if name in path or len(path) > _DEEPEST:
        raise InvalidValue(name)
    if name in values:
        return values[name]
    if name not in open_values:
        raise InvalidValue(name)
    found = _substitute(open_values[name], values, open_values, (*path, name))
    if isinstance(values, dict):
        values[name] = found
    return found


def _substitute(
    text: str, values: Mapping[str, str], open_values: Mapping[str, str], path: tuple[str, ...]
) -> str:
    if "(" not in text:
        return text
    if text.count("(") > MOST_NESTED:
        raise InvalidValue(path)
    tokens = tinycss2.parse_component_value_list(text, skip_comments=True)
    written = _write(tokens, values, open_values, path).strip()
    if len(written) > MOST_CHARS:
        raise InvalidValue(path)
    return written


def _write(
    tokens: Sequence[Any],
    values: Mapping[str, str],
    open_values: Mapping[str, str],
    path: tuple[str, ...],
) -> str:
    parts: list[str] = []
    for token in tokens:
        if token.type == "function" and token.lower_name in ("var", "env"):
            parts.append(f" {_read_variable(token, values, open_values, path)} ")
        elif token.type == "function":
            inner = _write(token.arguments, values, open_values, path)
            parts.append(f"{token.name}({inner})")
        elif token.type == "() block":
            parts.append(f"({_write(token.content, values, open_values, path)})")
        else:
            parts.append(tinycss2.serialize([token]))
        if sum(map(len, parts[-2:])) > MOST_CHARS:
            raise InvalidValue(path)
    return "".join(parts)


def _read_variable(
    token: Any,
    values: Mapping[str, str],
    open_values: Mapping[str, str],
    path: tuple[str, ...],
) -> str:
    words = [part for part in token.arguments if part.type != "whitespace"]
    if not words or words[0].type != "ident" or (len(words) > 1 and words[1] != ","):
        raise InvalidValue(path)
    name = words[0].value
    if token.lower_name == "env":
        if name.lower().startswith("safe-area-inset"):
            return "0px"
    else:
        try:
            return _look_up(name, values, open_values, path)
        except InvalidValue:
            if len(words) == 1:
                raise
    if len(words) == 1:
        raise InvalidValue(name)
    start = next(place for place, part in enumerate(token.arguments) if part == ",")
    return _write(token.arguments[start + 1 :], values, open_values, path)
