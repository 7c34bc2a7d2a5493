"""The page for admins: how the site is, what to do about it, what it holds."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from corpus_app.accounts.roles import MANAGE
from corpus_app.batches.presence import is_worker_present
from corpus_app.operations.health import READY_PARTS, measure
from corpus_app.operations.maintenance import JOBS
from corpus_app.operations.records import ask_for
from corpus_app.operations.slow_requests import KEPT_DAYS, list_slow
from corpus_app.operations.statistics import count_speeches, count_untaken
from corpus_app.operations.wording import describe_parts


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@permission_required("catalog.delete_speech", raise_exception=True)
def show_health(request: HttpRequest) -> HttpResponse:
    """Show the page; a POST has the worker do a job (`job`) at its next round."""
    if request.method == "POST":
        job = next((one for one in JOBS if one == request.POST.get("job")), None)
        if job is None:
            return HttpResponseBadRequest()
        ask_for(job)
        return redirect("health")
    rows = describe_parts(measure(READY_PARTS))
    values = {
        "rows": rows,
        "well": all(row.ok for row in rows),
        "untaken": count_untaken(),
        "slow": list_slow(),
        "slow_seconds": settings.SLOW_SECONDS,
        "slow_days": KEPT_DAYS,
        # What others typed is for those alone who answer for their accounts.
        "shows_queries": request.user.has_perm(MANAGE),
        "tables": count_speeches(),
        "worker_runs": is_worker_present(),
    }
    return render(request, "operations/health.html", values)
