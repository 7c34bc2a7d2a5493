"""Answers that are the same for everybody: what a stranger may see."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from corpus_app.access.audience import answer_for

View = Callable[..., HttpResponse]


def answer_strangers(view: View) -> View:
    """Return the view answered for whoever asks as for somebody who is not signed in."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer_for(request, AnonymousUser())
        return view(request, *args, **kwargs)

    return answer
