"""Title, speaker, dates and source: read from the lines around a speech, or inferred from it."""

from corpus_app.ingest.metadata.inference import infer_metadata
from corpus_app.ingest.metadata.reader import read_metadata
from corpus_app.ingest.metadata.tracing import lead_to_raw

__all__ = ["infer_metadata", "lead_to_raw", "read_metadata"]
