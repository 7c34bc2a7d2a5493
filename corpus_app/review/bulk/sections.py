"""One decision on a theme, proposed for sections like the one it was made on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from corpus_app.catalog.models import Section
from corpus_app.review.bulk.planning import AskedChange, open_change
from corpus_app.review.bulk.values import REVISION, Values, name_theme, read_values
from corpus_app.review.models import BulkChange, BulkItem
from corpus_app.themes.models import Theme


@transaction.atomic
def prepare_sections(
    theme: Theme, decision: str, sections: Iterable[Section], like: str, user: User | None
) -> BulkChange:
    """Store what the decision would do to the sections, an item a speech; nothing changes yet.

    like names the section that the proposal was made from. A speech whose text is another
    meanwhile is left alone: its sections may be others.
    """
    change = open_change(AskedChange(themes={str(theme.pk): decision}, like=like), user)
    chosen: defaultdict[int, list[Section]] = defaultdict(list)
    for section in sections:
        chosen[section.revision.speech_id].append(section)
    speeches = {
        one.revision.speech_id: one.revision.speech for ones in chosen.values() for one in ones
    }
    present = read_values(speeches.values())
    BulkItem.objects.bulk_create(
        _plan_item(change, theme, decision, ones, present[speech_id])
        for speech_id, ones in chosen.items()
    )
    return change


def _plan_item(
    change: BulkChange, theme: Theme, decision: str, sections: list[Section], present: Values
) -> BulkItem:
    speech = sections[0].revision.speech
    text = {REVISION: present.get(REVISION, "")}
    names = [name_theme(theme.pk, section.key) for section in sections]
    return BulkItem(
        change=change,
        speech=speech,
        title=speech.title,
        before=text | {name: present.get(name, "") for name in names},
        after=text | dict.fromkeys(names, decision),
    )
