"""The address that harvesters ask, by GET or POST as the standard has it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from corpus_app.access.limits import limit_pages
from corpus_app.programs.harvesting.arguments import HarvestError, read_arguments
from corpus_app.programs.harvesting.envelopes import make, make_error, write_answer
from corpus_app.programs.harvesting.records import keep_records
from corpus_app.programs.harvesting.verbs import answer_verb
from corpus_app.programs.strangers import answer_strangers


# A POST changes nothing here: it is how long arguments are sent.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@limit_pages
@answer_strangers
def answer_harvester(request: HttpRequest) -> HttpResponse:
    """Answer a verb of OAI-PMH 2.0 with what everybody may see."""
    # Before anything is looked at: what is missed is later than this.
    moment = timezone.now()
    params = request.POST if request.method == "POST" else request.GET
    address = request.build_absolute_uri(reverse("oai"))
    told: dict[str, str] = {}
    try:
        asked = read_arguments({name: [str(one) for one in each] for name, each in params.lists()})
        told = {"verb": asked.verb, **asked.values}
        keep_records()
        parts = answer_verb(asked, request.build_absolute_uri, moment)
        body = [make(asked.verb, *parts)]
    except HarvestError as error:
        if error.code in ("badVerb", "badArgument"):
            told = {}
        body = [make_error(error)]
    answer = HttpResponse(
        write_answer(moment, address, told, body), content_type="text/xml; charset=utf-8"
    )
    answer["Cache-Control"] = "no-store"
    return answer
