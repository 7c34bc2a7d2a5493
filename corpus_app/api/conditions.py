"""Answers that a program may keep, and how it asks whether they still hold."""

from __future__ import annotations

import hashlib
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from corpus_app.catalog.models import Revision

# Raise it when the shape of an answer about a revision changes.
SHAPE: Final = 1


class NotModifiedError(Exception):
    """What the asker holds still is what would be answered; response says so."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__("not modified")
        self.response = response


def mark_revision(request: HttpRequest, response: HttpResponse, revision: Revision) -> None:
    """Mark an answer made from a revision alone, before its text is read.

    A revision never changes, so its id is its mark. It is kept "no-cache" all the same: asking
    again costs little, and a speech that was withdrawn must not live on in a cache.
    """
    mark(request, response, f'"r{revision.pk}.{SHAPE}"')


def mark_content(request: HttpRequest, response: HttpResponse, body: str) -> None:
    """Mark an answer by what it says."""
    digest = hashlib.sha256(body.encode()).hexdigest()[:32]
    mark(request, response, f'"c{digest}"')


def mark(request: HttpRequest, response: HttpResponse, etag: str) -> None:
    """Set ETag and Cache-Control; raise NotModifiedError where the asker has this very answer."""
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    known = get_conditional_response(request, etag=etag, response=None)
    if known is not None:
        known["ETag"] = etag
        known["Cache-Control"] = "no-cache"
        raise NotModifiedError(known)
