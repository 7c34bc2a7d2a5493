"""Whether two heads may be of one speech: title, speaker, organisation, place and dates."""

from corpus_app.catalog.identity.comparing import HeadComparison, compare_heads
from corpus_app.catalog.identity.findings import Agreement, FieldFinding
from corpus_app.catalog.identity.heads import Head

__all__ = ["Agreement", "FieldFinding", "Head", "HeadComparison", "compare_heads"]
