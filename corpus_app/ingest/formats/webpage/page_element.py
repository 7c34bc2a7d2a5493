"""The elements of a page as selectors see them; how much is looked at is counted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

import cssselect2

# Selectors look at elements and what stands around them so many times at most.
MOST_STEPS: Final = 2_000_000


class TooManySteps(Exception):  # noqa: N818  (an end that was foreseen)
    """The styles of a page ask for more work than any page needs."""


class PageElement(cssselect2.ElementWrapper):
    """An element as selectors see it: what stands around it is walked, counted, never copied."""

    steps = 0

    @property
    def namespace_url(self) -> str:
        """Every element of a page belongs to HTML."""
        return "http://www.w3.org/1999/xhtml"

    @cached_property
    def names(self) -> frozenset[str]:
        """The names by which selectors may ask for it: "p", ".class", "#id"."""
        own = {self.local_name.lower(), *(f".{name}" for name in self.classes)}
        return frozenset(own | {f"#{self.id}"} if self.id else own)

    @cached_property
    def above(self) -> frozenset[str]:
        """The names of all elements around it."""
        if self.parent is None:
            return frozenset()
        above: frozenset[str] = self.parent.above
        return above if self.parent.names <= above else above | self.parent.names

    @property
    def ancestors(self) -> Iterator[PageElement]:
        """The elements around it, the nearest first."""
        return self._walk("parent")

    @property
    def previous_siblings(self) -> Iterator[PageElement]:
        """The elements before it beside it, the nearest first."""
        return self._walk("previous")

    def _walk(self, way: str) -> Iterator[PageElement]:
        element = getattr(self, way)
        while element is not None:
            PageElement.steps += 1
            if PageElement.steps > MOST_STEPS:
                raise TooManySteps
            yield element
            element = getattr(element, way)


class LaxElement(PageElement):
    """An element of an old page, whose classes and ids are the same in capitals and small."""

    @cached_property
    def id(self) -> str | None:
        """The id in small letters."""
        name = self.etree_element.get("id")
        return name.lower() if name else None

    @cached_property
    def classes(self) -> set[str]:
        """The classes in small letters."""
        return set((self.etree_element.get("class") or "").lower().split())
