"""The namespaces of OpenDocument, for tags and attributes."""

from __future__ import annotations

from typing import Final

from corpus_app.ingest.rule_files import read_rules

_SPACES: Final[dict[str, str]] = read_rules("office_elements")["opendocument"]["namespaces"]


def qualify(name: str) -> str:
    """Return the full name of a tag or attribute: "text:p" as "{urn:oasis:…}p"."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
