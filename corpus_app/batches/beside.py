"""Tables of metadata that came with the files of a batch, and what they say of each file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache, partial
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.batches.claiming import settle_file
from corpus_app.batches.models import BatchFile
from corpus_app.batches.staging import locate_staged, read_staged
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.sandbox.client import LostError
from corpus_app.ingest.tables.cells import is_table_name
from corpus_app.intake.archives import ARCHIVE_SUFFIXES
from corpus_app.intake.manifests.filing import FileRows, list_names
from corpus_app.intake.manifests.reading import names_files, read_manifest
from corpus_app.intake.manifests.recording import NOTHING_GIVEN, GivenMetadata

# Of the tables around a file, so many are asked, the nearest first.
MOST_TABLES: Final = 4
# Of what did no good, as much as a row of the batch has room for.
TOLD: Final = 8


def give_from_batch(file: BatchFile) -> GivenMetadata:
    """Return what a table of the batch, nearest to the file, gives for it; mostly nothing."""
    tables = sorted(_list_tables(file), key=lambda table: -len(_find_folder(table.path)))
    for table in tables[:MOST_TABLES]:
        staged = locate_staged(table.sha256).is_file()
        rows = _read_rows(table.sha256, table.path) if staged else None
        if rows is None:
            continue
        given = rows.give(
            _list_relative(file.path, table.path), file.sha256, partial(_is_alone, file, table)
        )
        if given.table is not None:
            return given
    return NOTHING_GIVEN


def settle_table(file: BatchFile) -> bool:
    """Settle a claimed file that is a table of metadata; return False where it is none.

    It stands last in its batch: by then it can be told which of its rows found a file.
    """
    if not is_table_name(file.path):
        return False
    found = _read_rows(file.sha256, file.path)
    if found is None:
        return False
    rows = FileRows(found.manifest)
    folder = _find_folder(file.path)
    others = BatchFile.objects.filter(batch=file.batch_id, path__startswith=folder)
    for other in others.exclude(pk=file.pk).exclude(state=BatchFile.State.UNPACKED):
        alone = partial(_is_alone, other, file)
        rows.find_row(_list_relative(other.path, file.path), other.sha256, alone)
    with transaction.atomic():
        settle_file(file, BatchFile.State.TABLE, message=_describe(rows))
    return True


def _list_tables(file: BatchFile) -> Iterator[BatchFile]:
    """Yield the batch's tables that lie in a folder of the file, or in one around it."""
    tables = BatchFile.objects.filter(batch=file.batch_id, position__gte=BatchFile.LAST)
    for table in tables.exclude(sha256=""):
        if file.path.startswith(_find_folder(table.path)) and table.pk != file.pk:
            yield table


@lru_cache(maxsize=8)
def _read_rows(sha256: str, path: str) -> FileRows | None:
    """Return the rows of a staged table; None where it is no table, or names no files."""
    try:
        manifest = read_manifest(read_staged(sha256), path)
    except LostError:
        raise
    except RejectedFile:
        return None
    return FileRows(manifest) if names_files(manifest) else None


def _find_folder(path: str) -> str:
    """Return the folder of a path with its stroke at the end, "" for none."""
    folder, stroke, _name = path.rpartition("/")
    return folder + stroke


def _list_relative(path: str, table: str) -> list[str]:
    """Return a file's path relative to the table; in an archive beside that, without its name."""
    relative = path.removeprefix(_find_folder(table))
    parts = relative.split("/")
    packed = next(
        (at for at, part in enumerate(parts) if part.lower().endswith(ARCHIVE_SUFFIXES)), None
    )
    inside = ["/".join(parts[packed + 1 :])] if packed is not None else []
    return [relative, *(one for one in inside if one)]


def _is_alone(file: BatchFile, table: BatchFile, name: str) -> bool:
    """Return whether no other file below the table's folder bears the name."""
    folder = _find_folder(table.path)
    others = BatchFile.objects.filter(batch=file.batch_id, path__startswith=folder)
    paths = others.exclude(pk=file.pk).filter(path__icontains=name).values_list("path", flat=True)
    return not any(name in list_names(path) for path in paths)


def _describe(rows: FileRows) -> str:
    total = len(rows.manifest.rows)
    words = _("元数据表：共 %(total)d 行，用上 %(used)d 行") % {
        "total": total,
        "used": len(rows.used),
    }
    told = rows.list_troubles()
    if rows.manifest.unknown:
        heads = _("、").join(rows.manifest.unknown)
        told = [_("不认识的列，没有采用：%(heads)s") % {"heads": heads}, *told]
    if len(told) > TOLD:
        more = _("另有 %(count)d 处，可到“据表格设定文献信息”上传此表逐行查看")
        told = [*told[:TOLD], more % {"count": len(told) - TOLD}]
    return _("；").join([words, *told])
