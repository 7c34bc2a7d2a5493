"""The invented samples that came with the product: taken away after a word of confirmation."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corpus_app.catalog.samples import list_samples
from corpus_app.intake.importing import shipped


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@permission_required("catalog.delete_speech", raise_exception=True)
def remove_samples(request: HttpRequest) -> HttpResponse:
    """Show which samples that came with the product would go; a post deletes them."""
    if request.method != "POST":
        context = {"samples": list_samples().order_by("pk")}
        return render(request, "review/samples.html", context)
    count = shipped.remove_samples()
    messages.success(
        request, _("已移除示例文稿 %(count)d 篇，以后启动也不再载入。") % {"count": count}
    )
    return redirect("home")
