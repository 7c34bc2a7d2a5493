"""The other texts of one speech, and which paragraphs were filled in from another source."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Kinship, Revision, Speech


@dataclass(frozen=True)
class Relative:
    """Another published text of the same speech, and what it is to this one."""

    speech: Speech
    label: str


@dataclass(frozen=True)
class FilledIn:
    """Paragraphs (counted from 1) whose words come from another source, "" where it has no name."""

    first: int
    last: int
    source: str


def list_family(speech: Speech) -> list[Relative]:
    """Return the published texts of the same speech, in one query.

    What merely quotes the speech is shown once an editor has said that both belong together.
    """
    sure = Q(decision=Kinship.Decision.BOTH) | Q(
        decision=Kinship.Decision.OPEN, kind__in=(Kinship.Kind.NEAR, Kinship.Kind.PART)
    )
    published = Speech.Status.PUBLISHED
    mine = Q(speech=speech, other__status=published) | Q(other=speech, speech__status=published)
    rows = Kinship.objects.filter(sure & mine).select_related("speech", "other").order_by("pk")
    return [_describe(row, speech.pk) for row in rows]


def list_filled(revision: Revision) -> list[FilledIn]:
    """Return which paragraphs of a merged text were filled in, and from where."""
    numbers = {stretch["revision"] for stretch in revision.origins}
    if not numbers:
        return []
    rows = Revision.objects.filter(pk__in=numbers).exclude(upload=revision.upload_id)
    names = dict(rows.values_list("pk", "metadata__source__name"))
    return [
        FilledIn(
            revision.text.count("\n", 0, stretch["start"]) + 1,
            revision.text.count("\n", 0, stretch["end"]) + 1,
            names[stretch["revision"]] or "",
        )
        for stretch in revision.origins
        if stretch["revision"] in names
    ]


def _describe(row: Kinship, speech_id: int) -> Relative:
    mine, theirs = row.share, row.other_share
    other = row.other
    if row.other_id == speech_id:
        mine, theirs, other = theirs, mine, row.speech
    if row.kind == Kinship.Kind.NEAR:
        return Relative(other, _("另一文本"))
    if row.kind == Kinship.Kind.PART:
        return Relative(other, _("全文") if mine > theirs else _("摘编或节本"))
    return Relative(other, _("所谈讲话") if mine > theirs else _("学习体会、报道等"))
