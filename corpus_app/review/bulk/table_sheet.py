"""The present metadata of speeches as a table that can be filled in and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Speech
from corpus_app.catalog.provenance import UNKNOWN, read_provenances
from corpus_app.ingest.tables.rows import MOST_ROWS
from corpus_app.ingest.vocabulary import label_genre, label_level
from corpus_app.intake.manifests.columns import name_column
from corpus_app.review.queue import UNDATED, QueueRequest, list_queue
from search import Sheet

# In the order in which a person fills them in.
FIELDS: Final = (
    "title",
    "subtitle",
    "delivered",
    "speaker",
    "speaker_role",
    "organisation",
    "occasion",
    "place",
    "level",
    "genre",
    "published",
    "updated",
    "source",
    "source_url",
    "licence",
)
_AT_ONCE: Final = 500


def list_metadata(asked: QueueRequest) -> Sheet:
    """Return the speeches asked for, a row each, with their numbers and the names of their files.

    Heads and words are Chinese whatever the interface speaks: the table is read by them.
    """
    ids = list(list_queue(asked).values_list("pk", flat=True)[:MOST_ROWS])
    columns = [name_column(name) for name in ("speech", "file", *FIELDS)]
    return Sheet([], [*columns, "正文开头"], _list_rows(ids))


def name_table(asked: QueueRequest) -> str:
    """Return a name for the file, without its ending."""
    return _("元数据-日期不详") if asked.year == UNDATED else _("元数据")


def _list_rows(ids: Sequence[int]) -> Iterator[list[str | int]]:
    rest = iter(ids)
    while portion := list(islice(rest, _AT_ONCE)):
        speeches = Speech.objects.filter(pk__in=portion).with_parties().in_bulk()
        told = read_provenances(portion)
        for pk in portion:
            if pk not in speeches:
                continue
            values = read_fields(speeches[pk])
            values["level"] = label_level(values["level"]) or values["level"]
            values["genre"] = label_genre(values["genre"]) or values["genre"]
            provenance = told.get(pk, UNKNOWN)
            yield [pk, provenance.file, *(values[name] for name in FIELDS), provenance.words]
