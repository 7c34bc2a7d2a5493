"""Noise removal: one named step per kind of noise, each saying what it took and by which rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus_app.ingest.draft import Notice, Removed
from corpus_app.ingest.noise.adverts import remove_adverts
from corpus_app.ingest.noise.boxes import doubt_boxes
from corpus_app.ingest.noise.chrome import (
    remove_counters,
    remove_licence,
    remove_listed_lines,
    remove_running_heads,
    remove_site_names,
)
from corpus_app.ingest.noise.markup import remove_invisible, remove_markup
from corpus_app.ingest.noise.omissions import mark_counted, mark_glued, mark_omissions
from corpus_app.ingest.noise.page import NoisePage, RawGap
from corpus_app.ingest.noise.repeated import remove_repeated
from corpus_app.ingest.noise.statements import mark_statements
from corpus_app.ingest.noise.tails import remove_tail
from corpus_app.ingest.noise.trailers import remove_trailers
from corpus_app.ingest.noise.watermarks import remove_watermarks
from corpus_app.ingest.spans import merge_removed, trim_removed

if TYPE_CHECKING:
    from corpus_app.ingest.site import SiteEvidence

__all__ = ["Cleaned", "Page", "RawGap", "remove_noise"]

Step = Callable[[NoisePage], None]

# Order matters: notices of hidden text first (they look like advertising), the names of
# sites once the breadcrumb under them is known, watermarks once the advertised names are.
STEPS: tuple[Step, ...] = (
    remove_invisible,
    remove_markup,
    remove_licence,
    mark_statements,
    mark_glued,
    mark_omissions,
    mark_counted,
    remove_listed_lines,
    remove_running_heads,
    remove_tail,
    remove_counters,
    remove_trailers,
    remove_adverts,
    remove_site_names,
    remove_watermarks,
    doubt_boxes,
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """removed is sorted and disjoint; the offsets of gaps and notices point into raw."""

    removed: list[Removed]
    gaps: list[RawGap]
    notices: list[Notice]


def remove_noise(
    raw: str, marks: Iterable[Removed] = (), evidence: SiteEvidence | None = None
) -> Cleaned:
    """Return what in raw is not the speech, beyond the marks a file format already gave.

    evidence is what other files of the site tell: lines that they repeat, too.
    """
    page = NoisePage(raw, merge_removed(raw, marks))
    # What the format says is missing where it marked something.
    missing = (mark for mark in page.removed if mark.kind == "hidden")
    page.gaps += [RawGap("hidden", mark.start, None, mark.text) for mark in missing]
    for step in STEPS:
        step(page)
    if evidence is not None:
        remove_repeated(page, evidence)
    gaps = sorted(page.gaps, key=lambda gap: gap.raw_offset)
    return Cleaned(
        [bare for span in page.removed for bare in trim_removed(span)], gaps, page.notices
    )
