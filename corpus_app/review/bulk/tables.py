"""From a table of metadata to what would change on each speech, row by row, stored to be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.intake.manifests.matching import RowMatch, SpeechFinder
from corpus_app.intake.manifests.reading import DIGEST_CHARS, ManifestRow, MetadataTable
from corpus_app.intake.manifests.recording import (
    GivenMetadata,
    choose_given,
    note_setter,
    put_back_setter,
)
from corpus_app.intake.revisions.decisions import TableSource
from corpus_app.review.bulk.planning import AT_ONCE, AskedChange, open_change
from corpus_app.review.models import BulkChange, BulkItem

State = BulkItem.State
# Up to so many speeches are changed while their editor waits; more are the worker's.
MOST_AT_ONCE: Final = 200
# Large values of a revision that no plan reads.
_UNREAD: Final = ("raw", "text", "removed", "announced", "suspects", "notices", "origins")

Found = list[tuple[ManifestRow, RowMatch]]


@transaction.atomic
def prepare_table(manifest: MetadataTable, user: User | None) -> BulkChange:
    """Store what each row of the table would change; nothing changes yet.

    Rows that are of no speech, or of several, are stored with the reason.
    """
    finder, remarks = SpeechFinder(), manifest.remarks
    rows = manifest.rows
    if finder.are_foreign(rows):
        rows = [replace(row, speech=None) for row in rows]
        remarks = [*remarks, _("“编号”一列与文件名、标题对不上，不当作言库的编号")]
    table = {
        "name": manifest.name,
        "digest": manifest.digest,
        "fields": manifest.fields,
        "unknown": manifest.unknown,
        "remarks": remarks,
    }
    change = open_change(AskedChange(table=table), user)
    found = _settle_repeated([(row, finder.find(row)) for row in rows])
    for start in range(0, len(found), AT_ONCE):
        BulkItem.objects.bulk_create(_plan_rows(change, manifest, found[start : start + AT_ONCE]))
    return change


def _settle_repeated(found: Found) -> Found:
    """Return the rows with those of one speech settled: of two that contradict neither counts."""
    by_speech: defaultdict[int, list[ManifestRow]] = defaultdict(list)
    for row, match in found:
        if match.speech is not None:
            by_speech[match.speech].append(row)
    return [(row, _settle_row(row, match, by_speech)) for row, match in found]


def _settle_row(
    row: ManifestRow, match: RowMatch, by_speech: Mapping[int, Sequence[ManifestRow]]
) -> RowMatch:
    rows = by_speech.get(match.speech or 0, [row])
    if len(rows) == 1:
        return match
    others = _("、").join(str(other.line) for other in rows if other.line != row.line)
    if any(other.values != row.values for other in rows):
        message = _("与第 %(lines)s 行是同一篇（编号 %(id)d），内容不同，都没有采用")
    elif row.line != rows[0].line:
        message = _("与第 %(lines)s 行重复")
    else:
        return match
    return RowMatch(reason=message % {"lines": others, "id": match.speech})


def _plan_rows(change: BulkChange, manifest: MetadataTable, found: Found) -> Iterator[BulkItem]:
    ids = [match.speech for _row, match in found if match.speech is not None]
    rows = Speech.objects.filter(pk__in=ids).with_parties().select_related("current")
    speeches = {row.pk: row for row in rows.defer(*(f"current__{name}" for name in _UNREAD))}
    for row, match in found:
        item = BulkItem(change=change, line=row.line, faults=list(row.faults))
        speech = speeches.get(match.speech or 0)
        if speech is None:
            item.title = row.label[:300]
            item.state = State.UNMATCHED
            item.faults = [match.reason, *item.faults]
        else:
            given = GivenMetadata(_list_given(row, match), manifest.find_source(row.line))
            _plan_item(item, speech, match, given)
        yield item


def _list_given(row: ManifestRow, match: RowMatch) -> dict[str, str]:
    """Return the row's values; a title by which the speech was found is no news of it."""
    found_by_title = not (row.speech or row.file or row.sha256)
    return {n: value for n, value in row.values.items() if not (found_by_title and n == "title")}


def _plan_item(item: BulkItem, speech: Speech, match: RowMatch, given: GivenMetadata) -> None:
    present = read_fields(speech)
    free, spared = choose_given(speech, given)
    item.speech, item.title, item.matched_by = speech, speech.title, match.by
    item.after = free
    item.before = {name: present[name] for name in free}
    item.spared = {name: [present[name], value] for name, value in spared.items()}
    if not free:
        item.state = State.SPARED if spared else State.SAME


@transaction.atomic
def take_spared(change: BulkChange) -> int:
    """Have a change not yet begun overwrite what people set, too; return on how many speeches."""
    items = change.items.filter(
        state__in=[State.WAITING, State.SPARED], change__state=BulkChange.State.PREPARED
    )
    chosen = [item for item in items.exclude(spared={}).iterator() if item.spared]
    for item in chosen:
        item.before |= {name: before for name, (before, _after) in item.spared.items()}
        item.after |= {name: after for name, (_before, after) in item.spared.items()}
        item.state, item.spared = State.WAITING, {}
    fields = ["before", "after", "state", "spared"]
    BulkItem.objects.bulk_update(chosen, fields, batch_size=AT_ONCE)
    return len(chosen)


def note_table(item: BulkItem, change: BulkChange) -> None:
    """Note on the item's speech that the table sets the values, and on the item what was before."""
    revision = item.speech.current if item.speech else None
    if revision is None or item.line is None:
        return
    table = change.asked["table"]
    source = TableSource(table["name"], item.line, table["digest"][:DIGEST_CHARS])
    entries = note_setter(revision, item.after, source)
    item.setters = {"revision": revision.pk, "entries": entries}


def put_back_table(item: BulkItem, names: Iterable[str]) -> None:
    """Note the setters of these values again that were there before note_table."""
    revision = item.speech.current if item.speech else None
    if revision is None or not item.setters:
        return
    entries = {name: item.setters["entries"].get(name) for name in names}
    if revision.pk != item.setters["revision"]:
        # Another text since: the words that a value was set from are elsewhere in it.
        entries = {name: one and one | {"set_from": None} for name, one in entries.items()}
    put_back_setter(revision, entries)
