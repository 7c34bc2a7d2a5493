"""Tables with one speech a row on their way in: set up by a person, shown, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from corpus_app.batches import services
from corpus_app.batches.models import Batch, BatchFile
from corpus_app.batches.staging import read_staged
from corpus_app.catalog.models import Speech
from corpus_app.catalog.services import list_set_by_person
from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.tables.speech_rows import TEXT
from corpus_app.intake.manifests.guessing import ROLES
from corpus_app.intake.manifests.reading import DIGEST_CHARS
from corpus_app.intake.manifests.recording import GivenChanges, take_back_given
from corpus_app.intake.manifests.speeches import (
    ReadRow,
    SpeechTable,
    find_speech_table,
    may_be_speeches,
    read_given,
    read_speech_table,
)
from corpus_app.intake.revisions.derived import Input, derive
from corpus_app.intake.revisions.editing import delete, withdraw

SHOWN: Final = 5
# By the name of the column's field in the form, its number behind it.
FIELD: Final = "column-"


@dataclass(frozen=True)
class ColumnChoice:
    """A column in the form: its field's name, its head, what it is, the first words in it.

    doubt says why what it is was but guessed, "" where it was not.
    """

    field: str
    head: str
    role: str
    example: str
    doubt: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A row as the page shows it: its line, title, other values with their names, its words."""

    line: int
    title: str
    shown: list[tuple[str, str]]
    text: str


@dataclass(frozen=True)
class TableSetup:
    """A table as it would be taken in: its columns, its first rows, and what is missing of all."""

    table: SpeechTable
    choices: list[ColumnChoice]
    rows: list[ShownRow]
    total: int
    without_text: int
    faulty: list[ReadRow]


@transaction.atomic
def receive_table(
    file: UploadedFile, user: User, *, publish: bool, limit: str = ""
) -> Batch | None:
    """Return a batch that holds the table and waits for what its sender says of the columns.

    None for a file that needs no such thing.
    """
    name = file.name or ""
    if not may_be_speeches(name):
        return None
    data = file.read()
    file.seek(0)
    try:
        table = find_speech_table(data, name, asking=True)
    except RejectedFile:
        return None
    if table is None:
        return None
    batch = services.make_batch(PurePath(name).name, user=user, publish=publish, limit=limit)
    row = services.add_file(batch, name, data)
    batch.files.filter(pk=row.pk).update(state=BatchFile.State.UNMAPPED)
    services.close_batch(batch)
    # Its sender goes on to the page of its columns.
    services.mark_seen(batch)
    return batch


def list_waiting_tables(batch: Batch) -> QuerySet[BatchFile]:
    """Return the batch's tables of speeches that wait for what their columns are."""
    waiting = batch.files.filter(state=BatchFile.State.UNMAPPED)
    return waiting.select_related("batch").order_by("position", "pk")


def read_setup(file: BatchFile, chosen: Mapping[str, str]) -> TableSetup:
    """Return the staged table with the chosen roles (by field's name), the guess without any.

    Raises RejectedFile where the table cannot be read.
    """
    table = read_speech_table(read_staged(file.sha256), file.path).with_doubts()
    fields = {f"{FIELD}{number}": head for number, head in enumerate(table.heads)}
    if any(name in chosen for name in fields):
        roles = {head: chosen.get(name, "") for name, head in fields.items()}
        table = table.with_columns(_drop_repeated(roles))
    read = [read_given(row) for row in table.iter_rows()]
    missing = [row for row in read if row.faults]
    choices = [
        _describe_column(table, name, head, number)
        for number, (name, head) in enumerate(fields.items())
    ]
    empty = sum(not row.text.strip() for row in read)
    return TableSetup(
        table, choices, [*map(_show, read[:SHOWN])], len(read), empty, missing[:SHOWN]
    )


def list_roles() -> list[tuple[str, str]]:
    """Return what a column can be, with its name for the page."""
    labels = {TEXT: _("正文"), "": _("不用")}
    return [(role, labels.get(role) or name_field(role)) for role in ("", *ROLES)]


def name_field(name: str) -> str:
    """Return what a field of a speech is called on pages."""
    return str(Speech._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


@dataclass
class UndoneImport:
    """How many speeches of a table went, how many stayed, and how many others got back values."""

    gone: int = 0
    kept: int = 0
    restored: int = 0


def can_undo(batch: Batch) -> bool:
    """Return whether the batch took in speeches from a table, which can be taken back."""
    finished = batch.state in services.FINISHED
    return finished and (_list_taken(batch).exists() or _list_changing(batch).exists())


def undo_import(batch: Batch) -> UndoneImport:
    """Take back what a table brought: delete drafts, withdraw what was published.

    Speeches that were there before get back what the table changed on them. What somebody has
    worked on since stays.
    """
    done = UndoneImport()
    for file in _list_changing(batch):
        with transaction.atomic():
            restored = _restore_values(file)
        done.restored += restored
        done.kept += not restored
    for file in _list_taken(batch).select_related("speech__current", "speech__doubt"):
        with transaction.atomic():
            speech = Speech.objects.select_for_update().filter(batch_files=file).first()
            if speech is None or _is_worked_on(speech, batch):
                done.kept += 1
                continue
            if speech.status == Speech.Status.DRAFT:
                delete(speech)
            else:
                withdraw(speech)
            BatchFile.objects.filter(pk=file.pk).update(
                state=BatchFile.State.DISCARDED, message=_("已撤销导入"), code=""
            )
            done.gone += 1
    return done


def _list_changing(batch: Batch) -> QuerySet[BatchFile]:
    rows = BatchFile.objects.filter(batch=batch, changes__isnull=False, speech__isnull=False)
    return rows.filter(parent__columns__isnull=False)


def _restore_values(file: BatchFile) -> bool:
    """Take back what the row changed on its speech, and forget it; say whether anything was."""
    speech = Speech.objects.select_for_update().filter(batch_files=file).first()
    table = file.parent.sha256[:DIGEST_CHARS] if file.parent else ""
    changes = GivenChanges(**(file.changes or {}))
    names = take_back_given(speech, changes, table) if speech is not None else []
    if speech is not None and names:
        derive(speech, Input.METADATA)
    message = _("%(message)s；已撤销改动") % {"message": file.message} if names else file.message
    BatchFile.objects.filter(pk=file.pk).update(
        changes=None, message=message[: services.MESSAGE_CHARS]
    )
    return bool(names)


def _list_taken(batch: Batch) -> QuerySet[BatchFile]:
    states = [BatchFile.State.IMPORTED, BatchFile.State.NEAR_DUPLICATE]
    rows = BatchFile.objects.filter(batch=batch, state__in=states, speech__isnull=False)
    return rows.filter(parent__columns__isnull=False)


def _is_worked_on(speech: Speech, batch: Batch) -> bool:
    """Say whether a person has reviewed, changed or published the speech.

    What the batch itself publishes, nobody needs to have seen.
    """
    doubt = getattr(speech, "doubt", None)
    looked = doubt is not None and doubt.looked_at is not None
    published = speech.status != Speech.Status.DRAFT and not batch.publish
    changed = speech.revisions.count() > 1 or bool(list_set_by_person(speech))
    return looked or published or changed


def _describe_column(table: SpeechTable, field: str, head: str, number: int) -> ColumnChoice:
    role, guess = table.columns.get(head, ""), table.doubts.get(head)
    doubt = guess.doubt if guess and guess.role == role else ""
    return ColumnChoice(field, head, role, _find_example(table, number), doubt)


def _drop_repeated(roles: Mapping[str, str]) -> dict[str, str]:
    """Return the roles by head; of two columns that are to be the same the first counts."""
    taken: dict[str, str] = {}
    for head, role in roles.items():
        if role and role not in taken.values():
            taken[head] = role
    return taken


def _show(row: ReadRow) -> ShownRow:
    shown = [(name_field(n), value) for n, value in row.values.items() if n != "title"]
    return ShownRow(row.line, row.values.get("title", ""), shown, row.text)


def _find_example(table: SpeechTable, number: int) -> str:
    cells = (row.cells[number].strip() for row in table.rows if number < len(row.cells))
    return next(filter(None, cells), "")
