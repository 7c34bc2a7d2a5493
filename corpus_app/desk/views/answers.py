"""The same answer as a page or as JSON, and the way back to where a form was sent from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from corpus_app.desk.passages import MissingPassageError, PassageError


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a script asks: by format=json or by what it accepts."""
    if request.GET.get("format") == "json":
        return True
    preferred = request.get_preferred_type(["text/html", "application/json"])
    return preferred == "application/json"


def send_json(data: dict[str, object], status: int = 200) -> JsonResponse:
    """Return the data as JSON, Chinese as it is; caches know that pages differ."""
    response = JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
    patch_vary_headers(response, ["Accept"])
    return response


def send_fault(request: HttpRequest, fault: PassageError | MissingPassageError) -> HttpResponse:
    """Return what is wrong with the passage asked for: 400 unreadable, 404 not there."""
    status = 400 if isinstance(fault, PassageError) else 404
    words = str(fault) or _("没有这段文字，或者没有查看权限。")
    if wants_json(request):
        return send_json({"error": words}, status)
    return render(request, "desk/fault.html", {"words": words}, status=status)


def find_way_back(request: HttpRequest, otherwise: str) -> str:
    """Return the address the form names, if it is one of ours, else the other one."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if asked and safe else otherwise
