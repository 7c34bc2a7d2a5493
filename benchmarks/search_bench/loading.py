"""Put corpora into a database of their own, as published speeches with sections."""

from __future__ import annotations

import calendar
import datetime
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.search_bench.corpora import Source


def open_site(folder: Path) -> None:
    """Make Django work in a data folder of its own; it must be the first use of Django."""
    (folder / "static").mkdir(parents=True, exist_ok=True)
    os.environ["CORPUS_DATA_DIR"] = str(folder)
    os.environ["CORPUS_MODE"] = "demo"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    import django

    django.setup()


def load_sources(sources: Sequence[Source]) -> int:
    """Create the tables and rows of the sources; return the number of sections."""
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        _store_speeches(sources)
        return _store_sections(sources)


def _store_speeches(sources: Sequence[Source]) -> None:
    from corpus_app.catalog.models import Organisation, Revision, Speech, Upload

    names = sorted({source.issuer[:200] for source in sources})
    Organisation.objects.bulk_create(Organisation(name=name) for name in names)
    known = dict(Organisation.objects.values_list("name", "pk"))
    uploads, speeches, revisions = [], [], []
    for pk, source in enumerate(sources, start=1):
        digest = hashlib.sha256(f"{pk}{source.text}".encode()).hexdigest()
        size = len(source.text.encode())
        uploads.append(Upload(pk=pk, sha256=digest, name=f"{pk}.txt", size=size, format="txt"))
        first, last = read_period(source.date)
        speeches.append(
            Speech(
                pk=pk,
                title=source.title[:300],
                organisation_id=known[source.issuer[:200]],
                level="provincial" if "地方" in source.issuer else "national",
                genre="other",
                delivered=source.date if first else "",
                date_start=first,
                date_end=last,
                status=Speech.Status.PUBLISHED,
            )
        )
        revisions.append(
            Revision(pk=pk, speech_id=pk, number=1, upload_id=pk, raw="", text=source.text)
        )
    Upload.objects.bulk_create(uploads, batch_size=500)
    Speech.objects.bulk_create(speeches, batch_size=500)
    Revision.objects.bulk_create(revisions, batch_size=200)
    for speech in speeches:
        speech.current_id = speech.pk
    Speech.objects.bulk_update(speeches, ["current"], batch_size=500)


def _store_sections(sources: Sequence[Source]) -> int:
    from corpus_app.catalog.models import Section

    rows = (
        Section(
            revision_id=pk,
            key=str(at + 1),
            position=at,
            depth=1,
            kind=Section.Kind.SECTION,
            marker=part.marker[:20],
            heading=part.heading,
            start=part.start,
            end=part.end,
        )
        for pk, source in enumerate(sources, start=1)
        for at, part in enumerate(source.parts)
    )
    total = 0
    for batch in _cut(rows, 2000):
        Section.objects.bulk_create(batch)
        total += len(batch)
    return total


def _cut(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch


def read_period(date: str) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and last day of a date known to year, month or day, else None twice."""
    try:
        year, month, day = (*(int(part) for part in date.split("-")), 0, 0)[:3]
        first = datetime.date(year, month or 1, day or 1)
    except ValueError:
        return None, None
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return first, datetime.date(year, last_month, last_day)
