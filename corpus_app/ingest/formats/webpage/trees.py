"""The trees of one page: its own, and those that hang below shadow roots, each with its styles."""

from __future__ import annotations

from typing import Final

from lxml import etree

from corpus_app.ingest.formats.webpage.open_elements import OpenElement
from corpus_app.ingest.formats.webpage.page_element import PageElement
from corpus_app.ingest.formats.webpage.sheet_sources import wrap_sheet
from corpus_app.ingest.formats.webpage.styles import PageStyles

SHADOW: Final = "shadow-root"
# Beyond so many the styles of shadow roots are given up.
MOST_TREES: Final = 200


class PageTrees:
    """Which styles hold for the element that is being read."""

    def __init__(self, styles: PageStyles) -> None:
        self.styles = styles
        self.given_up = False
        self.undecided = 0
        self._count = 0
        # The styles and elements outside of the shadow roots that are open.
        self._hosts: list[tuple[PageStyles, PageElement | None]] = []

    def enter(
        self, node: etree._Element, tag: str, around: OpenElement | None
    ) -> PageStyles | None:
        """Let the styles hold of the tree that an element begins; return those around it.

        None where it is of the same tree as the element around.
        """
        outer = self.styles
        if tag == SHADOW:
            self._count += 1
            self.given_up = self.given_up or self._count > MOST_TREES
            self._hosts.append((outer, around.element if around else None))
            sheet = "" if self.given_up else node.get("styles") or ""
            self.styles = PageStyles(wrap_sheet(sheet))
        elif self._hosts and node.get("shadow-slotted") is not None:
            self.styles = self._hosts[-1][0]
        else:
            return None
        return outer

    def leave(self, tag: str, outer: PageStyles) -> None:
        """Let the styles hold again that are around a tree."""
        if tag == SHADOW:
            self._hosts.pop()
            self.undecided += self.styles.undecided
            self.given_up = self.given_up or self.styles.sheets.given_up
        self.styles = outer

    def wrap(
        self, node: etree._Element, around: OpenElement | None, *, parted: bool
    ) -> PageElement | None:
        """Return the element as selectors see it, None where its tree has no rules.

        parted says that it belongs to another tree than the element around.
        """
        place = 0
        if around is not None:
            place = around.children
            around.children += 1
        if self.styles.sheets.empty:
            return None
        if around is None or parted:
            host = self._hosts[-1][1] if parted and node.tag != SHADOW and self._hosts else None
            return self.styles.sheets.wrap(node, host, place, None)
        around.last = self.styles.sheets.wrap(node, around.element, place, around.last)
        return around.last
