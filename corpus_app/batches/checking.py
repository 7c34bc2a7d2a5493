"""The staged bytes against the rows that wait for them; part of check_corpus."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from corpus_app.batches.models import BatchFile
from corpus_app.batches.staging import (
    NEEDING,
    is_needed,
    list_staged,
    locate_staged,
    release_bytes,
)
from corpus_app.batches.upkeep import is_forgotten
from corpus_app.catalog.shared_files import STAGED
from corpus_app.intake.checking import Finding
from corpus_app.intake.checking.uploads import hash_file


def check_staging(*, repair: bool) -> Iterator[Finding]:
    """Yield files whose staged bytes are missing or changed, and staged bytes nobody waits for.

    With repair, settled bytes are removed and unknown ones set aside; for the others the file has
    to be sent again.
    """
    for file in _list_needing():
        yield from _check_bytes(file, repair=repair)
    for path in list_staged():
        # Bytes that came a moment ago may precede their row.
        if is_needed(path.name) or not is_forgotten(path):
            continue
        message = _("暂存区中无人等待的文件：%(name)s") % {"name": path.name}
        if repair:
            known = BatchFile.objects.filter(sha256=path.name).exists()
            if known:
                release_bytes(path.name)
            else:
                STAGED.set_aside(path)
        yield Finding("staging", "staged_unclaimed", message, repaired=repair)


def _list_needing() -> QuerySet[BatchFile]:
    needing = BatchFile.objects.filter(state__in=NEEDING).exclude(sha256="")
    return needing.order_by("pk")


def _check_bytes(file: BatchFile, *, repair: bool) -> Iterator[Finding]:
    path = locate_staged(file.sha256)
    values = {"id": file.pk, "name": file.path}
    if not path.is_file():
        # Settled while this looked: then the bytes are rightly gone.
        if not _list_needing().filter(pk=file.pk).exists():
            return
        code = "staged_missing"
        message = _("待处理文件的内容缺失：%(name)s（编号 %(id)d）") % values
    elif hash_file(path) != file.sha256:
        code = "staged_changed"
        message = _("待处理文件的内容与校验值不符：%(name)s（编号 %(id)d）") % values
    else:
        return
    yield Finding("staging", code, message)
