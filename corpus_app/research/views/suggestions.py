"""Suggestions while typing."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from corpus_app.research.suggesting import list_suggestions


# Kept by nobody: what is closed is not named from that moment on.
@require_safe
@cache_control(private=True, no_store=True)
def send_suggestions(request: HttpRequest) -> JsonResponse:
    """Send what to offer for ?q= as {"q": …, "items": […]}."""
    typed = request.GET.get("q", "")
    return JsonResponse(
        {"q": typed, "items": list_suggestions(typed)},
        json_dumps_params={"ensure_ascii": False},
    )
