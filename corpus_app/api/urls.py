"""Addresses of the interface for programs."""

from django.urls import URLPattern, path, re_path

from corpus_app.api import views
from corpus_app.api.gate import answer_unknown, guard, guard_patterns
from corpus_app.api.interface import api
from corpus_app.api.openapi import send_description

app_name = "api"
_endpoints = [one for one in api.urls[0] if isinstance(one, URLPattern) and str(one.pattern)]
urlpatterns = [
    path("", views.show_docs, name="docs"),
    path("tokens/", views.show_tokens, name="tokens"),
    path("tokens/<int:token_id>/revoke/", views.revoke, name="token_revoke"),
    path("openapi.json", guard(send_description), name="openapi"),
    *guard_patterns(_endpoints),
    # Whatever else is asked for gets a problem, not a page.
    re_path("", guard(answer_unknown)),
]
