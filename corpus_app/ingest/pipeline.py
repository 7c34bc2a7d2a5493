"""From the bytes of one file to its Draft: every stage in order, nothing else."""

from __future__ import annotations

import hashlib

from corpus_app.ingest.announced import check_announcements
from corpus_app.ingest.body import Body, assemble
from corpus_app.ingest.completeness import judge_completeness
from corpus_app.ingest.draft import Draft, Gap, Metadata, Notice, Refusal, Removed, Section
from corpus_app.ingest.formats import Extracted, extract
from corpus_app.ingest.limits import DEFAULT_LIMITS, Limits
from corpus_app.ingest.metadata import infer_metadata, read_metadata
from corpus_app.ingest.noise import Cleaned, RawGap, remove_noise
from corpus_app.ingest.outline import split_sections
from corpus_app.ingest.slogans import find_slogans
from corpus_app.ingest.spans import merge_removed
from corpus_app.ingest.suspects import find_suspects

# Formats in which a newline may be nothing but the end of a printed line.
WRAPPED_FORMATS = {"txt", "md"}


def parse_bytes(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Draft:
    """Return the draft of one file; raises Refusal with the contract's code."""
    extracted = extract(data, name, limits)
    cleaned = remove_noise(extracted.raw, extracted.marks)
    meta, spans = read_metadata(extracted.raw, cleaned.removed)
    removed = merge_removed(extracted.raw, cleaned.removed, spans)
    body = assemble(extracted.raw, removed, extracted.format in WRAPPED_FORMATS)
    if not any(char.isalnum() for char in body.text):
        raise Refusal("no_text", "去掉标题、网页杂项和空白以后，没有剩下讲话正文。")
    return _build_draft(data, name, extracted, cleaned, meta, removed, body)


def _build_draft(
    data: bytes,
    name: str,
    extracted: Extracted,
    cleaned: Cleaned,
    meta: Metadata,
    removed: list[Removed],
    body: Body,
) -> Draft:
    text = body.text
    gaps = _place_gaps(cleaned.gaps, body)
    sections: list[Section] = split_sections(text, [gap.offset for gap in gaps])
    announced = check_announcements(text, sections)
    completeness, gaps, judged = judge_completeness(text, gaps, sections, announced)
    return Draft(
        file=name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=extracted.encoding,
        format=extracted.format,
        raw=extracted.raw,
        metadata=infer_metadata(meta, text, sections),
        text=text,
        removed=removed,
        completeness=completeness,
        gaps=gaps,
        announced=announced,
        sections=sections,
        slogans=find_slogans(text),
        suspects=find_suspects(text),
        notices=[*extracted.notices, *_place_notices(cleaned.notices, body), *judged],
    )


def _place_gaps(found: list[RawGap], body: Body) -> list[Gap]:
    """Several notices in a row mark one gap; a stated number of characters is kept."""
    gaps: list[Gap] = []
    for gap in found:
        placed = Gap(gap.kind, body.to_text(gap.raw_offset), gap.hidden_chars, gap.note)
        if gaps and gaps[-1].offset == placed.offset:
            last = gaps.pop()
            hidden = last.hidden_chars if last.hidden_chars is not None else placed.hidden_chars
            placed = Gap(last.kind, last.offset, hidden, f"{last.note} {placed.note}")
        gaps.append(placed)
    return gaps


def _place_notices(notices: list[Notice], body: Body) -> list[Notice]:
    """A notice about words that another step then removed is settled."""
    placed = []
    for note in notices:
        if note.start is None or note.end is None:
            placed.append(note)
            continue
        start, end = body.find_span(note.start, note.end)
        if start < end:
            placed.append(Notice(note.code, note.message, start, end))
    return placed
