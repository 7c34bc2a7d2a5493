"""From a raw text and the spans decided to be removed to a draft: all but reading and cleaning."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus_app.ingest.body import Body, assemble
from corpus_app.ingest.collections import SEVERAL, tell_collection
from corpus_app.ingest.completeness import JUDGED, check_announcements, judge_completeness
from corpus_app.ingest.draft import Draft, Gap, Metadata, Notice, RejectedFile, Removed, Section
from corpus_app.ingest.inner_removals import TOLD, tell_inner
from corpus_app.ingest.layout import FILLED, find_wrap_width
from corpus_app.ingest.noise import RawGap
from corpus_app.ingest.noise.omissions import read_omitted_chars
from corpus_app.ingest.noise.statements import read_hidden_chars
from corpus_app.ingest.outline import split_sections
from corpus_app.ingest.outline.stated import find_stated
from corpus_app.ingest.slogans import find_slogans
from corpus_app.ingest.spans import merge_removed, trim_removed
from corpus_app.ingest.suspects import find_suspects
from corpus_app.text.text_map import TextMap

# Formats in which a newline may be nothing but the end of a printed line.
WRAPPED_FORMATS = {"txt", "md"}
# Formats that mark paragraphs, unless printed lines were pasted into them: <pre>, <br> at each.
PASTED_FORMATS = {"html", "mht"}
# A notice of hidden text leaves a gap, unless its rule ends so: the hidden words were filled in.
GAP_KINDS = {"paywall", "hidden"}
# Notices of parts that hold no words: they reach from the character before to the one behind.
BETWEEN = {"pictures", "unread_part", "scanned_pages"}
NO_TEXT = "去掉标题、网页杂项和空白以后，没有剩下讲话正文。"


class BadSpanError(ValueError):
    """A span that lies outside the raw text; the message is Chinese."""


def recompose(
    raw: str,
    removed: Iterable[Removed],
    *,
    file_format: str = "txt",
    metadata: Metadata | None = None,
    notices: Sequence[Notice] = (),
) -> Draft:
    """Return the draft of raw without exactly these spans; metadata is kept as it is.

    The spans may come in any order and overlap. Gaps follow from the spans of kind paywall and
    hidden. notices (places in raw, see find_raw_notices) are carried over where their words are
    still there; those about outline, end and removals are made anew. Raises BadSpanError for a
    span out of range, RejectedFile "no_text" where no word is left.
    file, sha256 and encoding stay blank.
    """
    spans = settle_spans(raw, removed)
    body = assemble_body(raw, spans, file_format)
    return compose_draft(raw, spans, body, file_format, metadata or Metadata(), notices=notices)


def settle_spans(raw: str, removed: Iterable[Removed]) -> list[Removed]:
    """Return the spans sorted, without overlap, without white space at their ends.

    Where two overlap, the one that begins first keeps its characters.
    """
    checked = []
    for span in removed:
        if not 0 <= span.start <= span.end <= len(raw):
            raise BadSpanError(f"剔除范围 {span.start}–{span.end} 超出原文（共 {len(raw)} 字）。")
        words = raw[span.start : span.end]
        checked.append(Removed(span.kind, words, span.start, span.end, span.rule))
    return [bare for span in merge_removed(raw, checked) for bare in trim_removed(span)]


def assemble_body(raw: str, removed: Sequence[Removed], file_format: str) -> Body:
    """Return the body of raw without the settled spans; RejectedFile where no word is left."""
    body = assemble(raw, removed, file_format in WRAPPED_FORMATS)
    if file_format in PASTED_FORMATS and find_wrap_width(body.text.split("\n")) is not None:
        body = assemble(raw, removed)
    if not any(char.isalnum() for char in body.text):
        raise RejectedFile("no_text", NO_TEXT)
    return body


def compose_draft(
    raw: str,
    removed: list[Removed],
    body: Body,
    file_format: str,
    metadata: Metadata,
    *,
    notices: Sequence[Notice] = (),
    gaps: Sequence[RawGap] | None = None,
) -> Draft:
    """Return the draft of an assembled body: its gaps, outline, slogans and slips found.

    Without gaps given they are read from the removed notices of hidden text.
    """
    text = body.text
    placed = _place_gaps(find_gaps(raw, removed) if gaps is None else gaps, body)
    stated = find_stated(raw, removed, body.from_raw)
    sections: list[Section] = split_sections(text, [gap.offset for gap in placed], stated)
    announced = check_announcements(text, sections)
    completeness, placed, judged = judge_completeness(text, placed, sections, announced)
    told = [*tell_inner(raw, removed, body), *tell_collection(text), *judged]
    return Draft(
        file="",
        sha256="",
        encoding="",
        format=file_format,
        raw=raw,
        metadata=metadata,
        text=text,
        removed=removed,
        completeness=completeness,
        gaps=placed,
        announced=announced,
        sections=sections,
        slogans=find_slogans(text),
        suspects=find_suspects(text),
        notices=[*_place_notices(notices, body), *told],
    )


def find_gaps(raw: str, removed: Sequence[Removed]) -> list[RawGap]:
    """Return a gap for each removed notice of hidden text; one cut in pieces counts once."""
    gaps: list[RawGap] = []
    reach, rule = -1, ""
    for span in removed:
        goes_on = span.start == reach
        if goes_on and span.kind == "invisible":
            reach = span.end
        if span.kind not in GAP_KINDS or span.rule.endswith(FILLED):
            continue
        same = goes_on and bool(gaps) and (gaps[-1].kind, rule) == (span.kind, span.rule)
        start = gaps.pop().raw_offset if same else span.start
        gaps.append(_build_gap(raw[start : span.end], start, span))
        reach, rule = span.end, span.rule
    return gaps


def _build_gap(note: str, start: int, span: Removed) -> RawGap:
    count = read_omitted_chars if span.rule == "omission" else read_hidden_chars
    return RawGap("hidden" if span.kind == "hidden" else "paywall", start, count(note), note)


def find_raw_notices(notices: Iterable[Notice], places: TextMap) -> list[Notice]:
    """Return notices about a text as notices about the raw text it was made from.

    Those that every draft makes anew (about outline, end and removals) are left out.
    """
    placed = []
    for note in notices:
        if note.code in JUDGED or note.code in TOLD or note.code == SEVERAL:
            continue
        if note.start is None or note.end is None:
            placed.append(note)
        elif note.start < note.end:
            placed.append(Notice(note.code, note.message, *places.find_span(note.start, note.end)))
    return placed


def _place_gaps(found: Iterable[RawGap], body: Body) -> list[Gap]:
    """Several notices in a row mark one gap; a stated number of characters is kept."""
    gaps: list[Gap] = []
    for gap in found:
        placed = Gap(gap.kind, body.from_raw.find_next(gap.raw_offset), gap.hidden_chars, gap.note)
        if gaps and gaps[-1].offset == placed.offset:
            last = gaps.pop()
            hidden = last.hidden_chars if last.hidden_chars is not None else placed.hidden_chars
            placed = Gap(last.kind, last.offset, hidden, f"{last.note} {placed.note}")
        gaps.append(placed)
    return gaps


def _place_notices(notices: Iterable[Notice], body: Body) -> list[Notice]:
    """A notice about words that another step then removed is settled."""
    placed = []
    for note in notices:
        if note.start is None or note.end is None:
            placed.append(note)
            continue
        start, end = body.from_raw.find_span(note.start, note.end)
        # What stands between two characters is the text's only if both are.
        if end - start > (note.code in BETWEEN):
            placed.append(Notice(note.code, note.message, start, end))
    return placed
