"""Haystack's rebuild_index empties the index that serves; under its name stands ours."""

from search.management.commands.rebuild_corpus_index import Command

__all__ = ["Command"]
