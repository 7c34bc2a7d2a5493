"""References after GB/T 7714, the editions of 2025 (in force) and 2015 (replaced)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from corpus_app.desk.citation.imprint import (
    format_imprint,
    format_journal,
    format_newspaper,
    format_pages,
    format_run,
    format_year,
)
from corpus_app.desk.citation.items import Item, read_item
from corpus_app.desk.citation.names import (
    find_responsible,
    format_names,
    format_translators,
)
from corpus_app.desk.citation.rules import Edition, Rules, Style, choose_rules
from corpus_app.desk.citation.titles import (
    format_container,
    format_edition,
    format_title,
    is_part,
)


def format_reference(
    item: Item | Mapping[str, Any],
    *,
    edition: Edition = "2025",
    style: Style = "numeric",
    number: int | None = None,
    year_suffix: str = "",
) -> str:
    """Return the reference as plain text ending in a full stop, behind [number] if given.

    The item is an Item or a CSL-JSON object. ValueError for an unknown edition or style.
    """
    item = item if isinstance(item, Item) else read_item(item)
    rules = choose_rules(item, edition, style)
    parts = _write_author_first(item, rules, year_suffix)
    parts += _describe(item, rules)
    parts += _write_access(item)
    text = _join(parts)
    return f"[{number}] {text}" if number is not None else text


def _write_author_first(item: Item, rules: Rules, suffix: str) -> list[str]:
    """Return author, title and mark; author-date puts the year behind the author.

    A work without an author begins with its title, and then the year follows that: 佚名 is
    no author.
    """
    author = format_names(find_responsible(item), rules)
    if item.type == "standard" and not (rules.is_2015 or rules.is_author_date):
        author = ""
    title = format_title(item, rules)
    if not rules.is_author_date:
        return [author, title]
    year = rules.signs.comma + format_year(item, rules, suffix)
    return [author + year, title] if author else ["", title + year]


def _describe(item: Item, rules: Rules) -> list[str]:
    """Return what follows the title, by kind of work."""
    if is_part(item):
        return _describe_part(item, rules)
    if item.type == "paper-conference" and item.get("event-title"):
        return _describe_meeting(item, rules)
    return _DESCRIBE.get(item.type, _describe_whole)(item, rules)


def _describe_whole(item: Item, rules: Rules) -> list[str]:
    translators, edition = format_translators(item, rules), format_edition(item, rules)
    size = item.get("dimensions") if item.type == "map" else ""
    return [translators, edition, format_imprint(item, rules), size]


def _describe_part(item: Item, rules: Rules) -> list[str]:
    translators = format_translators(item, rules)
    container = "//" + format_container(item, rules)
    return [translators, container, format_edition(item, rules), format_imprint(item, rules)]


def _describe_meeting(item: Item, rules: Rules) -> list[str]:
    """Return //meeting，year：pages; the edition of 2015 asks for place and publisher."""
    meeting = "//" + item.get("event-title")
    if rules.is_2015:
        return [meeting, format_imprint(item, rules)]
    year = "" if rules.is_author_date else format_year(item, rules) if item.issued else ""
    text = rules.signs.comma.join(piece for piece in (meeting, year) if piece)
    pages = format_pages(item)
    return [rules.signs.colon.join(piece for piece in (text, pages) if piece)]


def _describe_journal(item: Item, rules: Rules) -> list[str]:
    return [format_translators(item, rules), format_journal(item, rules)]


def _describe_newspaper(item: Item, rules: Rules) -> list[str]:
    return [format_translators(item, rules), format_newspaper(item, rules)]


def _describe_periodical(item: Item, rules: Rules) -> list[str]:
    return [format_run(item, rules), format_imprint(item, rules)]


def _describe_standard(item: Item, rules: Rules) -> list[str]:
    # Since 2025 a standard's number says it all.
    return [format_imprint(item, rules)] if rules.is_2015 else []


_DESCRIBE: Final[dict[str, Callable[[Item, Rules], list[str]]]] = {
    "article-journal": _describe_journal,
    "article-magazine": _describe_journal,
    "article-newspaper": _describe_newspaper,
    "periodical": _describe_periodical,
    "standard": _describe_standard,
}


def _write_access(item: Item) -> list[str]:
    """Return address and lasting identifiers, those left out that the address contains."""
    url = item.url
    doi = item.get("DOI").removeprefix("https://doi.org/").removeprefix("http://dx.doi.org/")
    parts = [url]
    for label, value in (("DOI", doi), ("CSTR", item.get("CSTR"))):
        if value and value not in url:
            parts.append(f"{label}:{value}")
    return parts


def _join(parts: list[str]) -> str:
    """Return the parts with full stops between them, none doubled, none before //."""
    text = ""
    for part in parts:
        if not part:
            continue
        if part.startswith("//") or not text:
            text += part
        else:
            text += f"{' ' if text.endswith('.') else '. '}{part}"
    # A closing full stop belongs to the form, also behind an address.
    return text if text.endswith(".") else f"{text}."
