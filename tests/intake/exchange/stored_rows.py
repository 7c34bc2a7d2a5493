"""Every row of the database by its natural name, so that two corpora can be compared."""

from __future__ import annotations

from typing import Any, Final

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from corpus_app.catalog.models import Section, Upload
from corpus_app.catalog.models.parties import Party
from corpus_app.slogans.models import Slogan
from corpus_app.themes.models import Theme

# What an export leaves behind, as docs/keeping.md says.
LEFT: Final = {
    "access.Activity",
    "access.FailureCount",
    "access.RequestCount",
    "accounts.Session",
    "api.ApiToken",
    "batches.PieceUpload",
    "catalog.Lease",
    "catalog.Marker",
    "catalog.SpeechChange",
    "desk.Change",
    "intake.Joining",
    "laws.Law",
    "laws.LawArticle",
    "laws.LawLoad",
    "laws.LawVersion",
    "programs.HarvestPosition",
    "programs.HarvestRecord",
    "proofreading.DismissedFinding",
    "proofreading.SavedDraft",
    "registry.RegistryChange",
    "registry.RegistryEffect",
    "review.BulkChange",
    "review.BulkItem",
    "subcorpora.Subcorpus",
}
# Their numbers stand in addresses, or are how others are compared.
NUMBERED: Final = {
    "access.UserGroup",
    "catalog.Speech",
    "catalog.Revision",
    "intake.RemovalRule",
    "intake.SiteProfile",
    "batches.Batch",
    "desk.Basket",
}
# Of when it was stored here, or what lets somebody in.
OWN: Final = {"changed_at", "found_at", "weighed_at", "password", "last_login", "history_id"}
# Found in texts: in the present ones anew, in those before them no longer.
MENTIONED: Final = Q(mentions__revision__speech__current=F("mentions__revision"))
FOUND: Final = {
    "slogans.Mention": Q(revision__speech__current=F("revision")),
    "slogans.ParallelSentence": Q(revision__speech__current=F("revision")),
    "slogans.Slogan": Q(registered=True) | ~Q(note="") | MENTIONED,
    "themes.SectionTheme": Q(section__revision__speech__current=F("section__revision")),
}

Rows = dict[str, list[str]]


def read_corpus() -> Rows:
    """Return the rows of each table of the house, and of accounts, in words and in order."""
    tables = [m for m in apps.get_models() if m.__module__.startswith("corpus_app.") or m is User]
    return {
        table._meta.label: sorted(describe(row) for row in list_rows(table))
        for table in tables
        if table._meta.label not in LEFT
    }


def list_rows(table: type[models.Model]) -> models.QuerySet[Any]:
    """Return the rows that must come back."""
    return models.QuerySet(table).filter(FOUND.get(table._meta.label, Q())).distinct()


def describe(row: models.Model) -> str:
    """Return a row's values by field; other rows by their name."""
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in OWN or (field.primary_key and row._meta.label not in NUMBERED):
            continue
        if field.name == "id" and row._meta.label == "themes.HistoricalThemePin":
            continue  # of the pin; nothing names it
        value = getattr(row, field.name)
        found[field.name] = name(value) if field.is_relation else value
    for related in row._meta.many_to_many:
        found[related.name] = sorted(str(name(one)) for one in getattr(row, related.name).all())
    return repr(found)


def name(row: Any) -> Any:
    """Return what tells a row from others of its table, without its number where it may change."""
    if isinstance(row, Party | User | Upload | Theme | Slogan):
        return str(row)
    if isinstance(row, Section):
        return (row.revision_id, row.key)
    if row is None or row._meta.label in NUMBERED:
        return row and row.pk
    return describe(row)
