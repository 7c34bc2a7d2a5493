"""The promises of a parse, held against what is stored of a revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from corpus_app.catalog.models import Revision, Section
from corpus_app.ingest.removal_rules import squeeze_kept
from corpus_app.intake.revisions.decisions import read_removed
from corpus_app.text.chars import squeeze


def find_outline_faults(revision: Revision) -> Iterator[str]:
    """Yield the codes of all broken promises on the revision's sections and gaps."""
    sections = list(revision.sections.order_by("position"))
    size = len(revision.text)
    if any(not 0 <= s.start <= s.end <= size for s in sections):
        yield "section_out_of_range"
    if any(gap.offset > size for gap in revision.gaps.all()):
        yield "gap_out_of_range"
    yield from _find_nesting_faults(sections)
    if _leaves_text_uncovered(revision.text, sections):
        yield "text_uncovered"


def is_traceable(revision: Revision) -> bool:
    """Return whether raw without the removed spans is the text, white space aside."""
    raw, spans = revision.raw, read_removed(revision.removed)
    apart = all(one.end <= other.start for one, other in pairwise(spans))
    named = all(raw[span.start : span.end] == span.text for span in spans)
    return apart and named and squeeze_kept(raw, spans) == squeeze(revision.text)


def _find_nesting_faults(sections: list[Section]) -> Iterator[str]:
    by_id = {section.pk: section for section in sections}
    siblings: defaultdict[int | None, list[Section]] = defaultdict(list)
    for section in sections:
        siblings[section.parent_id].append(section)
        parent = by_id.get(section.parent_id or 0)
        outside = parent and not parent.start <= section.start <= section.end <= parent.end
        if outside or (section.parent_id and parent is None):
            yield "child_outside_parent"
            return
    for row in siblings.values():
        if any(a.end > b.start for a, b in pairwise(row)):
            yield "siblings_overlap"
            return


def _leaves_text_uncovered(text: str, sections: list[Section]) -> bool:
    at = 0
    for root in sections:
        if root.parent_id is None:
            if text[at : root.start].strip():
                return True
            at = root.end
    return bool(text[at:].strip())
