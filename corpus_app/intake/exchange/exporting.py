"""One folder a speech with its files, its text and all that is stored of it; a table of all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

import search
from corpus_app.catalog.fields import read_fields
from corpus_app.catalog.models import Kinship, Revision, Speech, Upload
from corpus_app.catalog.uploads import read_bytes
from corpus_app.intake.exchange.accounts import describe_accounts
from corpus_app.intake.exchange.histories import dump_histories
from corpus_app.intake.exchange.registries import FILE as REGISTRIES, describe_registries
from corpus_app.intake.exchange.rows import Values, dump_row, dump_rows, write_json
from corpus_app.intake.exchange.tables import BASKETS, CARRIED, GROUPS, dump_tables
from corpus_app.intake.exchange.tei import TeiCorpus
from corpus_app.intake.models import Doubt
from corpus_app.slogans.models import MentionRefusal
from corpus_app.themes.models import ThemePin

# Raised when an older program could not read the export.
FORMAT: Final = 1
CORPUS: Final = "corpus.json"
TABLE: Final = "metadata.csv"
SPEECH: Final = "speech.json"
TEXT: Final = "text.txt"
TEI: Final = "speech.tei.xml"
LOOSE: Final = "originals.json"
GROUPED: Final = "groups.json"
PEOPLE: Final = "people.json"
# Of a title, so many characters stand in the name of its folder.
NAME_CHARS: Final = 40
_UNFIT: Final = re.compile(r"[^\w\-]+")

# Is told of one more speech.
Progress = Callable[[], object]


class ExportError(Exception):
    """An export could not be written; the message says why."""


@dataclass(frozen=True)
class Extent:
    """What an export holds: which speeches (None: all, with all that belongs to the corpus)."""

    speeches: Iterable[int] | None = None
    # Accounts and baskets, too.
    people: bool = False
    tei: bool = False

    def list_ids(self) -> list[int]:
        """Return the numbers of the speeches."""
        if self.speeches is None:
            return list(Speech.objects.order_by("pk").values_list("pk", flat=True))
        return list(self.speeches)


def export_corpus(folder: Path, extent: Extent, *, progress: Progress | None = None) -> list[str]:
    """Write an export into an empty folder; return what could not be had.

    Raises ExportError for a folder that is not empty.
    """
    tei, documents = extent.tei, TeiCorpus()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ExportError(_("%(path)s 不是空文件夹，没有导出。") % {"path": folder})
    folder.mkdir(parents=True, exist_ok=True)
    missing: list[str] = []
    rows, names = [], []
    for pk in extent.list_ids():
        speech = Speech.objects.with_parties().select_related("current").filter(pk=pk).first()
        if speech is not None:
            place = folder / "speeches" / name_folder(speech)
            missing += _export_speech(speech, place)
            if tei and speech.current is not None:
                path = f"{place.relative_to(folder).as_posix()}/{TEI}"
                (folder / path).write_text(documents.write_speech(speech, path), encoding="utf-8")
            rows.append([place.relative_to(folder).as_posix(), *_list_cells(speech)])
            names.append(place.relative_to(folder).as_posix())
        if progress:
            progress()
    columns = ["folder", "id", "status", *read_fields(Speech()), "completeness", "access", "chars"]
    made = timezone.localtime().isoformat(timespec="seconds")
    sheet = search.Sheet([(_("导出时间"), made)], columns, rows)
    (folder / TABLE).write_text("".join(search.write_csv(sheet)), encoding="utf-8", newline="")
    if tei:
        whole = documents.write_whole(made[:10])
        (folder / "corpus.tei.xml").write_text(whole, encoding="utf-8")
    for file, values in describe_house(extent):
        (folder / file).write_text(write_json(values), encoding="utf-8")
    if extent.speeches is None:
        missing += _copy_files(list_loose_uploads(), folder)
    # Last: a folder without it is no whole export.
    about = {"yanku_export": FORMAT, "made_at": made, "speeches": names}
    (folder / CORPUS).write_text(write_json(about), encoding="utf-8")
    return missing


def describe_house(extent: Extent) -> Iterator[tuple[str, Values]]:
    """Yield what belongs to the whole corpus or to its people, by the file that it stands in."""
    # Speeches name the groups that they are open to.
    yield GROUPED, dump_tables(GROUPS)
    if extent.speeches is None:
        yield LOOSE, {"uploads": list_loose_uploads()}
        yield REGISTRIES, describe_registries()
        for file, tables in CARRIED.items():
            yield file, dump_tables(tables)
    if extent.people:
        yield PEOPLE, describe_accounts() | dump_tables(BASKETS)


def name_folder(speech: Speech) -> str:
    """Return the name of a speech's folder: its number, and its title as far as it is fit."""
    title = _UNFIT.sub("", speech.title)[:NAME_CHARS]
    return f"{speech.pk:06d}-{title}" if title else f"{speech.pk:06d}"


def describe_speech(speech: Speech) -> Values:
    """Return all that is stored of a speech and that does not follow from it."""
    revisions = speech.revisions.select_related("upload", "based_on").order_by("number")
    kinships = Kinship.objects.filter(Q(speech=speech) | Q(other=speech))
    decided = kinships.exclude(decision=Kinship.Decision.OPEN).order_by("pk")
    pins = ThemePin.objects.filter(speech=speech).select_related("theme").order_by("pk")
    doubt = Doubt.objects.filter(speech=speech).exclude(looked_at=None).first()
    return {
        "yanku_speech": FORMAT,
        "id": speech.pk,
        **dump_row(speech),
        "current": speech.current.number if speech.current else None,
        "text": speech.current.text if speech.current else "",
        "revisions": [_describe_revision(one) for one in revisions],
        "uploads": [_describe_upload(one, speech) for one in _list_uploads(speech)],
        "history": dump_histories(speech),
        "pins": [{**dump_row(pin), "theme": pin.theme.slug} for pin in pins],
        "aliases": list(speech.aliases.order_by("old_id").values_list("old_id", flat=True)),
        "looked": {"looked_at": doubt.looked_at, "looked_by": str(doubt.looked_by)}
        if doubt
        else None,
        "kinships": [
            {**dump_row(one), "speech": one.speech_id, "other": one.other_id} for one in decided
        ],
    }


def _describe_revision(revision: Revision) -> Values:
    refusals = MentionRefusal.objects.filter(revision=revision).order_by("pk")
    sections = revision.sections.select_related("parent").order_by("position")
    return {
        "id": revision.pk,
        **dump_row(revision),
        "upload": revision.upload.sha256,
        "based_on": revision.based_on.number if revision.based_on else None,
        "sections": [
            {**dump_row(one), "parent": one.parent.key if one.parent else None} for one in sections
        ],
        "gaps": dump_rows(revision.gaps.order_by("pk")),
        "refusals": dump_rows(refusals),
    }


def _list_uploads(speech: Speech) -> list[Upload]:
    own = Q(revisions__speech=speech) | Q(copy_of=speech)
    return list(Upload.objects.filter(own).distinct().order_by("pk"))


def _describe_upload(upload: Upload, speech: Speech) -> Values:
    copied = upload.copy_of_id == speech.pk
    return {**dump_row(upload), "copy": copied, "file": _name_file(upload)}


def list_loose_uploads() -> list[Values]:
    """Return the received files that are no speech's own: tables of metadata and the like."""
    loose = Upload.objects.filter(revisions=None, copy_of=None).order_by("pk")
    return [{**dump_row(one), "copy": False, "file": _name_file(one)} for one in loose]


def _name_file(upload: Upload) -> str:
    # Two files of a speech may bear one name.
    stem = _UNFIT.sub("", Path(upload.name).stem)[:NAME_CHARS] or "file"
    return f"originals/{upload.sha256[:8]}-{stem}{_UNFIT.sub('.', Path(upload.name).suffix)[:12]}"


def _export_speech(speech: Speech, place: Path) -> list[str]:
    (place / "originals").mkdir(parents=True)
    described: dict[str, Any] = describe_speech(speech)
    (place / TEXT).write_text(described["text"], encoding="utf-8")
    missing = _copy_files(described["uploads"], place)
    (place / SPEECH).write_text(write_json(described), encoding="utf-8")
    return missing


def _copy_files(uploads: Iterable[Values], place: Path) -> list[str]:
    """Copy received files into a folder and return those that are not there."""
    missing = []
    for upload in uploads:
        try:
            (place / upload["file"]).parent.mkdir(exist_ok=True)
            (place / upload["file"]).write_bytes(read_bytes(upload["sha256"]))
        except FileNotFoundError:
            missing.append(f"{place.name}/{upload['file']}")
    return missing


def _list_cells(speech: Speech) -> list[search.Cell]:
    chars = len(speech.current.text) if speech.current else 0
    return [
        speech.pk,
        speech.status,
        *read_fields(speech).values(),
        speech.completeness,
        speech.limit.name,
        chars,
    ]
