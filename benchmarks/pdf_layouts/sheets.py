"""Small PDF files drawn from operators: no font in them but those that readers know by name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

A4 = (595.0, 842.0)
SONG = "/BaseFont/STSong-Light/DescendantFonts[5 0 R]/Encoding/UniGB-UTF16-"
FONTS = (
    f"<</Type/Font/Subtype/Type0{SONG}H>>",
    f"<</Type/Font/Subtype/Type0{SONG}V>>",
    "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    "<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>/DW 1000/W[1 95 500]>>",
    "<</Type/Font/Subtype/Type1/BaseFont/Courier>>",
)
PICTURE = (
    "/Type/XObject/Subtype/Image/Width 2/Height 1/BitsPerComponent 8/Filter/ASCIIHexDecode"
    "/ColorSpace/Device"
)


@dataclass
class Sheet:
    """One page: what is drawn on it. Places are in points from the top left corner."""

    width: float = A4[0]
    height: float = A4[1]
    turn: int = 0
    operators: list[str] = field(default_factory=list)
    annotations: list[str] = field(default_factory=list)
    pictures: int = 0

    def write(
        self,
        text: str,
        x: float,
        y: float,
        size: float = 12.0,
        *,
        angle: float = 0.0,
        spacing: float = 0.0,
        mode: int = 0,
        fill: tuple[float, float, float] = (0, 0, 0),
        upright: bool = False,
        font: str = "",
    ) -> None:
        """Draw a text from (x, y), the left end of its base line; upright: the top of its column.

        angle turns it clockwise, in degrees; spacing is added to each character, in points.
        """
        turned = math.radians(-angle)
        cosine, sine = math.cos(turned), math.sin(turned)
        name = font or ("V" if upright else "H")
        shown = text.encode("latin-1" if name == "C" else "utf-16-be").hex()
        color = " ".join(f"{part:.3f}" for part in fill)
        apart = -spacing if upright else spacing
        self.operators.append(
            f"BT {color} rg {mode} Tr /{name} {size:g} Tf {apart:g} Tc "
            f"{cosine:.5f} {sine:.5f} {-sine:.5f} {cosine:.5f} {x:.2f} {self.height - y:.2f} Tm "
            f"<{shown}> Tj ET"
        )

    def rule(self, x: float, y: float, to_x: float, to_y: float) -> None:
        """Draw a thin line."""
        self.operators.append(
            f"0.5 w {x:.2f} {self.height - y:.2f} m {to_x:.2f} {self.height - to_y:.2f} l S"
        )

    def fill(
        self, x: float, y: float, width: float, height: float, color: tuple[float, float, float]
    ) -> None:
        """Draw a filled box."""
        named = " ".join(f"{part:.3f}" for part in color)
        self.operators.append(
            f"{named} rg {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re f"
        )

    def picture(
        self, x: float, y: float, width: float, height: float, *, clear: bool = False
    ) -> None:
        """Draw a grey picture, or one that lets through what is below it."""
        self.pictures += 1
        self.operators.append(
            f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {self.height - y - height:.2f} cm "
            f"/{'S' if clear else 'I'} Do Q"
        )

    def annotate(self, kind: str, words: str, more: str = "") -> None:
        """Add an annotation of a kind ("Text", "FreeText", "Widget") with these words."""
        key = "V" if kind == "Widget" else "Contents"
        shown = ("\ufeff" + words).encode("utf-16-be").hex()
        self.annotations.append(
            f"<</Type/Annot/Subtype/{kind}/Rect[60 60 260 80]/{key}<{shown}>/FT/Tx/T(a){more}>>"
        )


def build_file(sheets: list[Sheet], *, catalog: str = "", trailer: str = "") -> bytes:
    """Return a PDF file of these pages."""
    objects = ["", "", *FONTS]
    objects.append(write_stream(PICTURE + "RGB", "8080804080C0>"))
    objects.append(write_stream(PICTURE + "RGB/SMask 9 0 R", "FF0000FF0000>"))
    objects.append(write_stream(PICTURE + "Gray", "0040>"))
    kids = []
    for sheet in sheets:
        content = len(objects) + 1
        objects.append(write_stream("", "\n".join(sheet.operators)))
        notes = []
        for annotation in sheet.annotations:
            objects.append(annotation)
            notes.append(f"{len(objects)} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width:g} {sheet.height:g}]"
            f"/Rotate {sheet.turn}/Contents {content} 0 R/Annots[{' '.join(notes)}]/Resources<<"
            "/Font<</H 3 0 R/V 4 0 R/C 6 0 R>>/XObject<</I 7 0 R/S 8 0 R>>>>>>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{catalog}>>"
    objects[1] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>"
    return join_objects(objects, trailer)


def write_stream(entries: str, data: str) -> str:
    """Return a stream object with these entries."""
    return f"<<{entries}/Length {len(data)}>>stream\n{data}\nendstream"


def join_objects(objects: Sequence[str], trailer: str = "") -> bytes:
    """Return a file of these objects, numbered from 1; the first is the catalog."""
    whole = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(whole))
        whole += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(whole)
    whole += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    whole += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    whole += f"trailer<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\n".encode("latin-1")
    whole += f"startxref\n{start}\n%%EOF\n".encode()
    return bytes(whole)
