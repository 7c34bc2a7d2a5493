"""What tus 1.0 says in headers: https://tus.io/protocols/resumable-upload."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.batches.pieces.refusing import PieceRefused
from corpus_app.batches.pieces.storing import AnnouncedFile, PieceChecksum

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,expiration,termination,checksum"
ALGORITHMS: Final = ("sha1", "sha256")
PIECE_TYPE: Final = "application/offset+octet-stream"
# Longer numbers are no file's size, and more than a database takes.
NUMBER: Final = re.compile(r"[0-9]{1,18}")
_PATH_CHARS: Final = 4000


def read_number(headers: Mapping[str, str], name: str) -> int:
    """Return a header that is a number of bytes; raise PieceRefused where it is none."""
    value = headers.get(name, "")
    if not NUMBER.fullmatch(value):
        raise _refuse(name)
    return int(value)


def read_metadata(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the pairs of Upload-Metadata; raise PieceRefused for what can't be read."""
    found: dict[str, str] = {}
    given = headers.get("Upload-Metadata", "").strip()
    for pair in given.split(",") if given else []:
        key, _blank, value = pair.strip().partition(" ")
        if not key or key in found:
            raise _refuse("Upload-Metadata")
        found[key] = _decode(value, "Upload-Metadata").decode("utf-8", "replace")
    return found


def read_announced(headers: Mapping[str, str], metadata: Mapping[str, str]) -> AnnouncedFile:
    """Return which file is to come; raise PieceRefused where its name or size is missing."""
    size = read_number(headers, "Upload-Length")
    path = metadata.get("path") or metadata.get("filename") or ""
    if not path or len(path) > _PATH_CHARS:
        raise _refuse("Upload-Metadata: path")
    modified = metadata.get("modified", "")
    return AnnouncedFile(path, size, int(modified) if NUMBER.fullmatch(modified) else None)


def read_checksum(headers: Mapping[str, str]) -> PieceChecksum | None:
    """Return the checksum given with a piece, None where there is none; raise PieceRefused."""
    given = headers.get("Upload-Checksum")
    if given is None:
        return None
    algorithm, _blank, value = given.partition(" ")
    if algorithm not in ALGORITHMS:
        raise _refuse("Upload-Checksum")
    return PieceChecksum(algorithm, _decode(value, "Upload-Checksum"))


def _decode(value: str, name: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise _refuse(name) from None


def _refuse(name: str) -> PieceRefused:
    return PieceRefused("malformed", _("上传请求有误：%(name)s。") % {"name": name})
