"""From the bytes of one file to its Draft: every stage in order, nothing else."""

from __future__ import annotations

import hashlib

from corpus_app.ingest.draft import Draft
from corpus_app.ingest.formats import extract
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.metadata import infer_metadata, lead_to_raw, read_metadata
from corpus_app.ingest.noise import remove_noise
from corpus_app.ingest.recomposing import assemble_body, compose_draft
from corpus_app.ingest.spans import merge_removed


def parse_bytes(data: bytes, name: str, limits: Limits | None = None) -> Draft:
    """Return the draft of one file; raises Refusal with the contract's code."""
    extracted = extract(data, name, limits)
    cleaned = remove_noise(extracted.raw, extracted.marks)
    meta, spans = read_metadata(extracted.raw, cleaned.removed)
    removed = merge_removed(extracted.raw, cleaned.removed, spans)
    body = assemble_body(extracted.raw, removed, extracted.format)
    notices = [*extracted.notices, *cleaned.notices]
    draft = compose_draft(
        extracted.raw, removed, body, extracted.format, meta, notices=notices, gaps=cleaned.gaps
    )
    draft.metadata = infer_metadata(meta, draft.text, draft.sections, lead_to_raw(body))
    draft.file, draft.encoding = name, extracted.encoding
    draft.sha256 = hashlib.sha256(data).hexdigest()
    return draft
