"""Citations in the text and notes at the foot of the page."""

from __future__ import annotations

from collections.abc import Iterable

from corpus_app.desk.citation.gbt7714 import format_reference
from corpus_app.desk.citation.imprint import format_year
from corpus_app.desk.citation.items import Item
from corpus_app.desk.citation.names import find_responsible, shorten_names
from corpus_app.desk.citation.rules import Edition, Rules, choose_rules


def format_numeric(numbers: Iterable[int], pages: str = "") -> str:
    """Return the numbers of references in one bracket, pages behind it: [1,3-5]12-15."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return f"[{','.join(shown)}]{pages}" if shown else ""


def format_author_date(
    item: Item,
    *,
    edition: Edition = "2025",
    pages: str = "",
    year_suffix: str = "",
    author_named: bool = False,
) -> str:
    """Return （张三，2024）pages; only the year where the sentence already names the author."""
    rules = choose_rules(item, edition, "author-date")
    year = format_year(item, rules, year_suffix)
    inside = year if author_named else rules.signs.comma.join((_name_work(item, rules), year))
    return rules.enclose(inside) + pages


def format_footnote(item: Item, *, edition: Edition = "2025", mark: str = "") -> str:
    """Return the reference as a note at the foot of the page, behind a mark such as ①."""
    reference = format_reference(item, edition=edition)
    return f"{mark} {reference}" if mark else reference


def number_footnote(number: int) -> str:
    """Return the circled number of a footnote from 1 to 50, above that [51]."""
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return f"[{number}]"


def _name_work(item: Item, rules: Rules) -> str:
    """Return the first author, or the title in 《》 where there is none."""
    names = find_responsible(item)
    if names:
        return shorten_names(names, rules)
    title = item.title.split("：")[0]
    if not rules.chinese:
        return title
    return title if title.startswith(("《", "[")) else f"《{title}》"
