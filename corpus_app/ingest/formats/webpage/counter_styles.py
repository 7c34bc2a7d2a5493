"""Numbers of lists as CSS writes them: 一、 壹、 01. β. Ⅲ, and by the page's own @counter-style."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, Literal

from corpus_app.ingest.formats.counting import format_number
from corpus_app.ingest.rule_files import read_rules

System = Literal["cyclic", "numeric", "alphabetic", "symbolic", "additive", "fixed", "format"]
_KINDS: Final[dict[str, System]] = {
    "format": "format",
    "digits": "numeric",
    "letters": "alphabetic",
}
# The names of bullets, which are no numbers.
BULLETS: Final = frozenset({"disc", "circle", "square", "disclosure-open", "disclosure-closed"})
# Beyond this a symbol or a letter is repeated so often that no browser shows it either.
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class CounterStyle:
    """How a number is written; weights go with the symbols of an additive system.

    Of the system "format" the one symbol is the name of a number format.
    """

    system: System
    symbols: tuple[str, ...]
    suffix: str = ". "
    prefix: str = ""
    first: int = 1
    weights: tuple[int, ...] = ()
    zero: str = ""
    negative: str = ""
    fallback: str = "decimal"


@dataclass(slots=True)
class CounterStyles:
    """The counter styles of one page: those of CSS, and those that it defines itself."""

    own: Mapping[str, CounterStyle] = field(default_factory=dict)

    def write_marker(self, number: int, name: str) -> str:
        """Return a list's number with the signs around it, "" where nothing is shown."""
        if name[:1] in ("'", '"'):
            return name[1:-1]
        if name.lower() in BULLETS or name.lower() == "none":
            return ""
        style = self._find(name)
        return style.prefix + write_number(number, style) + style.suffix

    def write_counter(self, number: int, name: str) -> str:
        """Return a number as counter(…, name) shows it, without signs around it."""
        if name.lower() in BULLETS or name.lower() == "none":
            return "" if name.lower() == "none" else "•"
        return write_number(number, self._find(name))

    def _find(self, name: str) -> CounterStyle:
        known = load_styles()
        return self.own.get(name) or known.get(name.lower()) or known["decimal"]


@cache
def load_styles() -> Mapping[str, CounterStyle]:
    """Return the styles of rules/counter_styles.toml by name."""
    found: dict[str, CounterStyle] = {}
    for rule in read_rules("counter_styles")["style"]:
        kind = next(key for key in _KINDS if key in rule)
        symbols = (rule[kind],) if kind == "format" else tuple(rule[kind])
        more = {key: rule[key] for key in ("suffix", "zero", "negative", "fallback") if key in rule}
        style = CounterStyle(_KINDS[kind], symbols, **more)
        found |= dict.fromkeys(rule["names"], style)
    return found


def write_number(number: int, style: CounterStyle) -> str:
    """Return a number in a style, in plain digits where the style has no way to write it.

    >>> write_number(12, load_styles()["simp-chinese-formal"])
    '壹拾贰'
    """
    if style.system in ("cyclic", "fixed"):
        written = _pick(number, style)
    elif not style.symbols or (number < 0 and not style.negative):
        written = ""
    elif number == 0 and style.system not in ("numeric", "additive"):
        written = style.zero
    else:
        written = _SYSTEMS[style.system](abs(number), style)
    if not written or len(written) > LONGEST or (written.isascii() and style.fallback != "decimal"):
        other = load_styles()[style.fallback]
        return str(number) if style.fallback == "decimal" else write_number(number, other)
    return style.negative + written if number < 0 and style.system != "cyclic" else written


def _pick(number: int, style: CounterStyle) -> str:
    place = number - style.first
    if style.system == "cyclic" and style.symbols:
        return style.symbols[place % len(style.symbols)]
    return style.symbols[place] if 0 <= place < len(style.symbols) else ""


def _write_digits(size: int, style: CounterStyle) -> str:
    digits = style.symbols
    written = digits[size % len(digits)]
    while len(digits) > 1 and (size := size // len(digits)):
        written = digits[size % len(digits)] + written
    return written


def _write_letters(size: int, style: CounterStyle) -> str:
    letters, written = style.symbols, ""
    while size and len(letters) > 1:
        size, place = divmod(size - 1, len(letters))
        written = letters[place] + written
    return written


def _repeat(size: int, style: CounterStyle) -> str:
    times, place = divmod(size - 1, len(style.symbols))
    return style.symbols[place] * min(times + 1, LONGEST + 1) if size else ""


def _add_up(size: int, style: CounterStyle) -> str:
    written = ""
    for weight, symbol in zip(style.weights, style.symbols, strict=False):
        if weight <= 0:
            written = written or (symbol if size == 0 else "")
            continue
        times, size = divmod(size, weight)
        if times > LONGEST:
            return ""
        written += symbol * times
    return "" if size else written


_SYSTEMS: Final[dict[str, Callable[[int, CounterStyle], str]]] = {
    "format": lambda size, style: format_number(size, style.symbols[0]),
    "numeric": _write_digits,
    "alphabetic": _write_letters,
    "symbolic": _repeat,
    "additive": _add_up,
}
