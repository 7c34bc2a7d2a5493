"""An export taken back: every speech as it was, its findings made anew."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial
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
from corpus_app.catalog.uploads import hash_bytes, keep_bytes
from corpus_app.intake.exchange.accounts import load_accounts, load_members
from corpus_app.intake.exchange.exporting import CORPUS, FORMAT, GROUPED, LOOSE, PEOPLE, SPEECH
from corpus_app.intake.exchange.histories import load_histories
from corpus_app.intake.exchange.registries import FILE as REGISTRIES, load_registries
from corpus_app.intake.exchange.rows import Values, load_row
from corpus_app.intake.exchange.tables import (
    BASKETS,
    CARRIED,
    GROUPS,
    Moved,
    Taken,
    keep_number,
    load_tables,
)
from corpus_app.intake.importing.storing import ImportOutcome
from corpus_app.intake.models import Doubt
from corpus_app.intake.revisions.derived import derive
from corpus_app.intake.text_reuse.duplicates import find_same_bytes
from corpus_app.slogans.models import MentionRefusal
from corpus_app.themes.models import Theme, ThemePin

# What reading or storing a part of an export that was changed or cut may raise.
_DAMAGE: Final = (
    *(KeyError, TypeError, ValueError, AttributeError),
    *(OSError, ValidationError, DatabaseError),
)

# So many rows that could not be placed are named.
TOLD: Final = 10
Load = Callable[[Values], Taken]


def is_export(path: Path) -> bool:
    """Return whether a folder is an export of a corpus."""
    return (path / CORPUS).is_file()


def import_export(
    path: Path, *, draft: bool = False, people: bool = False
) -> Iterator[tuple[str, ImportOutcome]]:
    """Yield the folder's name and what became of each speech of an export, then of each table.

    A speech whose files are here already is a duplicate; one that cannot be read is refused, and
    the others are taken all the same. Numbers stay where they are free. People: accounts and
    baskets come back, too, where the export has them.
    """
    moved = Moved()
    before: list[tuple[str, Load]] = [
        (GROUPED, partial(load_tables, GROUPS, moved=moved)),
        (REGISTRIES, load_registries),
    ]
    after: list[tuple[str, Load]] = [
        (LOOSE, partial(_load_loose, path=path)),
        *((file, partial(load_tables, one, moved=moved)) for file, one in CARRIED.items()),
    ]
    if people:
        before.insert(0, (PEOPLE, load_accounts))
        after.append((PEOPLE, partial(_load_baskets, moved=moved)))
    yield from _load_all(path, before)
    yield from _load_speeches(path, moved, draft=draft)
    yield from _load_all(path, after)


def _load_all(path: Path, files: list[tuple[str, Load]]) -> Iterator[tuple[str, ImportOutcome]]:
    for file, load in files:
        if (path / file).exists():  # of what finds a query, and of 0.2.0.dev, there are few
            yield file, _load(path / file, load)


def _load_speeches(path: Path, moved: Moved, *, draft: bool) -> Iterator[tuple[str, ImportOutcome]]:
    decided: list[Values] = []
    for place in sorted((path / "speeches").iterdir()):
        try:
            values = _read(place)
            outcome = _take_in(values, place, moved, draft=draft)
            if outcome.status == "imported":
                decided += values["kinships"]
        except _DAMAGE as error:
            outcome = _refuse(_("这一篇的导出文件不完整或被改动过：%(reason)s"), error)
        yield place.name, outcome
    _carry_kinships(decided, moved.speeches)


def _load(path: Path, load: Load) -> ImportOutcome:
    """Return what became of a file of tables, all of it or nothing."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        with transaction.atomic():
            taken = load(values)
    except _DAMAGE as error:
        return _refuse(_("这个文件不完整或被改动过，没有恢复：%(reason)s"), error)
    message = _("恢复 %(new)d 条，已有 %(known)d 条") % {"new": taken.new, "known": taken.known}
    if taken.lost:
        told = _("、").join(taken.lost[:TOLD]) + ("…" if len(taken.lost) > TOLD else "")
        words = _("%(count)d 条没有恢复，所涉内容不在库中，或与本库的改动冲突：%(told)s")
        message += "；" + words % {"count": len(taken.lost), "told": told}
        return ImportOutcome("refused", None, None, message, "conflict")
    return ImportOutcome("imported" if taken.new else "duplicate", None, None, message)


def _refuse(words: str, error: Exception) -> ImportOutcome:
    return ImportOutcome("refused", None, None, words % {"reason": error}, "damaged")


def _read(place: Path) -> Values:
    values: Values = json.loads((place / SPEECH).read_text(encoding="utf-8"))
    if values["yanku_speech"] > FORMAT:
        raise ValueError(_("由更新版本的言库导出"))
    _check_files(values, place)
    return values


def _check_files(values: Values, place: Path) -> None:
    for upload in values["uploads"]:
        file = place / upload["file"]
        if not file.resolve().is_relative_to(place.resolve()):
            raise ValueError(upload["file"])
        if hash_bytes(file.read_bytes()) != upload["sha256"]:
            raise ValueError(_("%(name)s 与校验值不符") % {"name": upload["file"]})


def _load_baskets(values: Values, moved: Moved) -> Taken:
    load_members(values, moved)
    return load_tables(BASKETS, values, moved)


def _load_loose(values: Values, path: Path) -> Taken:
    """Take in received files that are no speech's own."""
    _check_files(values, path)
    taken = Taken()
    for one in values["uploads"]:
        known = Upload.objects.filter(sha256=one["sha256"]).exists()
        taken.known += known
        taken.new += not known
        _take_file(one, path, None)
    return taken


@transaction.atomic
def _take_in(values: Values, place: Path, moved: Moved, *, draft: bool) -> ImportOutcome:
    for upload in values["uploads"]:
        known = find_same_bytes(upload["sha256"])
        # Two speeches of an export may have a file in common.
        if known is not None and known not in moved.made:
            moved.speeches[values["id"]] = known
            message = _("原始文件已在库中（编号 %(id)d），未重复入库") % {"id": known}
            return ImportOutcome("duplicate", known, known, message)
    aliased = SpeechAlias.objects.filter(old_id=values["id"]).exists()
    more: dict[str, Any] = {"open_to": moved.find_groups(values.get("open_to", ""))}
    more |= {} if aliased else keep_number(Speech, values)
    speech = load_row(Speech, values, **more)
    moved.made.add(speech.pk)
    moved.speeches[values["id"]] = speech.pk
    uploads = {one["sha256"]: _take_file(one, place, speech) for one in values["uploads"]}
    revisions: dict[int, Revision] = {}
    for one in values["revisions"]:
        based_on = revisions.get(one["based_on"] or 0)
        more = {"upload": uploads[one["upload"]], "based_on": based_on}
        # Permalinks name revisions by their number.
        more |= keep_number(Revision, one)
        revisions[one["number"]] = load_row(Revision, one, speech=speech, **more)
        _take_parts(one, revisions[one["number"]])
    fields: dict[str, Any] = {"current": revisions.get(values["current"] or 0)}
    if draft:
        fields["status"] = Speech.Status.DRAFT
    Speech.objects.filter(pk=speech.pk).update(**fields)
    speech.refresh_from_db()
    _take_decisions(values, speech)
    derive(speech)
    _look(values, speech)
    if "history" in values:  # exports of 0.2.0.dev have none
        load_histories(values["history"], speech, revisions, moved)
    message = _("已按导出恢复（%(status)s）") % {"status": speech.get_status_display()}
    return ImportOutcome("imported", speech.pk, None, message)


def _take_file(values: Values, place: Path, speech: Speech | None) -> Upload:
    keep_bytes(values["sha256"], (place / values["file"]).read_bytes())
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
        person = User.objects.filter(username=one["decided_by"]).first()
        Kinship.objects.filter(speech=pair[0], other=pair[1]).update(
            decision=one["decision"], decided_at=one["decided_at"], decided_by=person
        )
