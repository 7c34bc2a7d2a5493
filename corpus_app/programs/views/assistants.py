"""The address that clients of language models ask, behind the API's gate."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from corpus_app.api.gate import Terms, guard


def _answer(request: HttpRequest) -> HttpResponse:
    # The SDK takes a second and 30 MB to load: not before somebody asks.
    from corpus_app.programs.assistants.transport import answer_message

    return answer_message(request)


# Without sessions there is no stream to open and none to end: only messages are posted.
answer_assistant = guard(_answer, Terms(("POST",)))
