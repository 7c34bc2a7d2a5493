"""Pictures in an office file that holds nothing but pages: their bytes in the order of the text."""

from __future__ import annotations

import base64
import binascii
import io
import posixpath
import re
import struct
import warnings
import zipfile
from collections.abc import Iterator
from typing import Final

import olefile
from lxml import etree
from PIL import Image

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.package import parse_part, read_member
from corpus_app.ingest.scans.recognised import PICTURES

LABEL: Final = "文档"
# A page is this long on its longer side, in pixels; less is a seal, a sign, a portrait.
LEAST_SIDE, LEAST_LENGTH = 300, 700
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_RELATIONS: Final = "word/_rels/document.xml.rels"
# A picture in rich text: its form, then its bytes in hexadecimal digits, or as they are.
_RICH: Final = re.compile(
    rb"\\(?:png|jpeg)blip\b[^{}]{0,4000}?(?:\\bin(\d{1,9}) |([0-9A-Fa-f]{16}))"
)
_NESTED: Final = re.compile(rb"\{\\\*\\(?:blipuid|picprop)\b[^{}]{0,400}\}")
_HEX: Final = re.compile(rb"[0-9A-Fa-f\s]*")
# Records of binary Word files that hold a picture: JPEG, PNG, TIFF, JPEG in four inks.
_BLIP: Final = re.compile(rb"[\x00-\xff][\x00-\xff](?:\x1d|\x1e|\x29|\x2a)\xf0", re.S)
_SIGNATURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_LONGEST_HEAD: Final = 64


def is_office_file(data: bytes) -> bool:
    """Return whether the bytes are those of a Word, OpenDocument or rich text file."""
    return data.startswith((_OLE, _ZIP, b"{\\rtf")) or b"<office:document" in data[:4096]


def list_page_pictures(data: bytes) -> list[bytes]:
    """Return the pictures that are large enough for a page, each where it stands in the text.

    Empty for a damaged file. The bytes are not looked at beyond their size.
    """
    try:
        return [picture for picture in _iter_pictures(data) if _is_page(picture)]
    except (RejectedFile, OSError, ValueError, struct.error, zipfile.BadZipFile, KeyError):
        return []


def _iter_pictures(data: bytes) -> Iterator[bytes]:
    if data.startswith(_OLE):
        yield from _read_binary(data)
    elif data.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield from _read_package(package)
    elif data.startswith(b"{\\rtf"):
        yield from _read_rich(data)
    else:
        yield from _read_inside(parse_part(data.lstrip(b"\xef\xbb\xbf \r\n\t"), LABEL))


def _read_package(package: zipfile.ZipFile) -> Iterator[bytes]:
    if (content := read_member(package, "content.xml")) is not None:
        for node in parse_part(content, LABEL).iter("{*}image"):
            name = _get(node, "href").removeprefix("./")
            if name and (found := read_member(package, name)) is not None:
                yield found
        return
    relations = parse_part(package.read(_RELATIONS), LABEL)
    targets = {_get(one, "Id"): _get(one, "Target") for one in relations if _is_inside(one)}
    for node in parse_part(package.read("word/document.xml"), LABEL).iter(
        "{*}blip", "{*}imagedata"
    ):
        if next(node.iterancestors("{*}Fallback"), None) is not None:
            continue  # the same picture for older programs
        target = targets.get(_get(node, "embed") or _get(node, "id"), "")
        name = posixpath.normpath(posixpath.join("/word", target)).lstrip("/")
        if target and (found := read_member(package, name)) is not None:
            yield found


def _is_inside(relation: etree._Element) -> bool:
    return isinstance(relation.tag, str) and _get(relation, "TargetMode") != "External"


def _get(node: etree._Element, name: str) -> str:
    """Return an attribute by its name without the namespace, "" where there is none."""
    found = (value for key, value in node.attrib.items() if str(key).rpartition("}")[2] == name)
    return str(next(found, ""))


def _read_inside(root: etree._Element) -> Iterator[bytes]:
    """Yield the pictures that stand in one XML file, in base64."""
    for node in root.iter("{*}binary-data", "{*}binData"):
        yield base64.b64decode(node.text or "")


def _read_rich(data: bytes) -> Iterator[bytes]:
    bare = _NESTED.sub(b"", data)
    for match in _RICH.finditer(bare):
        if match[1]:
            yield bare[match.end() : match.end() + int(match[1])]
            continue
        digits = _HEX.match(bare, match.start(2))
        whole = b"".join(digits[0].split()) if digits else b""
        yield binascii.unhexlify(whole[: len(whole) // 2 * 2])


def _read_binary(data: bytes) -> Iterator[bytes]:
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        for name in ("Data", "WordDocument"):
            if file.exists(name):
                yield from _find_blips(file.openstream(name).read())


def _find_blips(stream: bytes) -> Iterator[bytes]:
    """Yield the pictures in a stream: records whose bytes begin as a picture does."""
    at = 0
    while (match := _BLIP.search(stream, at)) is not None:
        at = match.start() + 1
        if match.end() + 4 > len(stream):
            return
        (length,) = struct.unpack_from("<I", stream, match.end())
        head = stream[match.end() + 4 : match.end() + 4 + _LONGEST_HEAD]
        places = [head.find(sign) for sign in _SIGNATURES]
        begun = min((place for place in places if place >= 0), default=-1)
        if begun >= 0 and length > begun:
            end = match.end() + 4 + length
            yield stream[match.end() + 4 + begun : end]
            at = end


def _is_page(picture: bytes) -> bool:
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(picture), formats=PICTURES) as opened,
        ):
            width, height = opened.size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return min(width, height) >= LEAST_SIDE and max(width, height) >= LEAST_LENGTH
