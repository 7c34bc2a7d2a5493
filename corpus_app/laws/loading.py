"""Laws stored and taken out again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from corpus_app.access.models import Activity
from corpus_app.laws.models import Law, LawArticle, LawLoad, LawVersion
from corpus_app.laws.sources import read_source
from corpus_app.laws.texts import LawText

_BATCH: Final = 2_000


@dataclass(slots=True)
class LoadedLaws:
    """What a loading did: texts added, replaced and found as they were; files left out, by name."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    left: list[str] = field(default_factory=list)


def load_laws(path: Path, username: str) -> LoadedLaws:
    """Store the laws of a folder, file or archive, and return what changed.

    Raises UnreadableSourceError, and then nothing has changed.
    """
    source = read_source(path)
    done = store_laws(list(source.texts.values()), username, path.name)
    done.left = source.left
    return done


@transaction.atomic
def store_laws(texts: list[LawText], username: str, source: str) -> LoadedLaws:
    """Store texts of laws, as loaded by somebody from somewhere, and return what changed.

    The same text of the same law and day is left as it is, another one takes its place.
    """
    done = LoadedLaws()
    known = {
        (version.law.title, version.day): version
        for version in LawVersion.objects.select_related("law")
    }
    fresh: list[LawText] = []
    for text in texts:
        version = known.get((text.title, text.day))
        if version is not None and version.digest == _digest(text):
            done.unchanged += 1
            continue
        if version is not None:
            version.delete()
            done.replaced += 1
        else:
            done.added += 1
        fresh.append(text)
    if fresh:
        _store(fresh, LawLoad.objects.create(username=username, source=source))
        LawLoad.objects.filter(versions=None).delete()
        _record(done, username, source)
    return done


def _record(done: LoadedLaws, username: str, source: str) -> None:
    """Add a loading to the record of activities; the server's own user has no account here."""
    numbers = {"added": done.added, "replaced": done.replaced}
    detail = _("载入：新 %(added)d 部，更新 %(replaced)d 部") % numbers
    Activity(kind=Activity.Kind.LAWS, username=username, subject=source, detail=detail).save()


def remove_load(load: LawLoad) -> None:
    """Take out the texts that came with a loading, and the laws that have none left."""
    load.delete()
    Law.objects.filter(versions=None).delete()


def _store(texts: list[LawText], load: LawLoad) -> None:
    titles = {text.title for text in texts}
    Law.objects.bulk_create((Law(title=title) for title in titles), _BATCH, ignore_conflicts=True)
    laws = dict(Law.objects.values_list("title", "pk"))
    versions = LawVersion.objects.bulk_create(
        LawVersion(
            law_id=laws[text.title],
            day=text.day,
            since=text.since,
            amended=list(text.amended),
            digest=_digest(text),
            load=load,
        )
        for text in texts
    )
    articles = _list_articles(texts, versions)
    while rows := list(islice(articles, _BATCH)):
        LawArticle.objects.bulk_create(rows)


def _list_articles(texts: list[LawText], versions: Iterable[LawVersion]) -> Iterator[LawArticle]:
    for text, version in zip(texts, versions, strict=True):
        for one in text.articles:
            yield LawArticle(version=version, number=one.number, branch=one.branch, text=one.text)


def _digest(text: LawText) -> str:
    return hashlib.sha256(repr(text).encode()).hexdigest()
