"""Every form in which a reference leaves the site, by name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from corpus_app.desk.citation.bibtex import clean_key, write_bibtex
from corpus_app.desk.citation.gbt7714 import format_reference
from corpus_app.desk.citation.inline import format_footnote, number_footnote
from corpus_app.desk.citation.items import Item, write_item
from corpus_app.desk.citation.ris import write_ris
from corpus_app.desk.citation.rules import Edition

# Signs that would start markup anywhere, and those that do at the start of a line.
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|~$])")
_LINE_MARK = re.compile(r"^(\d*)([.)+-])(?=\s)")
_ADDRESS = re.compile(r"https?://[!-;=?-~]+")


@dataclass(frozen=True, slots=True)
class Export:
    """A form of export: how a list of items is written, its media type and file ending."""

    write: Callable[[Sequence[Item], Edition], str]
    media_type: str
    ending: str


def export_item(item: Item, form: str, *, edition: Edition = "2025") -> str:
    """Return one item in a form that EXPORTS names; KeyError for any other."""
    return export_items([item], form, edition=edition)


def export_items(items: Sequence[Item], form: str, *, edition: Edition = "2025") -> str:
    """Return the items in a form that EXPORTS names, in their order; KeyError for any other."""
    return EXPORTS[form].write(items, edition)


def write_markdown(item: Item, *, key: str = "", edition: Edition = "2025") -> str:
    """Return the reference as a Markdown footnote: [^key]: reference."""
    reference = escape_markdown(format_reference(item, edition=edition))
    return f"[^{clean_key(key or item.get('id'))}]: {reference}\n"


def quote_markdown(text: str, item: Item, *, key: str = "", edition: Edition = "2025") -> str:
    """Return the words as a Markdown block quotation with the reference as its footnote."""
    lines = [escape_markdown(line.strip()) for line in text.splitlines() if line.strip()]
    quoted = "\n>\n".join("> " + _LINE_MARK.sub(r"\1\\\2", line) for line in lines)
    mark = clean_key(key or item.get("id"))
    return f"{quoted}[^{mark}]\n\n{write_markdown(item, key=mark, edition=edition)}"


def escape_markdown(text: str) -> str:
    """Return the text with Markdown's signs escaped and addresses made links as they stand."""
    pieces = []
    position = 0
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(".,;:!?")
        pieces += [_MARKDOWN_SIGNS.sub(r"\\\1", text[position : found.start()]), f"<{address}>"]
        position = found.start() + len(address)
    pieces.append(_MARKDOWN_SIGNS.sub(r"\\\1", text[position:]))
    return "".join(pieces)


def _write_gbt(items: Sequence[Item], edition: Edition) -> str:
    """Return the reference, or a numbered list of several."""
    if len(items) == 1:
        return format_reference(items[0], edition=edition)
    lines = [format_reference(item, edition=edition, number=n) for n, item in enumerate(items, 1)]
    return "\n".join(lines)


def _write_footnotes(items: Sequence[Item], edition: Edition) -> str:
    """Return the notes, circled numbers before several."""
    if len(items) == 1:
        return format_footnote(items[0], edition=edition)
    marked = enumerate(items, 1)
    notes = [format_footnote(i, edition=edition, mark=number_footnote(n)) for n, i in marked]
    return "\n".join(notes)


def _write_markdown(items: Sequence[Item], edition: Edition) -> str:
    keys = _name_items(items)
    pairs = zip(items, keys, strict=True)
    return "".join(write_markdown(item, key=key, edition=edition) for item, key in pairs)


def _write_bibtex(items: Sequence[Item], edition: Edition) -> str:
    pairs = zip(items, _name_items(items), strict=True)
    return "\n".join(write_bibtex(item, key) for item, key in pairs)


def _write_ris(items: Sequence[Item], edition: Edition) -> str:
    return "\r\n".join(write_ris(item) for item in items)


def _write_csl(items: Sequence[Item], edition: Edition) -> str:
    pairs = zip(items, _name_items(items), strict=True)
    objects = [{**write_item(item), "id": item.get("id") or key} for item, key in pairs]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def _name_items(items: Sequence[Item]) -> list[str]:
    """Return a key for each item, no two alike."""
    keys: list[str] = []
    for item in items:
        base = clean_key(item.get("id"))
        key, count = base, 2
        while key in keys:
            key, count = f"{base}-{count}", count + 1
        keys.append(key)
    return keys


EXPORTS: Final[dict[str, Export]] = {
    "gbt7714": Export(_write_gbt, "text/plain", "txt"),
    "footnote": Export(_write_footnotes, "text/plain", "txt"),
    "markdown": Export(_write_markdown, "text/markdown", "md"),
    "bibtex": Export(_write_bibtex, "application/x-bibtex", "bib"),
    "ris": Export(_write_ris, "application/x-research-info-systems", "ris"),
    "csl-json": Export(_write_csl, "application/vnd.citationstyles.csl+json", "json"),
}
