"""How words of an OpenDocument text look, as far as it tells whether they are seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml import etree

from corpus_app.ingest.formats.looks import PLAIN, Ground, TextLook
from corpus_app.ingest.formats.opendocument.names import qualify
from corpus_app.ingest.formats.symbols import is_symbol_font
from corpus_app.ingest.formats.visibility import WHITE, read_color

NAME, FAMILY, PARENT = (
    qualify("style:name"),
    qualify("style:family"),
    qualify("style:parent-style-name"),
)
LENGTH: Final = re.compile(r"(-?\d*\.?\d+)(pt|in|inch|cm|mm|px|pc)?")
POINTS: Final = {"pt": 1, "in": 72, "inch": 72, "cm": 28.35, "mm": 2.835, "px": 0.75, "pc": 12}
DEEPEST_STYLE: Final = 20


class OdtStyles:
    """The styles of a document: from its common part and from its content."""

    def __init__(self, parts: Iterable[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        self._fonts: dict[str, str] = {}
        self._looks: dict[tuple[str, str], TextLook] = {}
        self.page_ground: Ground = WHITE
        for part in parts:
            self._read_part(part)

    def find_look(self, family: str, name: str) -> TextLook:
        """Return what a style of a family ("paragraph", "text") says, with what is above it."""
        key = family, name
        if key not in self._looks:
            look = PLAIN
            for node in reversed(self.list_chain(family, name)):
                look = self._read_look(node.find(qualify("style:text-properties"))).over(look)
            self._looks[key] = look
        return self._looks[key]

    def find_ground(self, family: str, name: str, properties: str) -> Ground | None:
        """Return the ground that a style's properties ("table-cell-properties") make, or None."""
        for node in self.list_chain(family, name):
            found = node.find(qualify(f"style:{properties}"))
            ground = _read_ground(found) if found is not None else None
            if ground is not None:
                return ground
        return None

    def list_chain(self, family: str, name: str) -> list[etree._Element]:
        """Return a style, those above it, and its family's default, nearest first."""
        found: list[etree._Element] = []
        while (node := self._styles.get((family, name))) is not None and len(found) < DEEPEST_STYLE:
            found.append(node)
            name = node.get(PARENT) or ""
        default = self._defaults.get(family)
        return found if default is None else [*found, default]

    def _read_part(self, root: etree._Element) -> None:
        for node in root.iter(qualify("style:font-face")):
            family = node.get(qualify("svg:font-family")) or ""
            self._fonts[node.get(NAME) or ""] = family
        for node in root.iter(qualify("style:style")):
            self._styles[node.get(FAMILY) or "", node.get(NAME) or ""] = node
        for node in root.iter(qualify("style:default-style")):
            self._defaults[node.get(FAMILY) or ""] = node
        for node in root.iter(qualify("style:page-layout-properties")):
            ground = _read_ground(node)
            if ground is not None and ground != self.page_ground:
                # Which pages have it is not asked.
                self.page_ground = "unknown"

    def _read_look(self, node: etree._Element | None) -> TextLook:
        if node is None:
            return PLAIN
        display = node.get(qualify("text:display"))
        automatic = node.get(qualify("style:use-window-font-color")) == "true"
        color = "auto" if automatic else read_color(node.get(qualify("fo:color")) or "")
        opacity = node.get(qualify("loext:opacity"))
        return TextLook(
            display == "none" if display else None,
            color,  # type: ignore[arg-type]
            _read_ground(node),
            read_points(node.get(qualify("fo:font-size"))),
            self._read_font(node),
            opacity in ("0%", "0") if opacity and not automatic else None,
        )

    def _read_font(self, node: etree._Element) -> str | None:
        name = node.get(qualify("style:font-name"))
        family = node.get(qualify("fo:font-family"))
        if name is None and family is None:
            return None
        family = self._fonts.get(name or "", name) if family is None else family
        return family if is_symbol_font(family) else ""


def read_points(text: str | None) -> float | None:
    """Return a length ("1.5cm") in points; None for what is none, percents among it."""
    found = LENGTH.fullmatch((text or "").strip())
    return float(found[1]) * POINTS.get(found[2] or "pt", 1) if found else None


def _read_ground(node: etree._Element) -> Ground | None:
    picture = node.find(qualify("style:background-image"))
    if picture is not None and picture.attrib:
        return "unknown"
    fill = node.get(qualify("draw:fill"))
    if fill in ("bitmap", "gradient", "hatch"):
        return "unknown"
    value = node.get(qualify("fo:background-color")) or node.get(qualify("draw:fill-color")) or ""
    return read_color(value)
