"""Who may see a speech once it is published."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.catalog.limits import LEVEL_LABELS, AccessLimit, name_groups
from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.revisions.editing import limit_access
from corpus_app.text.numbers import read_number, read_numbers


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def set_access(request: HttpRequest, speech_id: int) -> HttpResponse:
    """Set the level (access, as catalog.limits counts) and the groups (their ids)."""
    speech = get_object_or_404(Speech, pk=speech_id)
    level = read_number(request.POST.get("access"))
    if level not in LEVEL_LABELS:
        raise Http404
    known = name_groups()
    chosen = read_numbers(",".join(request.POST.getlist("group")))
    try:
        limit = AccessLimit.make(level, (one for one in chosen if one in known))
    except ValueError as fault:
        messages.error(request, str(fault))
        return redirect("review", speech_id)
    if limit_access(speech, limit):
        messages.success(request, _("可见范围已改为：%s。") % limit.tell(known))
    return redirect("review", speech_id)
