"""Our rebuild under the name of Haystack's own, which would empty the index in use."""

from search.management.commands.rebuild_corpus_index import Command

__all__ = ["Command"]
