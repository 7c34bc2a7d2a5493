"""A speech in one of the forms that programs read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from corpus_app.desk.passages import (
    AskedPassage,
    MissingPassageError,
    PassageError,
    find_passage,
)
from corpus_app.pages.withdrawn import answer_withdrawn
from corpus_app.programs.formats import FORMATS


@require_safe
def send_speech(request: HttpRequest, speech_id: int, form: str) -> HttpResponse:
    """Send a speech's current text, or its reference, in the form that the address names."""
    asked = FORMATS.get(form)
    if asked is None or speech_id >= 2**63:
        raise Http404
    try:
        passage = find_passage(AskedPassage(speech_id), request.user)
    except PassageError:  # a text without a character
        raise Http404 from None
    except MissingPassageError:
        return answer_withdrawn(request, speech_id)
    permalink = request.build_absolute_uri(reverse("permalink", args=[passage.code]))
    text = asked.write(passage, permalink, timezone.localdate().isoformat())
    response = HttpResponse(text, content_type=f"{asked.media_type}; charset=utf-8")
    name = f"yanku-{passage.speech.pk}.{asked.ending}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    address = request.build_absolute_uri(passage.speech.get_absolute_url())
    response["Link"] = f'<{address}>; rel="canonical"'
    return response
