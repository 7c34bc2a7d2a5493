"""Formulas of Word (OMML) and OpenDocument (MathML) on one line: 92%, x², (a+b)/2, √2."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lxml import etree

RAISED: Final = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
LOWERED: Final = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
# Properties, and what stands beside a formula for other programs.
SILENT: Final = {"ctrlPr", "annotation", "annotation-xml", "mspace", "mphantom", "rPr"}
VALUE: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}val"


def write_equation(node: etree._Element) -> str:
    """Return the words and signs of a formula in the order in which they are read."""
    if not isinstance(node.tag, str):
        return ""
    name = etree.QName(node).localname
    if name in SILENT or (name.endswith("Pr") and len(name) > 2):
        return ""
    if name in SHAPES:
        return SHAPES[name](node)
    return (node.text or "").strip() + _join(node)


def write_fraction(above: str, below: str) -> str:
    """Return a fraction on one line: "1/2", "(a+b)/2"."""
    return f"{_enclose(above)}/{_enclose(below)}"


def write_raised(text: str) -> str:
    """Return an exponent: "²", "^(a+b)"."""
    return _shift(text, RAISED, "^")


def write_lowered(text: str) -> str:
    """Return an index: "₂", "_(ij)"."""
    return _shift(text, LOWERED, "_")


def write_root(body: str, degree: str = "") -> str:
    """Return a root: "√2", "³√(a+b)"."""
    signs = {"2": "", "3": "∛", "4": "∜"}
    root = signs.get(degree, f"{write_raised(degree)}√" if degree else "") or "√"
    return root + _enclose(body)


def _shift(text: str, table: dict[str, str], sign: str) -> str:
    if not text:
        return ""
    if all(char in table for char in text):
        return "".join(table[char] for char in text)
    return sign + _enclose(text)


def _enclose(text: str) -> str:
    plain = len(text) < 2 or text.isalnum() or (text[0] == "(" and text[-1] == ")")
    return text if plain else f"({text})"


def _join(node: etree._Element, separator: str = "") -> str:
    parts = (write_equation(child) for child in node)
    return separator.join(part for part in parts if part)


def _read_named(node: etree._Element, name: str) -> str:
    return "".join(write_equation(child) for child in node.iterchildren("{*}" + name))


def _read_child(node: etree._Element, index: int) -> str:
    children = [child for child in node if isinstance(child.tag, str)]
    return write_equation(children[index]) if index < len(children) else ""


def _read_property(node: etree._Element, path: str, default: str) -> str:
    found = node.find(path)
    value = found.get(VALUE) if found is not None else None
    return default if value is None else value


def _write_delimited(node: etree._Element) -> str:
    begin = _read_property(node, "{*}dPr/{*}begChr", "(")
    middle = _read_property(node, "{*}dPr/{*}sepChr", "|")
    end = _read_property(node, "{*}dPr/{*}endChr", ")")
    return begin + middle.join(map(write_equation, node.iterchildren("{*}e"))) + end


def _write_nary(node: etree._Element) -> str:
    sign = _read_property(node, "{*}naryPr/{*}chr", "∫")
    low, high = _read_named(node, "sub"), _read_named(node, "sup")
    return sign + write_lowered(low) + write_raised(high) + _read_named(node, "e")


def _write_radical(node: etree._Element) -> str:
    return write_root(_read_named(node, "e"), _read_named(node, "deg"))


def _write_scripts(node: etree._Element) -> str:
    low, high = write_lowered(_read_named(node, "sub")), write_raised(_read_named(node, "sup"))
    body = _read_named(node, "e")
    return low + high + body if etree.QName(node).localname == "sPre" else body + low + high


def _write_limit(node: etree._Element) -> str:
    return _read_named(node, "e") + _enclose(_read_named(node, "lim"))


def _write_phantom(node: etree._Element) -> str:
    shown = _read_property(node, "{*}phantPr/{*}show", "1")
    return "" if shown in {"0", "off", "false"} else _read_named(node, "e")


def _write_grouped(node: etree._Element) -> str:
    return _read_named(node, "e") + _read_property(node, "{*}groupChrPr/{*}chr", "")


def _write_fenced(node: etree._Element) -> str:
    begin, end = node.get("open", "("), node.get("close", ")")
    return begin + _join(node, node.get("separators", ",")[:1]) + end


def _write_under_over(node: etree._Element) -> str:
    return _read_child(node, 0) + "".join(
        write_raised(_read_child(node, index)) for index in range(1, len(node))
    )


Shape = Callable[[etree._Element], str]
SHAPES: Final[dict[str, Shape]] = {
    # OMML
    "f": lambda node: write_fraction(_read_named(node, "num"), _read_named(node, "den")),
    "sSup": _write_scripts,
    "sSub": _write_scripts,
    "sSubSup": _write_scripts,
    "sPre": _write_scripts,
    "rad": _write_radical,
    "nary": _write_nary,
    "d": _write_delimited,
    "limLow": _write_limit,
    "limUpp": _write_limit,
    "phant": _write_phantom,
    "groupChr": _write_grouped,
    "mr": lambda node: _join(node, " "),
    "eqArr": lambda node: _join(node, "; "),
    "m": lambda node: _join(node, "; "),
    # A text keeps its blanks.
    "t": lambda node: node.text or "",
    # MathML
    "mfrac": lambda node: write_fraction(_read_child(node, 0), _read_child(node, 1)),
    "msup": lambda node: _read_child(node, 0) + write_raised(_read_child(node, 1)),
    "msub": lambda node: _read_child(node, 0) + write_lowered(_read_child(node, 1)),
    "msubsup": lambda node: (
        _read_child(node, 0)
        + write_lowered(_read_child(node, 1))
        + write_raised(_read_child(node, 2))
    ),
    "msqrt": lambda node: write_root(_join(node)),
    "mroot": lambda node: write_root(_read_child(node, 0), _read_child(node, 1)),
    "mfenced": _write_fenced,
    "mover": _write_under_over,
    "munder": _write_under_over,
    "munderover": _write_under_over,
    "mtr": lambda node: _join(node, " "),
    "mtable": lambda node: _join(node, "; "),
    "semantics": lambda node: _read_child(node, 0),
}
