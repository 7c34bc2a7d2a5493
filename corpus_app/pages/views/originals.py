"""The file a speech was made from."""

from __future__ import annotations

from io import BytesIO

from django.contrib.auth.decorators import login_required, permission_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corpus_app.access.models import Activity
from corpus_app.access.recording import record_activity
from corpus_app.catalog.models import Speech
from corpus_app.catalog.querysets import EDIT_PERMISSION
from corpus_app.catalog.uploads import read_upload


@require_safe
@login_required
@permission_required(EDIT_PERMISSION, raise_exception=True)
def send_original(request: HttpRequest, speech_id: int) -> FileResponse:
    """Send the bytes of the current revision's file, as they came."""
    speech = get_object_or_404(Speech.objects.select_related("current__upload"), pk=speech_id)
    if speech.current is None:
        raise Http404
    upload = speech.current.upload
    try:
        data = read_upload(upload)
    except FileNotFoundError:
        raise Http404 from None
    record_activity(request, Activity.Kind.EXPORT, _("原始文件：%s") % upload.name, speech.title)
    # Never shown inside the site: a stored .html file must not run as one of its pages.
    return FileResponse(
        BytesIO(data),
        as_attachment=True,
        filename=upload.name,
        content_type="application/octet-stream",
    )
