"""The record of activities after years: laid into tables beside the backups, then removed.

Only Activity is: what is told of speeches, their own history and revisions tell for ever.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corpus_app.access.models import Activity
from search import Cell, Sheet, write_csv

logger = logging.getLogger(__name__)

# So many rows go into one table; the rest waits for the next round.
PORTION: Final = 2000
# The worker looks every so many seconds.
_EVERY: Final = 3600.0


@dataclass
class _Round:
    """When this process looks again."""

    due: float = 0.0


_ROUND: Final = _Round()


def archive_when_due() -> None:
    """Archive a portion where an hour has passed; at once again while there is more."""
    if time.monotonic() < _ROUND.due:
        return
    if archive_activities() < PORTION:
        _ROUND.due = time.monotonic() + _EVERY


def archive_activities() -> int:
    """Write activities older than CORPUS_RECORD_DAYS into a table and remove them; return how many.

    Nothing is removed that is not on the disk. That it was done is an activity itself.
    """
    if not settings.RECORD_DAYS:
        return 0
    before = timezone.now() - timedelta(days=settings.RECORD_DAYS)
    rows = list(Activity.objects.filter(at__lt=before).order_by("at", "pk")[:PORTION])
    if not rows:
        return 0
    try:
        path = _write_table(rows)
    except OSError as error:
        logger.warning("Old activities stay, their table could not be written: %s", error)
        return 0
    values = {"count": len(rows), "day": timezone.localdate(rows[-1].at), "name": path.name}
    with transaction.atomic():
        Activity.objects.filter(pk__in=[row.pk for row in rows]).delete()
        Activity(
            kind=Activity.Kind.EXPORT,
            subject=_("操作记录"),
            detail=_("%(count)d 条（至 %(day)s）移存为 %(name)s") % values,
        ).save()
    return len(rows)


def _write_table(rows: list[Activity]) -> Path:
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    first, last = (timezone.localdate(row.at) for row in (rows[0], rows[-1]))
    path = folder / f"activities-{first:%Y%m%d}-{last:%Y%m%d}-{rows[0].pk}.csv"
    columns = [_("时间"), _("用户"), _("事项"), _("对象"), _("说明"), _("地址")]
    passing = path.with_suffix(".new")
    with passing.open("w", encoding="utf-8", newline="") as file:
        file.writelines(write_csv(Sheet([], columns, _list_cells(rows), len(rows))))
        file.flush()
        os.fsync(file.fileno())
    passing.replace(path)
    return path


def _list_cells(rows: list[Activity]) -> Iterator[list[Cell]]:
    for row in rows:
        when = timezone.localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")
        yield [when, row.username, row.get_kind_display(), row.subject, row.detail, row.address]
