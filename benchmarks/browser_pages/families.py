"""The made pages by families, and what our reader takes for seen of each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from corpus_app.ingest.decode import Decoded
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.formats.web import extract_page

FOLDER: Final = Path(__file__).parent
# What Chromium showed of each family's pages when it was last asked.
SHOWN: Final = FOLDER / "shown.json"
# The signs of lists are no words.
BULLETS: Final = str.maketrans("", "", "•◦▪▸▾")
_UNSEEN: Final = {"hidden_text", "annotation"}
_QUIRKS: Final = "!quirks "


def iter_families(words: Sequence[str] = ()) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the set ("tuned", "aside"), the name and the pages of each family."""
    for kind in ("tuned", "aside"):
        stated = tomllib.loads((FOLDER / f"{kind}.toml").read_text("utf-8"))
        for family in stated["family"]:
            if not words or any(word in f"{kind} {family['name']}" for word in words):
                patterns, values = family.get("patterns", ["{}"]), family["values"]
                pages = [p.replace("{}", value, 1) for value in values for p in patterns]
                yield kind, family["name"], [_complete(page) for page in pages]


def _complete(page: str) -> str:
    return page.removeprefix(_QUIRKS) if page.startswith(_QUIRKS) else f"<!DOCTYPE html>{page}"


def read_page(page: str) -> str:
    """Return the words that our reader takes for seen, without white space."""
    try:
        found = extract_page(Decoded(page, "utf-8"))
    except RejectedFile:
        return ""
    words, position = "", 0
    for mark in found.marks:
        if mark.kind in _UNSEEN:
            words, position = words + found.raw[position : mark.start], mark.end
    return "".join((words + found.raw[position:]).translate(BULLETS).split())
