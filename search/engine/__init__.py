"""Haystack's Whoosh engine with its faults mended; what and why: docs/decisions/0003."""

from search.engine.backend import CorpusWhooshBackend, CorpusWhooshEngine

__all__ = ["CorpusWhooshBackend", "CorpusWhooshEngine"]
