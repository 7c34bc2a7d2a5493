"""The entries of a basket, ready to be compiled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils import timezone

from corpus_app.desk.citation import read_item
from corpus_app.desk.citing import describe_speech, make_item
from corpus_app.desk.export.compilation import Gathered
from corpus_app.desk.models import Entry


def gather_entries(entries: Sequence[Entry], make_address: Callable[[str], str]) -> list[Gathered]:
    """Return the entries; make_address turns a short code into its address."""
    return [_gather(entry, make_address) for entry in entries]


def _gather(entry: Entry, make_address: Callable[[str], str]) -> Gathered:
    if entry.kind == Entry.Kind.HEADING:
        return Gathered(entry.words, level=entry.level)
    speech = entry.speech
    permalink = make_address(entry.code) if entry.code else ""
    if speech is None:
        item, work = read_item(entry.item), f"entry-{entry.pk}"
    else:
        accessed = timezone.localdate(entry.added_at).isoformat()
        # As the speech is described today: what an editor corrected since is cited corrected.
        record = describe_speech(speech, accessed=accessed, permalink=permalink)
        item, work = make_item(record, entry.notices), f"speech-{speech.pk}"
    return Gathered(
        words=entry.words,
        item=item,
        work=work,
        note=entry.note,
        notices=entry.notices,
        permalink=permalink,
    )
