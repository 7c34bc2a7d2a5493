"""Solr as Haystack's engine and as what finds: its nodes, documents and queries."""

from search.solr.backend import CorpusSolrEngine

__all__ = ["CorpusSolrEngine"]
