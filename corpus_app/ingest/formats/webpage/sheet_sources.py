"""Where a page's style sheets stand: in it, in addresses that hold their data, or outside."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote_to_bytes

import tinycss2
from lxml import etree

from corpus_app.ingest.formats.webpage.conditions import Answer, fits_screen, is_supported

MOST_CHARS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class ImportedSheet:
    """A sheet whose text the address of an @import holds, and when and in which layer it holds."""

    text: str
    media: str
    layer: str | None
    supports: Answer = True


def iter_sheets(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield the text of each sheet that is in the file and for a screen, with its element."""
    for node in root.iter("style", "link"):
        media = node.get("media") or ""
        if not fits_screen(media) or is_inert(node):
            continue
        if node.tag == "link":
            text = _read_link(node)
        elif (node.get("type") or "text/css").strip().lower() == "text/css":
            text = "".join(map(str, node.itertext()))
        else:
            continue
        if text:
            yield text.replace("<!--", "").replace("-->", ""), node


def is_inert(node: etree._Element) -> bool:
    """Return whether a sheet stands where browsers with scripts take nothing from."""
    return any(True for _ in node.iterancestors("noscript", "template"))


def wrap_sheet(text: str) -> etree._Element:
    """Return a page of nothing but a style sheet."""
    page = etree.Element("html")
    etree.SubElement(page, "style").text = text
    return page


def is_linked(node: etree._Element) -> bool:
    """Return whether a <link> stands for a style sheet that is applied."""
    words = (node.get("rel") or "").lower().split()
    return "stylesheet" in words and "alternate" not in words and node.get("disabled") is None


def _read_link(node: etree._Element) -> str:
    return (read_data(node.get("href") or "") or "") if is_linked(node) else ""


def read_data(address: str) -> str | None:
    """Return the style sheet that an address of the scheme data: holds, None for any other."""
    address = address.strip()
    if address[:5].lower() != "data:" or len(address) > 2 * MOST_CHARS:
        return None
    kind, _, data = address[5:].partition(",")
    words = [word.strip().lower() for word in kind.split(";")]
    if words[0] not in ("text/css",):
        return None
    raw = unquote_to_bytes(data.partition("#")[0])
    if words[-1] == "base64":
        try:
            raw = base64.b64decode(raw + b"=" * (-len(raw) % 4))
        except (binascii.Error, ValueError):
            return None
    charset = next((w.partition("=")[2] for w in words if w.startswith("charset=")), "utf-8")
    try:
        return raw.decode(charset.strip("\"'"), "replace").removeprefix("\ufeff")
    except LookupError:
        return raw.decode("utf-8", "replace")


def read_import(prelude: Sequence[Any]) -> ImportedSheet | None:
    """Return the sheet that an @import holds in its address, None where it lies outside."""
    tokens = [token for token in prelude if token.type not in ("whitespace", "comment")]
    address = _read_address(tokens[0]) if tokens else None
    text = read_data(address) if address is not None else None
    if text is None:
        return None
    layer: str | None = None
    supports: Answer = True
    rest = tokens[1:]
    if rest and rest[0].type == "ident" and rest[0].lower_value == "layer":
        layer, rest = "", rest[1:]
    elif rest and rest[0].type == "function" and rest[0].lower_name == "layer":
        layer, rest = tinycss2.serialize(rest[0].arguments).strip(), rest[1:]
    if rest and rest[0].type == "function" and rest[0].lower_name == "supports":
        asked, rest = tinycss2.serialize(rest[0].arguments).strip(), rest[1:]
        supports = is_supported(asked if asked.startswith(("(", "not")) else f"({asked})")
    media = " ".join(tinycss2.serialize([token]) for token in rest)
    return ImportedSheet(text, media, layer, supports)


def _read_address(token: Any) -> str | None:
    if token.type in ("url", "string"):
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        words = [str(one.value) for one in token.arguments if one.type == "string"]
        return words[0] if words else None
    return None
