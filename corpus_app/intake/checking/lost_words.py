"""Words that an older reader took out of a sentence and that today's would leave there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.models import Revision, Speech
from corpus_app.ingest.draft import Removed
from corpus_app.ingest.inner_removals import list_inner
from corpus_app.ingest.noise import remove_noise
from corpus_app.ingest.spans import iter_kept
from corpus_app.intake.checking.finding import Finding
from corpus_app.intake.quality.traces import clip
from corpus_app.intake.revisions.decisions import read_removed

# Of these kinds are the names, addresses and adverts that a reader thought to see in a sentence.
GUESSED: Final = frozenset({"watermark", "url", "advert", "site", "markup"})
EXAMPLES: Final = 3


def check_lost_words(*, repair: bool) -> Iterator[Finding]:
    """Yield the speeches of which a reader took words on a guess; only a person can mend them."""
    speeches = Speech.objects.exclude(current=None).select_related("current").order_by("pk")
    for speech in speeches.iterator(chunk_size=50):
        revision = speech.current
        lost = find_lost_words(revision) if revision and revision.has_raw else []
        if lost:
            words = dict.fromkeys(clip(span.text) for span in lost)
            message = _(
                "《%(title)s》正文中可能误删了讲话原文 %(count)d 处：%(words)s。请打开校核页 "
                "%(address)s，在“原文”一栏点按划出的这些字句，再点“保存正文改动”，即可恢复。"
            )
            values = {
                "title": speech.title,
                "count": len(lost),
                "words": "、".join(list(words)[:EXAMPLES]),
                "address": f"/intake/{speech.pk}/",
            }
            yield Finding("speeches", "words_lost", message % values, speech.pk)


def find_lost_words(revision: Revision) -> list[Removed]:
    """Return the guessed removals inside a line that today's reader does not make."""
    removed = read_removed(revision.removed)
    guessed = [span for span in list_inner(revision.raw, removed) if span.kind in GUESSED]
    if not guessed:
        return []
    # What else was taken is known as it is; the guessed are judged anew.
    others = [span for span in removed if span not in guessed]
    today = remove_noise(revision.raw, others).removed
    kept = list(iter_kept(len(revision.raw), today))
    return [span for span in guessed if any(a < span.end and span.start < b for a, b in kept)]
