"""An export taken back: every speech as it was, its findings made anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from corpus_app.catalog.models import (
    Gap,
    Kinship,
    Revision,
    Section,
    Speech,
    SpeechAlias,
    Upload,
)
from corpus_app.catalog.uploads import hash_bytes, locate_bytes, write_bytes
from corpus_app.intake.exchange.exporting import CORPUS, FORMAT, SPEECH
from corpus_app.intake.exchange.rows import Values, load_row
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.models import Doubt
from corpus_app.intake.revisions.derived import derive
from corpus_app.intake.text_reuse.duplicates import find_same_bytes
from corpus_app.slogans.models import MentionRefusal
from corpus_app.themes.models import Theme, ThemePin

_NO_EXPORT: Final = "damaged"


def is_export(path: Path) -> bool:
    """Return whether a folder is an export of a corpus."""
    return (path / CORPUS).is_file()


def import_export(path: Path, *, draft: bool = False) -> Iterator[tuple[str, ImportOutcome]]:
    """Yield the folder's name and what became of each speech of an export.

    A speech whose files are here already is a duplicate; one that cannot be read is refused, and
    the others are taken all the same. Numbers stay where they are free.
    """
    moved: dict[int, int] = {}
    decided: list[Values] = []
    for place in sorted((path / "speeches").iterdir()):
        try:
            values = _read(place)
            outcome = _take_in(values, place, moved, draft=draft)
            if outcome.status == "imported":
                decided += values["kinships"]
        except (KeyError, TypeError, ValueError, OSError, ValidationError, DatabaseError) as error:
            message = _("这一篇的导出文件不完整或被改动过：%(reason)s") % {"reason": error}
            outcome = ImportOutcome("refused", None, None, message, _NO_EXPORT)
        yield place.name, outcome
    _carry_kinships(decided, moved)


def _read(place: Path) -> Values:
    values: Values = json.loads((place / SPEECH).read_text(encoding="utf-8"))
    if values["yanku_speech"] > FORMAT:
        raise ValueError(_("由更新版本的言库导出"))
    for upload in values["uploads"]:
        file = place / upload["file"]
        if not file.resolve().is_relative_to(place.resolve()):
            raise ValueError(upload["file"])
        if hash_bytes(file.read_bytes()) != upload["sha256"]:
            raise ValueError(_("%(name)s 与校验值不符") % {"name": upload["file"]})
    return values


@transaction.atomic
def _take_in(values: Values, place: Path, moved: dict[int, int], *, draft: bool) -> ImportOutcome:
    for upload in values["uploads"]:
        known = find_same_bytes(upload["sha256"])
        if known is not None:
            message = _("原始文件已在库中（编号 %(id)d），未重复入库") % {"id": known}
            return ImportOutcome("duplicate", known, known, message)
    free = not Speech.objects.filter(pk=values["id"]).exists()
    free &= not SpeechAlias.objects.filter(old_id=values["id"]).exists()
    number: dict[str, Any] = {"pk": values["id"]} if free else {}
    speech = load_row(Speech, values, **number)
    moved[values["id"]] = speech.pk
    uploads = {one["sha256"]: _take_file(one, place, speech) for one in values["uploads"]}
    revisions: dict[int, Revision] = {}
    for one in values["revisions"]:
        based_on = revisions.get(one["based_on"] or 0)
        revisions[one["number"]] = load_row(
            Revision, one, speech=speech, upload=uploads[one["upload"]], based_on=based_on
        )
        _take_parts(one, revisions[one["number"]])
    fields: dict[str, Any] = {"current": revisions.get(values["current"] or 0)}
    if draft:
        fields["status"] = Speech.Status.DRAFT
    Speech.objects.filter(pk=speech.pk).update(**fields)
    speech.refresh_from_db()
    _take_decisions(values, speech)
    derive(speech)
    _look(values, speech)
    message = _("已按导出恢复（%(status)s）") % {"status": speech.get_status_display()}
    return ImportOutcome("imported", speech.pk, None, message)


def _take_file(values: Values, place: Path, speech: Speech) -> Upload:
    write_bytes(locate_bytes(values["sha256"]), (place / values["file"]).read_bytes())
    known = Upload.objects.filter(sha256=values["sha256"]).first()
    upload = known or load_row(Upload, values)
    if values["copy"]:
        Upload.objects.filter(pk=upload.pk).update(copy_of=speech)
    return upload


def _take_parts(values: Values, revision: Revision) -> None:
    made: dict[str, Section] = {}
    for one in values["sections"]:
        parent = made[one["parent"]] if one["parent"] else None
        made[one["key"]] = load_row(Section, one, revision=revision, parent=parent)
    for one in values["gaps"]:
        load_row(Gap, one, revision=revision)
    for one in values["refusals"]:
        load_row(MentionRefusal, one, revision=revision)


def _take_decisions(values: Values, speech: Speech) -> None:
    for old_id in values["aliases"]:
        if not SpeechAlias.objects.filter(old_id=old_id).exists():
            SpeechAlias.objects.create(old_id=old_id, speech=speech)
    for pin in values["pins"]:
        theme = Theme.every.filter(slug=pin["theme"]).first()
        if theme is not None:
            load_row(ThemePin, pin, theme=theme, speech=speech)


def _look(values: Values, speech: Speech) -> None:
    looked = values["looked"]
    if looked:
        moment = Doubt._meta.get_field("looked_at").to_python(looked["looked_at"])
        person = User.objects.filter(username=looked["looked_by"]).first()
        Doubt.objects.filter(speech=speech).update(looked_at=moment, looked_by=person)


def _carry_kinships(decided: list[Values], moved: dict[int, int]) -> None:
    """Say again what people said of pairs, where both are here and still share text."""
    for one in decided:
        pair = sorted(moved.get(one[name], 0) for name in ("speech", "other"))
        Kinship.objects.filter(speech=pair[0], other=pair[1]).update(
            decision=one["decision"], decided_at=one["decided_at"]
        )
