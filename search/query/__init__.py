"""The query language: text -> tokens -> a tree of nodes that describe themselves."""

from search.query.parser import parse_query

__all__ = ["parse_query"]
