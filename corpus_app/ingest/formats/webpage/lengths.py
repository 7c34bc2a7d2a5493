"""Numbers and lengths of styles, sums of them included, in pixels of the screen that is read on."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import tinycss2

# A screen of this width and height, in pixels, is what pages are read on.
SCREEN: Final = 1280
SCREEN_HEIGHT: Final = 800
UNITS: Final = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "em": 16.0, "rem": 16.0, "ex": 8.0, "rex": 8.0, "ch": 8.0,
    "rch": 8.0, "ic": 16.0, "ric": 16.0, "cap": 11.0, "rcap": 11.0, "lh": 19.0, "rlh": 19.0,
    "vw": 12.8, "vh": 8.0, "vi": 12.8, "vb": 8.0, "vmin": 8.0, "vmax": 12.8, "svw": 12.8,
    "svh": 8.0, "lvw": 12.8, "lvh": 8.0, "dvw": 12.8, "dvh": 8.0, "cqw": 12.8, "cqh": 8.0,
    "cqi": 12.8, "cqb": 8.0, "cqmin": 8.0, "cqmax": 12.8, "cm": 37.8, "mm": 3.78, "q": 0.945,
    "in": 96.0,
}  # fmt: skip
# Units that grow with the letters of the element.
RELATIVE: Final = frozenset({"em", "ex", "ch", "ic", "cap", "lh"})
ANGLES: Final = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
MATH: Final = frozenset({"calc", "min", "max", "clamp", "abs", "round", "mod", "rem", "sign"})
_LENGTH: Final = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(px|pt|em|rem|%|)")
_DEEPEST: Final = 12


class UnknownValue(ValueError):  # noqa: N818  (an answer, not a fault)
    """A value that only a browser with its layout at hand can know."""


@lru_cache(maxsize=4_000)
def measure(value: str, em: float = 16.0, whole: float | None = float(SCREEN)) -> float | None:
    """Return a length in pixels, None where none is stated.

    em is the size of the letters, whole what percentages are of (None: they are not known).
    """
    text = value.strip().lower()
    found = _LENGTH.fullmatch(text)
    if found is None or found[2] == "%":
        return _evaluate(text, em, whole)
    number = float(found[1])
    if not found[2]:
        return None if number else 0.0
    return number * (em if found[2] == "em" else UNITS[found[2]])


@lru_cache(maxsize=4_000)
def read_share(value: str) -> float | None:
    """Return a number or a percentage as a number: of "4%" 0.04, None where neither is stated."""
    try:
        amount, is_length = _sum(_parse(value), _Scale(16.0, 1.0, plain=True), 0)
    except (UnknownValue, ArithmeticError):
        return None
    return None if is_length else amount


def read_angle(token: Any) -> float | None:
    """Return an angle in degrees, 0 for the number 0, None for what is no angle."""
    if token.type == "dimension" and token.lower_unit in ANGLES:
        return float(token.value) * ANGLES[token.lower_unit]
    return 0.0 if token.type == "number" and not token.value else None


def _parse(value: str) -> list[Any]:
    return list(tinycss2.parse_component_value_list(value, skip_comments=True))


def _evaluate(text: str, em: float, whole: float | None) -> float | None:
    try:
        value, is_length = _sum(_parse(text), _Scale(em, whole), 0)
    except (UnknownValue, ArithmeticError):
        return None
    return value if is_length or not value else None


def is_sound(token: Any, *, length: bool) -> bool:
    """Return whether calc(…) and its like come to a length, or to a number where none is asked."""
    try:
        return _sum([token], _Scale(16.0, float(SCREEN)), 0)[1] is length
    except UnknownValue:
        # What we can't reckon may be sound.
        return token.lower_name not in ("calc", "min", "max", "clamp")
    except ArithmeticError:
        return True


# A value, and whether it is a length: those two cannot be added.
_Amount = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class _Scale:
    """What relative units and percentages are measured by."""

    em: float
    whole: float | None
    # Percentages are numbers: those of opacity are.
    plain: bool = False

    def read(self, token: Any) -> _Amount:
        if token.type == "number":
            return float(token.value), False
        if token.type == "percentage" and self.whole is not None:
            return float(token.value) * self.whole / 100, not self.plain
        if token.type == "dimension" and token.lower_unit in UNITS:
            unit = token.lower_unit
            share = self.em / 16 if unit in RELATIVE else 1.0
            return float(token.value) * UNITS[unit] * share, True
        raise UnknownValue


def _sum(tokens: Sequence[Any], scale: _Scale, depth: int) -> _Amount:
    """Return the value of "a + b * c", the signs of sums between blanks as CSS has them."""
    if depth > _DEEPEST:
        raise UnknownValue
    terms: list[list[Any]] = [[]]
    signs = [1.0]
    for token in (token for token in tokens if token.type != "whitespace"):
        if token.type == "literal" and token.value in "+-" and terms[-1]:
            terms.append([])
            signs.append(1.0 if token.value == "+" else -1.0)
        else:
            terms[-1].append(token)
    amounts = [_multiply(term, scale, depth) for term in terms]
    total = sum(sign * amount[0] for sign, amount in zip(signs, amounts, strict=True))
    return total, _agree(amounts)


def _agree(amounts: Sequence[_Amount]) -> bool:
    """Return whether amounts are lengths; raises UnknownValue where some are and some are not."""
    kinds = {kind for _, kind in amounts}
    if len(kinds) != 1:
        raise UnknownValue
    return kinds.pop()


def _multiply(tokens: Sequence[Any], scale: _Scale, depth: int) -> _Amount:
    if not tokens or len(tokens) % 2 == 0:
        raise UnknownValue
    value, is_length = _read_operand(tokens[0], scale, depth)
    for sign, token in zip(tokens[1::2], tokens[2::2], strict=True):
        factor, other = _read_operand(token, scale, depth)
        if (sign != "*" and sign != "/") or (other and (is_length or sign == "/")):
            raise UnknownValue
        is_length = is_length or other
        if sign == "/" and not factor:
            value = math.copysign(1e9, value) if value else 0.0
        else:
            value = value * factor if sign == "*" else value / factor
    return value, is_length


def _read_operand(token: Any, scale: _Scale, depth: int) -> _Amount:
    if token.type == "() block":
        return _sum(token.content, scale, depth + 1)
    if token.type != "function":
        return scale.read(token)
    parts = [_sum(part, scale, depth + 1) for part in split_commas(token.arguments)]
    compute = _FUNCTIONS.get((token.lower_name, len(parts))) or _FUNCTIONS.get(
        (token.lower_name, 0)
    )
    if compute is None or not parts:
        raise UnknownValue
    return compute([value for value, _ in parts]), _agree(parts)


_FUNCTIONS: Final[dict[tuple[str, int], Callable[[list[float]], float]]] = {
    ("calc", 1): lambda parts: parts[0],
    ("-webkit-calc", 1): lambda parts: parts[0],
    ("abs", 1): lambda parts: abs(parts[0]),
    ("min", 0): min,
    ("max", 0): max,
    ("clamp", 3): lambda parts: max(parts[0], min(parts[1], parts[2])),
}


def split_commas(tokens: Sequence[Any]) -> list[list[Any]]:
    """Return the parts between commas, white space around them left out."""
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type != "whitespace" or parts[-1]:
            parts[-1].append(token)
    for part in parts:
        while part and part[-1].type == "whitespace":
            part.pop()
    return parts
