"""The difference between any two revisions of a speech."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.catalog.models import Revision, Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.review.difference import compare_texts, count_signs
from corpus_app.review.outline_difference import compare_outlines
from corpus_app.text.numbers import read_number


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def show_difference(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Show what changed from one revision to another; the last two without a choice."""
    speech = get_object_or_404(Speech.objects.select_related("current"), pk=speech_id)
    revisions = list(speech.revisions.select_related("created_by").defer("raw", "text"))
    new = _choose(revisions, request.GET.get("to"), 0)
    after = revisions.index(new) + 1 if new else 0
    old = _choose(revisions, request.GET.get("from"), after)
    page: dict[str, object] = {"speech": speech, "revisions": revisions, "old": old, "new": new}
    if old and new:
        changes = compare_texts(old.text, new.text)
        added, deleted = count_signs(changes)
        page["outline_changes"] = compare_outlines(old, new)
        choices = [("from", old, _("从")), ("to", new, _("到"))]
        page |= {"changes": changes, "added": added, "deleted": deleted, "choices": choices}
    return render(request, "review/difference.html", page)


def _choose(revisions: list[Revision], number: str | None, default: int) -> Revision | None:
    """Return the revision of this number, else the one at the default place, else the last."""
    asked = read_number(number)
    for revision in revisions:
        if revision.number == asked:
            return revision
    return revisions[min(default, len(revisions) - 1)] if revisions else None
