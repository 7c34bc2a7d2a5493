"""Where a part of a journal or newspaper stands, and what a whole periodical is."""

from __future__ import annotations

import re

from corpus_app.desk.citation.imprint import (
    drop_year,
    estimate_year,
    format_accessed,
    format_date,
    format_pages,
)
from corpus_app.desk.citation.items import Item
from corpus_app.desk.citation.rules import Rules

_PAGE_OF_PAPER = re.compile(r"第?\s*0*([A-Z]?\d+)\s*版")


def format_newspaper(item: Item, rules: Rules) -> str:
    """Return paper，date（page）: 人民日报，2022-08-16（17）."""
    date = format_date(item.issued, rules, whole=True) if item.issued else estimate_year(item)
    pieces = [item.get("container-title"), date]
    text = rules.signs.comma.join(piece for piece in pieces if piece)
    page = _PAGE_OF_PAPER.sub(r"\1", format_pages(item))
    return text + rules.enclose(page) + format_accessed(item, rules)


def format_journal(item: Item, rules: Rules) -> str:
    """Return journal，year，volume（issue）：pages; the day where it is online only."""
    volume, issue = item.get("volume"), item.get("issue")
    online_first = not volume and not issue
    date = format_date(item.issued, rules, whole=online_first) if item.issued else ""
    date = drop_year(date or estimate_year(item), item, rules)
    pieces = [item.get("container-title"), date, volume]
    text = rules.signs.comma.join(piece for piece in pieces if piece) + rules.enclose(issue)
    pages = format_pages(item) or item.get("number")
    text = rules.signs.colon.join(piece for piece in (text, pages) if piece)
    return text + format_accessed(item, rules)


def format_run(item: Item, rules: Rules) -> str:
    """Return the volumes of a whole periodical: 1957（1）—1990（4）."""
    run = item.get("volume")
    if not rules.is_2015:
        return run
    for full, half in (("（", "("), ("）", ")"), ("—", "-"), ("，", ", ")):
        run = run.replace(full, half)
    return run
