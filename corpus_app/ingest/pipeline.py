"""From the bytes of one file to its Draft: every stage in order, nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from corpus_app.ingest.certainty.logistic import Signs
from corpus_app.ingest.certainty.probabilities import list_signs, weigh_text, weigh_values
from corpus_app.ingest.draft import Draft, Notice, Removed
from corpus_app.ingest.encodings.plausibility import has_chinese
from corpus_app.ingest.formats import extract, extract_converted
from corpus_app.ingest.formats.extracted import Converted, Extracted
from corpus_app.ingest.limits import Limits
from corpus_app.ingest.metadata.given import keep_given
from corpus_app.ingest.metadata.inference import infer_metadata
from corpus_app.ingest.metadata.reader import ReadHead, read_head
from corpus_app.ingest.metadata.tracing import FindRaw, lead_to_raw
from corpus_app.ingest.noise import remove_noise
from corpus_app.ingest.notices import fold_notices, tell_turned
from corpus_app.ingest.profiled import merge_profiled, take_lines
from corpus_app.ingest.recomposing import assemble_body, compose_draft
from corpus_app.ingest.removal_rules import RemovalRule, take_early, take_late
from corpus_app.ingest.site import SiteEvidence
from corpus_app.ingest.site_marks import find_site_mark
from corpus_app.ingest.spans import find_scraps, merge_removed
from corpus_app.ingest.superseded import drop_timely
from corpus_app.text.folding import write_plainly


@dataclass(frozen=True, slots=True)
class MeasuredDraft:
    """A draft, with the signs by which its values (by field) and its text were doubted.

    scanned are the numbers of pages that a recogniser may read besides.
    """

    draft: Draft
    values: dict[str, Signs]
    text: Signs
    scanned: tuple[int, ...] = ()


class ParseOptions(TypedDict, total=False):
    """What a parse may be told beside a file's bytes and name.

    rules are what editors want taken out besides what the parser knows; converted says what the
    bytes are where an outside program made them; evidence is what other files of the site tell.
    """

    rules: Sequence[RemovalRule]
    converted: Converted | None
    evidence: SiteEvidence | None


def parse_bytes(
    data: bytes, name: str, limits: Limits | None = None, **options: Unpack[ParseOptions]
) -> Draft:
    """Return the draft of one file; takes and raises what parse_with_signs does."""
    return parse_with_signs(data, name, limits, **options).draft


def parse_with_signs(
    data: bytes, name: str, limits: Limits | None = None, **options: Unpack[ParseOptions]
) -> MeasuredDraft:
    """Return the draft of one file and its signs; raises RejectedFile with the contract's code.

    Runs here and without bounds on time: files from outside go through sandbox.parsing instead.
    """
    rules, evidence = options.get("rules", ()), options.get("evidence")
    extracted = _extract(data, name, limits, options.get("converted"))
    found = _read(extracted, name, rules, evidence)
    if evidence is not None and evidence.lines and not _bears_title(found.draft):
        # Texts of one speech repeat its title, as pages of a site repeat the site's name.
        alone = _read(extracted, name, rules, replace(evidence, lines={}))
        if told := evidence.leave(_list_title_lines(alone.draft)):
            found = _read(extracted, name, rules, told)
    found.draft.sha256 = hashlib.sha256(data).hexdigest()
    return replace(found, scanned=extracted.scanned)


def _read(
    extracted: Extracted, name: str, rules: Sequence[RemovalRule], evidence: SiteEvidence | None
) -> MeasuredDraft:
    """Return the draft of what was extracted, sha256 aside, and its signs."""
    cleaned = remove_noise(extracted.raw, extracted.marks, evidence)
    profile = evidence.profile if evidence else None
    noise = take_lines(extracted.raw, cleaned.removed, profile)
    noise = take_early(extracted.raw, noise, rules, name)
    head = _read_head(extracted, noise, evidence)
    removed = merge_profiled(extracted.raw, head.meta, noise, head.spans, profile)
    removed = take_late(extracted.raw, removed, rules, name, head.meta)
    removed = merge_removed(extracted.raw, removed, find_scraps(extracted.raw, removed))
    body = assemble_body(extracted.raw, removed, extracted.format)
    told = [*extracted.notices, *cleaned.notices, *head.notices, *tell_turned(extracted.raw)]
    notices = fold_notices([*told, *_note_language(extracted.raw)])
    # A rule may name notices of hidden text: then all gaps are read from what was removed.
    gaps = None if rules else cleaned.gaps
    shape = extracted.raw, removed, body, extracted.format, head.meta
    draft = compose_draft(*shape, notices=notices, gaps=gaps)
    find_raw = lead_to_raw(body)
    plain = write_plainly(draft.text)
    draft.metadata = infer_metadata(head.meta, plain, draft.sections, find_raw)
    draft.suspects = drop_timely(draft.suspects, draft.metadata.day)
    draft.site = find_site_mark(extracted.raw, removed, extracted.stated)
    draft.file, draft.encoding = name, extracted.encoding
    return _weigh(draft, head, find_raw)


def _bears_title(draft: Draft) -> bool:
    return bool(draft.metadata.title) and not draft.metadata.title_inferred


def _list_title_lines(draft: Draft) -> list[str]:
    """Return the lines of raw from which the title was read, none for one that was made up."""
    found = draft.metadata.evidence.get("title") if _bears_title(draft) else None
    if found is None or found.start is None or found.end is None:
        return []
    start = draft.raw.rfind("\n", 0, found.start) + 1
    end = draft.raw.find("\n", found.end)
    return draft.raw[start : end if end >= 0 else len(draft.raw)].split("\n")


def _read_head(
    extracted: Extracted, noise: Sequence[Removed], evidence: SiteEvidence | None
) -> ReadHead:
    """Return what the head says, read in plain characters; spans and places are the source's."""
    raw, plain = extracted.raw, write_plainly(extracted.raw)
    stated = [replace(one, value=write_plainly(one.value)) for one in extracted.stated]
    head = read_head(plain, noise, stated, evidence, extracted.format)
    head = keep_given(plain, head, extracted.marks, stated)
    if plain == raw:
        return head
    for name, found in head.meta.evidence.items():
        if found.start is not None and plain[found.start : found.end] == found.text:
            words = raw[found.start : found.end]
            head.meta.evidence[name] = replace(found, text=words)
    spans = [replace(span, text=raw[span.start : span.end]) for span in head.spans]
    return replace(head, spans=spans)


def _weigh(draft: Draft, head: ReadHead, find_raw: FindRaw) -> MeasuredDraft:
    """Set how likely the values and the text are right."""
    values = head.signs | list_signs(draft.metadata, head.reading, head.signs)
    weigh_values(draft.metadata, values)
    text = weigh_text(draft, head.reading, find_raw)
    return MeasuredDraft(draft, values, text)


def _note_language(raw: str) -> Iterator[Notice]:
    if not has_chinese(raw):
        yield Notice("no_chinese", "文件里没有中文，恐怕不是讲话稿，请核对。")


def _extract(
    data: bytes, name: str, limits: Limits | None, converted: Converted | None
) -> Extracted:
    return extract_converted(data, converted, limits) if converted else extract(data, name, limits)
