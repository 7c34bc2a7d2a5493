"""What stands between title and address: publisher, date, pages, journal, date of access."""

from __future__ import annotations

import re

from corpus_app.desk.citation.dates import CitationDate
from corpus_app.desk.citation.items import Item
from corpus_app.desk.citation.rules import KINDS, Rules

_RANGE_SIGN = re.compile(r"(?<=\d)\s*(?:--|[–—－~～至])\s*(?=\d)")
_PAGE_OF_PAPER = re.compile(r"第?\s*0*([A-Z]?\d+)\s*版")


def format_imprint(item: Item, rules: Rules) -> str:
    """Return publication, date, pages and access date; "" where nothing is known."""
    write = _write_online if is_online_type(item, rules) else _write_published
    return write(item, rules) + format_accessed(item, rules)


def is_online_type(item: Item, rules: Rules) -> bool:
    """Tell whether the item is a purely electronic work, whose date stands in brackets."""
    if item.type in KINDS.always_online:
        return True
    if not item.is_online:
        return False
    if rules.is_2015 and item.type in KINDS.online_2015:
        return not any(_find_publisher(item))
    return item.type in KINDS.online


def format_accessed(item: Item, rules: Rules) -> str:
    """Return the access date in [ ]; "" for what is not online.

    The edition of 2025 asks for it only where a work lives online, that of 2015 for all
    that was read there.
    """
    wanted = is_online_type(item, rules) or (rules.is_2015 and item.is_online)
    if not wanted or item.accessed is None or not item.accessed.to_iso():
        return ""
    return f"[{item.accessed.to_iso()}]"


def format_issued(item: Item, rules: Rules) -> str:
    """Return the date of issue as precise as the kind of work asks; "" where unknown."""
    daily = is_online_type(item, rules) or _is_daily(item, rules)
    if item.issued:
        return format_date(item.issued, rules, whole=daily)
    return "" if rules.is_2015 or is_online_type(item, rules) else estimate_year(item)


def _is_daily(item: Item, rules: Rules) -> bool:
    """Tell whether a work that is not purely electronic is dated to the day."""
    if rules.is_2015:
        return item.type in KINDS.daily_2015
    return item.type in KINDS.daily or bool(item.get("archive"))


def format_date(date: CitationDate, rules: Rules, *, whole: bool) -> str:
    """Return a year, range of years or, if whole, the date; what is estimated in [ ]."""
    if date.year is None:
        return date.words
    if date.end_year:
        ending = f"[{date.end_year}]" if date.end_estimated else str(date.end_year)
        return f"{date.year}{rules.signs.dash}{ending}"
    text = date.to_iso() if whole else str(date.year)
    return f"[{text}]" if date.estimated else text


def format_year(item: Item, rules: Rules, suffix: str = "") -> str:
    """Return the year that stands behind the author, with a, b, c to tell works apart."""
    known = format_date(item.issued, rules, whole=False) if item.issued else estimate_year(item)
    if not known:
        known = "无日期" if rules.chinese else "n.d."
        return f"{known}-{suffix}" if suffix else known
    return f"{known[:-1]}{suffix}]" if known.endswith("]") else known + suffix


def estimate_year(item: Item) -> str:
    """Return the year of reading in [ ] for an undated work that is online; else ""."""
    if item.accessed is None or item.accessed.year is None:
        return ""
    return f"[{item.accessed.year}]" if item.is_online or item.type in KINDS.always_online else ""


def format_pages(item: Item) -> str:
    """Return the pages with a plain hyphen between first and last."""
    return _RANGE_SIGN.sub("-", item.get("page"))


def drop_year(date: str, item: Item, rules: Rules) -> str:
    """Return the date, or "" where it only repeats the year behind the author."""
    repeated = rules.is_author_date and date == format_year(item, rules)
    return "" if repeated and not item.get("archive") else date


def _write_online(item: Item, rules: Rules) -> str:
    """Return （date）, behind the platform for data sets and preprints."""
    date = rules.enclose(format_issued(item, rules))
    if item.type not in KINDS.platforms:
        return date
    return rules.signs.colon.join(part for part in _find_publisher(item) if part) + date


def _write_published(item: Item, rules: Rules) -> str:
    """Return place：publisher，date：pages."""
    signs = rules.signs
    text = signs.colon.join(part for part in _name_publisher(item, rules) if part)
    date = drop_year(format_issued(item, rules), item, rules)
    text = signs.comma.join(part for part in (text, date) if part)
    return signs.colon.join(part for part in (text, format_pages(item)) if part)


def _find_publisher(item: Item) -> tuple[str, str]:
    """Return place and publisher, or where an archive is and its name."""
    if item.get("publisher") or item.get("publisher-place"):
        return item.get("publisher-place"), item.get("publisher")
    return item.get("archive-place") or item.get("archive_place"), item.get("archive")


def _name_publisher(item: Item, rules: Rules) -> tuple[str, str]:
    """Return place and publisher, with the standard's words for one that is not known."""
    place, publisher = _find_publisher(item)
    published = KINDS.published | (KINDS.published_2015 if rules.is_2015 else frozenset())
    # Online, nobody needs the place to find the work: the standard lets it be left out.
    if item.is_online or item.type not in published:
        return place, publisher
    no_place, no_publisher = ("出版地不详", "出版者不详") if rules.chinese else ("S.l.", "s.n.")
    if not place and not publisher:
        return "", f"[{no_place}{rules.signs.colon}{no_publisher}]"
    return place or f"[{no_place}]", publisher or f"[{no_publisher}]"


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
