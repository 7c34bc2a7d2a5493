"""Record the full parallel sentences of a revision."""

from __future__ import annotations

from django.db import transaction

from corpus_app.catalog.models import Revision
from corpus_app.ingest.parallel_sentences import find_parallel_sentences
from corpus_app.slogans.mentions import nest_sections
from corpus_app.slogans.models import ParallelSentence


@transaction.atomic(savepoint=False)
def store_sentences(revision: Revision) -> int:
    """Store the revision's parallel sentences anew, each with its section; return how many."""
    found = find_parallel_sentences(revision.text)
    sections = nest_sections(revision)
    ParallelSentence.objects.filter(revision=revision).delete()
    rows = [
        ParallelSentence(
            revision=revision,
            section=sections.find_deepest(one.start, one.end),
            start=one.start,
            end=one.end,
            words=revision.text[one.start : one.end],
            members=[list(member) for member in one.members],
            member_count=len(one.members),
        )
        for one in found
    ]
    return len(ParallelSentence.objects.bulk_create(rows))


def has_current_sentences(revision: Revision) -> bool:
    """Return whether the stored sentences are those that the text gives today."""
    rows = revision.parallel_sentences.order_by("start")
    stored = [tuple(map(tuple, members)) for members in rows.values_list("members", flat=True)]
    return stored == [one.members for one in find_parallel_sentences(revision.text)]
