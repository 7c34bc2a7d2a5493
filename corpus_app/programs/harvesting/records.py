"""The records that harvesters are offered, kept in step with what is stored.

Before each answer what changed since the last one is looked at anew. A record gets the time at
which it was seen to be another as its stamp, not the time of the change: a change that a long
transaction brings in late would otherwise stand before the last harvest, and be missed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone

from corpus_app.catalog.changes import find_change, list_changes_after, number_changes, read_head
from corpus_app.catalog.kept import read_corpus_version
from corpus_app.catalog.models import Speech
from corpus_app.programs.described import DescribedSpeech, describe_to_programs, list_dublin_core
from corpus_app.programs.harvesting.sets import find_themes, list_memberships
from corpus_app.programs.models import HarvestPosition, HarvestRecord
from corpus_app.programs.newest import date_speeches
from search import ThemeTree

_PORTION: Final = 500
_MOST_CHANGES: Final = 10_000
# A transaction that began before the last look may bring in an older moment.
_LATE: Final = dt.timedelta(minutes=10)


def keep_records() -> None:
    """Bring the records in step with what strangers may see; nothing is done where nothing changed.

    It is called while a stranger is answered.
    """
    version = read_corpus_version()
    if HarvestPosition.objects.filter(version=version).exists():
        return
    number_changes()
    with transaction.atomic():
        position = HarvestPosition.objects.select_for_update().first()
        version, head, begun = read_corpus_version(), read_head(), timezone.now()
        if position is not None and position.version == version:
            return
        number = head.number if head and head.number else 0
        ids = _list_all() if position is None else _list_changed(position)
        for start in range(0, len(ids), _PORTION):
            _look_at(ids[start : start + _PORTION], first=position is None)
        values = {"version": version, "number": number, "moment": begun}
        HarvestPosition.objects.update_or_create(pk=1, defaults=values)


def describe_records(speech_ids: Iterable[int]) -> dict[int, tuple[DescribedSpeech, list[str]]]:
    """Return by id what strangers are told of those speeches that they may see, and their sets.

    Addresses are paths.
    """
    speeches = list(date_speeches(Speech.objects.real().with_parties()).filter(pk__in=speech_ids))
    tree = ThemeTree.load()
    themes = find_themes(speeches, tree)
    sets = list_memberships(speeches, themes, tree)
    return {
        speech.pk: (
            describe_to_programs(
                speech, str, (tree.nodes[pk].name for pk in themes.get(speech.pk, ()))
            ),
            sets[speech.pk],
        )
        for speech in speeches
    }


def write_sets(names: Sequence[str]) -> str:
    """Return names of sets as the column holds them."""
    return f",{','.join(names)}," if names else ""


def _list_all() -> list[int]:
    known = HarvestRecord.objects.values_list("speech_id", flat=True)
    return sorted({*known, *Speech.objects.values_list("pk", flat=True)})


def _list_changed(position: HarvestPosition) -> list[int]:
    """Return what may have changed since; all where the log does not reach back so far."""
    changes = list_changes_after(position.number, _MOST_CHANGES)
    is_whole = not position.number or find_change(position.number) is not None
    if not is_whole or len(changes) == _MOST_CHANGES:
        return _list_all()
    saved = Speech.objects.filter(changed_at__gte=position.moment - _LATE)
    # The first real speech takes the samples out, and the last one brings them back.
    samples = Speech.objects.filter(is_sample=True)
    found = {change.speech_id for change in changes}
    for rows in (saved, samples):
        found.update(rows.values_list("pk", flat=True))
    return sorted(found | _find_deleted())


def _find_deleted() -> set[int]:
    standing = HarvestRecord.objects.filter(deleted=False).values_list("speech_id", flat=True)
    return set(standing) - set(Speech.objects.values_list("pk", flat=True))


def _look_at(ids: Sequence[int], *, first: bool) -> None:
    """Compare records with what is offered now and stamp those that differ.

    first: nobody has harvested yet, so that a record is as old as its speech's last change.
    """
    now = timezone.now().replace(microsecond=0)
    known = {row.speech_id: row for row in HarvestRecord.objects.filter(speech_id__in=ids)}
    offered = describe_records(ids)
    fresh: list[HarvestRecord] = []
    changed: list[HarvestRecord] = []
    for pk, (described, sets) in offered.items():
        row = known.get(pk) or HarvestRecord(speech_id=pk)
        digest = _digest(described, sets)
        if row.digest != digest:
            touched = described.speech.touched_at  # type: ignore[attr-defined]
            row.stamp = min(touched.replace(microsecond=0), now) if first else now
            row.digest, row.sets, row.deleted = digest, write_sets(sets), False
            (fresh if row.pk is None else changed).append(row)
    for pk, row in known.items():
        if pk not in offered and not row.deleted:
            row.stamp, row.digest, row.deleted = now, "", True
            changed.append(row)
    HarvestRecord.objects.bulk_create(fresh)
    HarvestRecord.objects.bulk_update(changed, ["stamp", "deleted", "sets", "digest"])


def _digest(described: DescribedSpeech, sets: Sequence[str]) -> str:
    speech = described.speech
    # What the TEI tells besides: the revision with its text, and what stands in its header.
    more = [speech.current_id, speech.subtitle, speech.speaker_role, speech.occasion]
    told = [list_dublin_core(described), more, speech.delivered, speech.published, [*sets]]
    text = json.dumps(told, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
