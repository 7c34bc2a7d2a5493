"""Functions in values of styles: whether they have what they need between their brackets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from corpus_app.ingest.formats.webpage.lengths import ANGLES, MATH, UNITS, split_commas

Part = Sequence[Any]
Check = Callable[[Sequence[Part]], bool]

_RADII: Final = frozenset({
    "closest-side", "farthest-side", "closest-corner", "farthest-corner", "at", "center", "left",
    "right", "top", "bottom",
})  # fmt: skip


def is_whole_function(token: Any) -> bool:
    """Return whether a function has what browsers want in it; those not listed may have anything.

    Of translate(1, 2) false: lengths need a unit.
    """
    parts = split_commas(token.arguments)
    if not all(parts):
        return False
    check = _CHECKS.get(token.lower_name)
    return check is None or check(parts)


def _is(token: Any, kinds: str) -> bool:
    """Say whether a token is of one of some kinds: l(ength), p(ercentage), n(umber), a(ngle)."""
    if token.type == "function":
        return token.lower_name in MATH
    if token.type == "percentage":
        return "p" in kinds
    if token.type == "number":
        return "n" in kinds or not token.value
    if token.type != "dimension":
        return False
    return ("l" in kinds and token.lower_unit in UNITS) or (
        "a" in kinds and token.lower_unit in ANGLES
    )


def _list(*kinds: str, least: int = 0) -> Check:
    """Return the check for so many parts between commas, each one token of the kinds."""
    fewest = least or len(kinds)

    def check(parts: Sequence[Part]) -> bool:
        return fewest <= len(parts) <= len(kinds) and all(
            len(part) == 1 and _is(part[0], kind) for part, kind in zip(parts, kinds, strict=False)
        )

    return check


def _run(kinds: str, words: frozenset[str] = frozenset(), most: int = 20) -> Check:
    """Return the check for tokens of the kinds or words, with or without commas between."""

    def check(parts: Sequence[Part]) -> bool:
        tokens = [token for part in parts for token in part if token.type != "whitespace"]
        return len(tokens) <= most and all(
            _is(token, kinds) or (token.type == "ident" and token.lower_value in words)
            for token in tokens
        )

    return check


def _check_inset(parts: Sequence[Part]) -> bool:
    """Check one to four sides, and round corners behind them."""
    tokens = [token for token in parts[0] if token.type != "whitespace"]
    corners = next(
        (at for at, one in enumerate(tokens) if one.type == "ident" and one.lower_value == "round"),
        len(tokens),
    )
    return len(parts) == 1 and 1 <= corners <= 4 and all(_is(one, "lp") for one in tokens[:corners])


_SHARE: Final = _list("np")
_ANGLE: Final = _list("a")
_CHECKS: Final[dict[str, Check]] = {
    "inset": _check_inset,
    "circle": _run("lp", _RADII),
    "ellipse": _run("lp", _RADII),
    "polygon": _run("lp", frozenset({"nonzero", "evenodd"}), 1_000),
    "xywh": _run("lp", frozenset({"round"})),
    "rect": _run("lp", frozenset({"auto", "round"})),
    "blur": _list("l"),
    "hue-rotate": _ANGLE,
    **dict.fromkeys(
        ("opacity", "brightness", "contrast", "grayscale", "invert", "saturate", "sepia"), _SHARE
    ),
    "scale": _list("np", "np", least=1),
    "scalex": _SHARE,
    "scaley": _SHARE,
    "scalez": _SHARE,
    "scale3d": _list("np", "np", "np"),
    "matrix": _list(*("n",) * 6),
    "matrix3d": _list(*("n",) * 16),
    "translate": _list("lp", "lp", least=1),
    "translatex": _list("lp"),
    "translatey": _list("lp"),
    "translatez": _list("l"),
    "translate3d": _list("lp", "lp", "l"),
    "rotate": _ANGLE,
    "rotatex": _ANGLE,
    "rotatey": _ANGLE,
    "rotatez": _ANGLE,
    "rotate3d": _list("n", "n", "n", "a"),
    "skew": _list("a", "a", least=1),
    "skewx": _ANGLE,
    "skewy": _ANGLE,
}
