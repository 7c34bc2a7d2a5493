"""The texts that share words with a speech, and which paragraphs were filled in."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Kinship, Revision, Speech
from corpus_app.catalog.versions import HOLDING, is_one_speech


@dataclass(frozen=True)
class RelatedSpeech:
    """Another published text that shares words, what it is to this one, and how much is shared.

    share and other_share are whole percents of this text and of the other one.
    """

    speech: Speech
    label: str
    share: int
    other_share: int


@dataclass(frozen=True)
class RelatedSpeeches:
    """The texts that share words: versions of the same speech, and others."""

    versions: list[RelatedSpeech]
    related: list[RelatedSpeech]


@dataclass(frozen=True)
class FilledIn:
    """Paragraphs (counted from 1) whose words come from another source, "" where it has no name."""

    first: int
    last: int
    source: str


def collect_related(speech: Speech) -> RelatedSpeeches:
    """Return the published texts that count and share words with the speech's, in one query.

    Another text is a version of the same speech only where the heads prove it, or where they do
    not contradict and an editor has said so. What merely quotes the speech is shown once an
    editor has said that both belong together.
    """
    shown = Q(decision=Kinship.Decision.BOTH) | Q(decision=Kinship.Decision.OPEN, kind__in=HOLDING)
    real = Speech.objects.real().values("pk")
    mine = Q(speech=speech, other__in=real) | Q(other=speech, speech__in=real)
    rows = Kinship.objects.filter(shown & mine).with_speeches().order_by("pk")
    found = RelatedSpeeches([], [])
    for row in rows:
        same = is_one_speech(row)
        (found.versions if same else found.related).append(_describe(row, speech.pk, same=same))
    return found


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


def _describe(row: Kinship, speech_id: int, *, same: bool) -> RelatedSpeech:
    mine, theirs = row.share, row.other_share
    other = row.other
    if row.other_id == speech_id:
        mine, theirs, other = theirs, mine, row.speech
    label = _name_version(row, mine > theirs) if same else _name_related(row, mine > theirs)
    return RelatedSpeech(other, label, int(mine * 100), int(theirs * 100))


def _name_version(row: Kinship, is_shorter: bool) -> str:
    if row.kind == Kinship.Kind.NEAR:
        return _("另一文本")
    return _("全文") if is_shorter else _("摘编或节本")


def _name_related(row: Kinship, is_shorter: bool) -> str:
    if row.kind != Kinship.Kind.QUOTES:
        return ""
    return _("所谈讲话") if is_shorter else _("学习体会、报道等")
