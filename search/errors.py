"""What can go wrong with a search or with its index."""

from __future__ import annotations


class QueryError(ValueError):
    """A query text that can't be read; position counts characters from 0, reason is Chinese."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"{position}: {reason}")
        self.position = position
        self.reason = reason


class IndexProblem(Exception):  # noqa: N818  (a state of things, told to people)
    """An index that is missing, damaged or held by another writer for too long."""


class EngineUnreachableError(Exception):
    """No node of the search engine answered in time; it may by itself a little later."""


class EngineRefusalError(Exception):
    """The search engine could not make sense of what it was asked."""
