"""The page that shows the interface, and the page for one's tokens."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corpus_app.access.models import Activity
from corpus_app.access.rates import Rate
from corpus_app.access.recording import record_activity
from corpus_app.api.docs_page import build_docs_page
from corpus_app.api.examples import build_examples
from corpus_app.api.tokens import TokenError, create_token, list_tokens, revoke_token
from corpus_app.pages.kept_pages import keep_page


@require_safe
@keep_page
def show_docs(request: HttpRequest) -> HttpResponse:
    """Show every address with its parameters and answers, and examples that run as they stand."""
    base = request.build_absolute_uri("/").rstrip("/")
    context = {
        "page": build_docs_page(),
        "examples": build_examples(base),
        "base": base,
        "rate": Rate(*settings.API_RATE),
        "anonymous_rate": Rate(*settings.API_ANONYMOUS_RATE),
    }
    return render(request, "api/docs.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show_tokens(request: HttpRequest) -> HttpResponse:
    """Show the user's tokens; a new one's secret stands on the answer to the form alone."""
    user, secret, name, status = cast(User, request.user), "", "", 200
    if request.method == "POST":
        name = request.POST.get("name", "")
        try:
            token, secret = create_token(user, name)
            record_activity(request, Activity.Kind.TOKEN, token.name, _("建立"))
            name = ""
        except TokenError as error:
            messages.error(request, str(error))
            status = 400
    context = {"tokens": list_tokens(user), "secret": secret, "name": name}
    return render(request, "api/tokens.html", context, status=status)


@require_POST
@login_required
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Put one of the user's tokens out of force."""
    if token_id >= 2**63 or not revoke_token(cast(User, request.user), token_id):
        raise Http404
    record_activity(request, Activity.Kind.TOKEN, detail=_("撤销"))
    messages.success(request, _("令牌已撤销，即刻失效。"))
    return redirect("api:tokens")
