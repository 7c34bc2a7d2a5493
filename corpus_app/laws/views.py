"""The page for admins: which laws are at hand, who loaded them and when; out with them again."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corpus_app.access.models import Activity
from corpus_app.access.recording import record_activity
from corpus_app.laws.loading import remove_load
from corpus_app.laws.models import Law, LawLoad, LawVersion
from corpus_app.text.numbers import read_number

# Laws of a name that are shown; of more the reader is asked for more of the name.
_SHOWN: Final = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@permission_required("catalog.delete_speech", raise_exception=True)
def show_laws(request: HttpRequest) -> HttpResponse:
    """Show what is loaded, by name (`q`) too; a POST takes out one loading (`load`)."""
    if request.method == "POST":
        number = read_number(request.POST.get("load"))
        load = get_object_or_404(LawLoad, pk=number or 0)
        count = load.versions.count()
        remove_load(load)
        detail = _("移除：%(count)d 部") % {"count": count}
        record_activity(request, Activity.Kind.LAWS, load.source, detail)
        messages.success(request, _("已移除法律文本 %(count)d 部。") % {"count": count})
        return redirect("laws")
    words = request.GET.get("q", "").strip()[:100]
    found = Law.objects.filter(title__contains=words) if words else Law.objects.none()
    values = {
        "words": words,
        "found": found.prefetch_related("versions")[: _SHOWN + 1],
        "shown": _SHOWN,
        "loads": LawLoad.objects.annotate(texts=Count("versions")),
        "laws": Law.objects.count(),
        "texts": LawVersion.objects.count(),
    }
    return render(request, "laws/laws.html", values)
