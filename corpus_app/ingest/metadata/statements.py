"""What a format states of its page, beside what the lines of the page say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus_app.ingest.draft import Evidence, Metadata
from corpus_app.ingest.formats.extracted import Statement
from corpus_app.ingest.labelling.features import Surroundings
from corpus_app.ingest.metadata.label_values import apply_labels
from corpus_app.ingest.metadata.title_choice import is_sound
from corpus_app.ingest.metadata.title_lines import cut_site
from corpus_app.ingest.metadata.witness import read_values
from corpus_app.ingest.plausibility.titles import ends_as_document
from corpus_app.ingest.site import NO_EVIDENCE, SiteEvidence

# Statements come behind the lines of the page: editors fill them in with less care.
_PAIRED: Final = (
    *("published", "updated", "source", "author", "url"),
    *("speaker", "role", "organisation", "occasion", "delivered"),
)


def survey(stated: Sequence[Statement], evidence: SiteEvidence | None = None) -> Surroundings:
    """Return what is known of a page beside its lines, for the labelling."""
    titles = [one.value for one in stated if one.field == "title"]
    window = [one.value for one in stated if one.field == "page_title"]
    return Surroundings(
        window[0] if window else "", titles[0] if titles else "", evidence or NO_EVIDENCE
    )


def apply_statements(meta: Metadata, stated: Sequence[Statement]) -> None:
    """Set what the lines of the page did not say, each value with its statement as evidence."""
    for one in stated:
        before = read_values(meta)
        if one.field in ("title", "page_title"):
            _apply_title(meta, one)
        elif one.field == "subtitle":
            meta.subtitle = meta.subtitle or one.value
        elif one.field in _PAIRED:
            apply_labels(meta, [(one.field, one.value)])
        for name, value in read_values(meta).items():
            if before.get(name) != value:
                meta.evidence[name] = Evidence(None, None, one.value, one.rule)


def _apply_title(meta: Metadata, one: Statement) -> None:
    """Take a stated title; what the window is called must end as a speech does."""
    title = cut_site(one.value)
    if meta.title or not is_sound(title):
        return
    if one.field == "title" or ends_as_document(title):
        meta.title = title
