"""How words of a Word document look, as far as it tells whether they are seen: styles, colours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from docx.oxml.ns import qn
from lxml import etree

from corpus_app.ingest.formats.looks import PLAIN, Ground, TextLook
from corpus_app.ingest.formats.symbols import is_symbol_font
from corpus_app.ingest.formats.visibility import Rgb, read_color

VALUE: Final = qn("w:val")
OFF: Final = {"0", "false", "off"}
VANISH, COLOR, SIZE, SHADE = qn("w:vanish"), qn("w:color"), qn("w:sz"), qn("w:shd")
HIGHLIGHT, FONTS, STYLE, VANISHED = (
    qn("w:highlight"),
    qn("w:rFonts"),
    qn("w:rStyle"),
    qn("w:specVanish"),
)
OUTLINE: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}textOutline"
FILL: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}textFill"
DEEPEST_STYLE: Final = 20
# Names of theme colours in a document and in the theme itself.
SLOTS: Final = {
    "background1": "lt1", "light1": "lt1", "text1": "dk1", "dark1": "dk1", "background2": "lt2",
    "light2": "lt2", "text2": "dk2", "dark2": "dk2", "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}  # fmt: skip


class WordTheme:
    """The colours of the document's theme, by the names that its properties use."""

    def __init__(self, root: etree._Element | None) -> None:
        self._colors: dict[str, Rgb] = {}
        scheme = root.find(".//{*}clrScheme") if root is not None else None
        for slot in scheme if scheme is not None else ():
            color = next(iter(slot), None)
            value = (color.get("lastClr") or color.get("val") or "") if color is not None else ""
            if isinstance(slot.tag, str) and (rgb := read_color(value)):
                self._colors[etree.QName(slot).localname] = rgb

    def find(self, name: str, tint: str | None, shade: str | None) -> Rgb | None:
        """Return the colour of this name, made lighter by tint or darker by shade (00 to FF)."""
        rgb = self._colors.get(SLOTS.get(name, name))
        if rgb is None:
            return None
        if tint:
            rgb = _mix(rgb, (255, 255, 255), _read_share(tint))
        return _mix(rgb, (0, 0, 0), _read_share(shade)) if shade else rgb

    def read_look(self, properties: etree._Element | None) -> TextLook:
        """Return what run properties (w:rPr) say; a style that they name is not looked up."""
        if properties is None:
            return PLAIN
        said: dict[str, object] = {}
        for node in properties:
            tag = node.tag
            if tag == VANISH:
                said["hidden"] = is_on(node)
            elif tag == COLOR:
                said["color"] = self._read_color(node) or said.get("color")
            elif tag == SIZE:
                said["points"] = read_number(node.get(VALUE), 2)
            elif tag == SHADE:
                said["ground"] = self.read_shade(node) or said.get("ground")
            elif tag == HIGHLIGHT:
                said["ground"] = read_color((node.get(VALUE) or "").lower()) or said.get("ground")
            elif tag == FONTS:
                said["font"] = _read_font(node)
            elif tag == FILL:
                said["faint"] = node.find("{*}noFill") is not None and not _has_outline(properties)
        return TextLook(**said) if said else PLAIN  # type: ignore[arg-type]

    def read_shade(self, node: etree._Element | None) -> Ground | None:
        """Return the ground that a w:shd makes, None where it makes none."""
        pattern = node.get(VALUE) if node is not None else "nil"
        if node is None or pattern in ("nil", None):
            return None
        front = self._read_named(node, "color", "themeColor", "theme")
        behind = self._read_named(node, "fill", "themeFill", "themeFill")
        if pattern == "clear":
            return behind
        return (front or (0, 0, 0)) if pattern == "solid" else "unknown"

    def _read_color(self, node: etree._Element) -> Rgb | Literal["auto"] | None:
        named = self._read_named(node, "val", "themeColor", "theme")
        return named or ("auto" if node.get(VALUE) == "auto" else None)

    def _read_named(self, node: etree._Element, plain: str, theme: str, shift: str) -> Rgb | None:
        name = node.get(qn(f"w:{theme}"))
        tint, shade = node.get(qn(f"w:{shift}Tint")), node.get(qn(f"w:{shift}Shade"))
        found = self.find(name, tint, shade) if name else None
        return found or read_color(node.get(qn(f"w:{plain}")) or "")


def is_on(node: etree._Element | None) -> bool:
    """Return whether a property that is on or off is there and on."""
    return node is not None and (node.get(VALUE) or "1") not in OFF


def read_number(value: str | None, parts: int = 1) -> float | None:
    """Return a measure ("24", "12pt") in units of so many parts; None for what is no number."""
    text = (value or "").strip()
    scale = 1 / parts
    if text.endswith("pt"):
        text, scale = text[:-2], 1.0
    try:
        return float(text) * scale
    except ValueError:
        return None


def _read_font(node: etree._Element) -> str | None:
    name = node.get(qn("w:ascii")) or node.get(qn("w:hAnsi"))
    if name is None:
        return None
    return name if is_symbol_font(name) else ""


def _has_outline(properties: etree._Element) -> bool:
    outline = properties.find(OUTLINE)
    return outline is not None and outline.find("{*}noFill") is None


def _read_share(digits: str) -> float:
    try:
        return min(int(digits, 16), 255) / 255
    except ValueError:
        return 1.0


def _mix(color: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (
        round(a * share + b * (1 - share)) for a, b in zip(color, other, strict=True)
    )
    return red, green, blue


@dataclass(frozen=True, slots=True)
class _Style:
    base: str
    look: TextLook
    paragraph_ground: Ground | None
    shaded: bool


class WordStyles:
    """The styles of a document, each with what it takes over from those it is based on."""

    def __init__(self, root: etree._Element | None, theme: WordTheme) -> None:
        self.theme = theme
        self.default_paragraph = ""
        self.base = PLAIN
        self._styles: dict[str, _Style] = {}
        self._looks: dict[str, TextLook] = {}
        if root is not None:
            self.base = theme.read_look(
                root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
            )
            for node in root.iterchildren(qn("w:style")):
                self._read_style(node)

    def find_look(self, name: str) -> TextLook:
        """Return what a style says of words, with what its bases say."""
        if name not in self._looks:
            look = PLAIN
            for style in reversed(self._list_bases(name)):
                look = style.look.over(look)
            self._looks[name] = look
        return self._looks[name]

    def find_ground(self, name: str) -> Ground | None:
        """Return the ground that a style gives paragraphs, None where it gives none."""
        grounds = (style.paragraph_ground for style in self._list_bases(name))
        return next((ground for ground in grounds if ground), None)

    def is_shaded(self, name: str) -> bool:
        """Return whether a table style, or one below it, gives cells a ground."""
        return any(style.shaded for style in self._list_bases(name))

    def combine(self, paragraph: str, run: str) -> TextLook:
        """Return the look of words of a run style in a paragraph style.

        Hidden in both is not hidden: the second turns back what the first did.
        """
        first = self.find_look(paragraph or self.default_paragraph).over(self.base)
        if not run:
            return first
        second = self.find_look(run)
        hidden = bool(first.hidden) != bool(second.hidden)
        return replace(second.over(first), hidden=hidden)

    def _list_bases(self, name: str) -> list[_Style]:
        found: list[_Style] = []
        while name in self._styles and len(found) < DEEPEST_STYLE:
            found.append(self._styles[name])
            name = found[-1].base
        return found

    def _read_style(self, node: etree._Element) -> None:
        name = node.get(qn("w:styleId")) or ""
        base = node.find(qn("w:basedOn"))
        if node.get(qn("w:type")) == "paragraph" and (node.get(qn("w:default")) or "0") not in OFF:
            self.default_paragraph = name
        table = node.get(qn("w:type")) == "table"
        self._styles[name] = _Style(
            (base.get(VALUE) or "") if base is not None else "",
            self.theme.read_look(node.find(qn("w:rPr"))),
            self.theme.read_shade(node.find(f"{qn('w:pPr')}/{SHADE}")),
            table and any(self.theme.read_shade(shade) for shade in node.iter(SHADE)),
        )
