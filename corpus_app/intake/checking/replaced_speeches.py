"""Speeches that another one replaced, or was dropped for, under release 0.1.0."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from corpus_app.catalog.models import Speech
from corpus_app.intake.checking.finding import Finding
from corpus_app.intake.importing.foreign_files import ForeignFile, find_dropped, find_replacing


def check_replaced_speeches(*, repair: bool) -> Iterator[Finding]:
    """Yield the files whose head is of another speech than the one that keeps them.

    Nothing is mended here: whether a head was corrected or is another speech's, an editor says.
    """
    files = Count("revisions__upload", distinct=True)
    speeches = Speech.objects.annotate(files=files, copied=Count("copies", distinct=True))
    for speech in speeches.filter(Q(files__gt=1) | Q(copied__gt=0)).order_by("pk"):
        for foreign in (*find_replacing(speech), *find_dropped(speech)):
            yield Finding("speeches", f"speech_{foreign.kind}", _describe(foreign), speech.pk)


def _describe(foreign: ForeignFile) -> str:
    values = {
        "title": foreign.speech.title,
        "name": foreign.upload.name,
        "number": foreign.number,
        "reason": foreign.comparison.reason,
        "address": f"/intake/{foreign.speech.pk}/#files",
    }
    if foreign.kind == "replaced":
        message = _(
            "《%(title)s》第 %(number)d 版来自“%(name)s”，题头与最初的文件矛盾"
            "（%(reason)s），可能顶替了另一篇讲话。"
        )
    else:
        message = _(
            "“%(name)s”当作《%(title)s》的重复文件收下，题头却与该篇矛盾"
            "（%(reason)s），可能是没有入库的另一篇讲话。"
        )
    how = _("请打开校核页 %(address)s，点“另立为一篇”；确是同一篇的，点“确是同一篇”。")
    return (message + how) % values
