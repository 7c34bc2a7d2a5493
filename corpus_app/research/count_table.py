"""A table of figures whose rows lead to their places, and choices as links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from corpus_app.pages.queries import Option
from corpus_app.research.study_page import link_lines
from search import SearchRequest


@dataclass(frozen=True)
class CountCell:
    """A figure as shown, with the address of its places where it has some."""

    shown: str
    url: str = ""


@dataclass(frozen=True)
class CountRow:
    """What is counted, the address of its places, and its figures."""

    name: str
    url: str
    cells: list[CountCell]


@dataclass(frozen=True)
class CountTable:
    """columns name the first column and each figure's; remarks are sentences to show above."""

    columns: list[str]
    rows: list[CountRow]
    remarks: list[str]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is no row."""
        return not self.rows


def show_count(number: int) -> CountCell:
    """Return a whole number as a cell."""
    return CountCell(f"{number:,}")


def show_measure(number: float, digits: int = 1) -> CountCell:
    """Return a measure as a cell."""
    return CountCell(f"{number:,.{digits}f}")


def link_beside(asked: SearchRequest, query: str) -> str:
    """Return the address of the lines of a query within what is asked for."""
    text = f"({asked.text}) {query}" if asked.text else query
    return link_lines(replace(asked, text=text))


def list_choices(
    names: Mapping[str, str | Promise], chosen: str, link: Callable[[str], str]
) -> list[Option]:
    """Return choices as links, by their names."""
    return [Option(str(label), value == chosen, link(value)) for value, label in names.items()]


def tell_more(shown: int, found: int) -> list[str]:
    """Return a sentence where fewer rows are shown than there are."""
    if shown >= found:
        return []
    words = _("共 %(found)s 个，只列前 %(shown)s 个；全部在下载的文件里（最多 5,000 个）。")
    return [words % {"found": f"{found:,}", "shown": f"{shown:,}"}]
