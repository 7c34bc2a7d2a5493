"""The invented samples that came with the product: taken away at one click."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corpus_app.intake.importing import shipped


@require_POST
@login_required
@permission_required("catalog.delete_speech", raise_exception=True)
def remove_samples(request: HttpRequest) -> HttpResponse:
    """Delete all samples that came with the product."""
    count = shipped.remove_samples()
    messages.success(
        request, _("已移除示例文稿 %(count)d 篇，以后启动也不再载入。") % {"count": count}
    )
    return redirect("home")
