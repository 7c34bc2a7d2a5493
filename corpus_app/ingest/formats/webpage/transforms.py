"""Transforms of boxes: whether what is left of a box has a face, and where it has gone."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import tinycss2

from corpus_app.ingest.formats.webpage.lengths import (
    UNITS,
    measure,
    read_angle,
    read_share,
    split_commas,
)

Matrix = tuple[tuple[float, ...], ...]

_UNIT: Final[Matrix] = ((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1))
# A box of so little of its area, or so long drawn, is a line.
_FLAT: Final = 0.001
_STEEP: Final = 10_000.0
_MOST: Final = 40
_AXES: Final = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}


@lru_cache(maxsize=1_000)
def read_transform(transform: str, translate: str, rotate: str, scale: str) -> Matrix | None:
    """Return the matrix of the four properties together, None where there is none to tell."""
    said = _read_single(translate, rotate, scale)
    for token in tinycss2.parse_component_value_list(transform, skip_comments=True)[:_MOST]:
        if token.type == "function":
            found = _read_function(token.lower_name, split_commas(token.arguments))
            if found is None:
                return None
            said.append(found)
    matrix = _UNIT
    for one in said:
        matrix = _multiply(matrix, one)
    return matrix


def is_faceless(matrix: Matrix, own: Mapping[str, str]) -> bool:
    """Return whether a box shows nothing of itself: no area, or its back alone."""
    (a, c, *_), (b, d, *_) = matrix[:2]
    face = a * d - b * c
    if abs(face) < _FLAT or max(abs(a), abs(b), abs(c), abs(d)) > _STEEP:
        return True
    away = matrix[2][2] < 0
    return away and own.get("backface-visibility") == "hidden"


def find_shift(matrix: Matrix) -> tuple[float, float]:
    """Return by how many pixels a box is moved, to the right and downwards."""
    return matrix[0][3], matrix[1][3]


def _multiply(one: Matrix, other: Matrix) -> Matrix:
    columns = tuple(zip(*other, strict=True))
    return tuple(
        tuple(sum(a * b for a, b in zip(row, column, strict=True)) for column in columns)
        for row in one
    )


def _read_single(translate: str, rotate: str, scale: str) -> list[Matrix]:
    """Read the properties that are one step each, in the order in which they are applied."""
    said: list[Matrix] = []
    if translate not in ("", "none"):
        said.append(_move([_length(part) for part in translate.split()]))
    if rotate not in ("", "none"):
        words = tinycss2.parse_component_value_list(rotate, skip_comments=True)
        angles = [read_angle(w) for w in words if w.type == "dimension"]
        axis = next(
            (_AXES[w.lower_value] for w in words if w.type == "ident" and w.lower_value in _AXES),
            None,
        )
        numbers = [float(w.value) for w in words if w.type == "number"]
        axis = axis or ((numbers[0], numbers[1], numbers[2]) if len(numbers) == 3 else _AXES["z"])
        angle = (angles or [0.0])[0] or 0.0
        said.append(_turn(axis, angle if math.isfinite(angle) else 0.0))
    if scale not in ("", "none"):
        shares = [1.0 if (share := read_share(part)) is None else share for part in scale.split()]
        said.append(_stretch(shares if len(shares) > 1 else shares * 2))
    return said


def _length(text: str) -> float:
    """Lengths in percent are of the box itself, which nobody has laid out: they count nothing."""
    return measure(text, 16.0, 0.0) or 0.0


def _move(parts: Sequence[float]) -> Matrix:
    x, y, z = (*parts, 0.0, 0.0, 0.0)[:3]
    return (1, 0, 0, x), (0, 1, 0, y), (0, 0, 1, z), (0, 0, 0, 1)


def _stretch(parts: Sequence[float]) -> Matrix:
    x, y, z = (*parts, 1.0, 1.0, 1.0)[:3]
    return (x, 0, 0, 0), (0, y, 0, 0), (0, 0, z, 0), (0, 0, 0, 1)


def _slant(x: float, y: float) -> Matrix:
    across, down = _tangent(x), _tangent(y)
    return (1, across, 0, 0), (down, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)


def _tangent(angle: float) -> float:
    return 1e9 if abs(angle % 180 - 90) < 1e-6 else math.tan(math.radians(angle))


def _turn(axis: tuple[float, float, float], angle: float) -> Matrix:
    size = math.sqrt(sum(part * part for part in axis))
    if not size:
        return _UNIT
    x, y, z = (part / size for part in axis)
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    rest = 1 - cos
    return (
        (cos + x * x * rest, x * y * rest - z * sin, x * z * rest + y * sin, 0),
        (y * x * rest + z * sin, cos + y * y * rest, y * z * rest - x * sin, 0),
        (z * x * rest - y * sin, z * y * rest + x * sin, cos + z * z * rest, 0),
        (0, 0, 0, 1),
    )


def _read_function(name: str, parts: Sequence[Sequence[Any]]) -> Matrix | None:
    values = [_read_value(part) for part in parts]
    make = _MADE.get(name)
    if make is None or any(value is None for value in values):
        return None
    try:
        return make([value for value in values if value is not None])
    except (IndexError, OverflowError, ValueError):
        # Turned by an endless angle: nobody can say where it comes to lie.
        return None


def _read_value(part: Sequence[Any]) -> float | None:
    if len(part) == 1 and part[0].type == "dimension" and part[0].lower_unit not in UNITS:
        return read_angle(part[0])
    text = tinycss2.serialize(part)
    if len(part) == 1 and part[0].type == "percentage":
        return float(part[0].value) / 100
    length = measure(text, 16.0, 0.0)
    return read_share(text) if length is None else length


_MADE: Final[dict[str, Callable[[list[float]], Matrix]]] = {
    "matrix": lambda v: (
        (v[0], v[2], 0, v[4]), (v[1], v[3], 0, v[5]), (0, 0, 1, 0), (0, 0, 0, 1),
    ),
    "matrix3d": lambda v: tuple(tuple(v[row + 4 * at] for at in range(4)) for row in range(4)),
    "translate": _move,
    "translatex": _move,
    "translatey": lambda v: _move([0.0, v[0]]),
    "translatez": lambda v: _UNIT,
    "translate3d": _move,
    "scale": lambda v: _stretch(v if len(v) > 1 else v * 2),
    "scalex": _stretch,
    "scaley": lambda v: _stretch([1.0, v[0]]),
    "scalez": lambda v: _stretch([1.0, 1.0, v[0]]),
    "scale3d": _stretch,
    "rotate": lambda v: _turn(_AXES["z"], v[0]),
    "rotatez": lambda v: _turn(_AXES["z"], v[0]),
    "rotatex": lambda v: _turn(_AXES["x"], v[0]),
    "rotatey": lambda v: _turn(_AXES["y"], v[0]),
    "rotate3d": lambda v: _turn((v[0], v[1], v[2]), v[3]),
    "skew": lambda v: _slant(v[0], (*v, 0.0)[1]),
    "skewx": lambda v: _slant(v[0], 0.0),
    "skewy": lambda v: _slant(0.0, v[0]),
    "perspective": lambda v: _UNIT,
}  # fmt: skip
