"""A file that is kept under a speech: a speech of its own, or this one after all."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import User
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.catalog.models import Speech, Upload
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.intake.importing.foreign_files import confirm
from corpus_app.intake.importing.setting_apart import set_apart
from corpus_app.intake.revisions.joining import JoiningError


@require_POST
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def decide_file(request: HttpRequest, speech_id: int, upload_id: int) -> HttpResponse:
    """Make the file a speech of its own (action=apart), or note that it is this speech's (same)."""
    speech = get_object_or_404(Speech, pk=speech_id)
    files = Upload.objects.filter(Q(revisions__speech=speech) | Q(copy_of=speech)).distinct()
    upload = get_object_or_404(files, pk=upload_id)
    action = request.POST.get("action")
    if action == "same":
        confirm(upload)
        messages.success(request, _("已记下：“%(name)s”确是本篇。") % {"name": upload.name})
        return redirect("review", speech.pk)
    if action != "apart":
        raise Http404
    try:
        made = set_apart(speech, upload, user=cast(User, request.user))
    except JoiningError as error:
        messages.error(request, str(error))
        return redirect("review", speech.pk)
    message = _("已另立为《%(title)s》（编号 %(id)d），请核对两篇的信息与正文。")
    messages.success(request, message % {"title": made.title, "id": made.pk})
    return redirect("review", made.pk)
