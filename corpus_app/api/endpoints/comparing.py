"""Two speeches, sentence by sentence, for programs."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_noop
from ninja import Query, Router

from corpus_app.api.cursors import take_place, write_cursor
from corpus_app.api.links import link_next
from corpus_app.api.research_parameters import ComparisonAsked
from corpus_app.api.schemas.comparing import (
    ComparedRowOut,
    ComparedSpeechOut,
    ComparisonOut,
    list_numbers,
    list_parts,
    list_tasks,
)
from corpus_app.catalog.models import Speech
from corpus_app.research.comparing.exports import describe_rule, describe_task_rule
from corpus_app.research.comparing.page import choose_rows
from corpus_app.research.comparing.speeches import compare_two
from search import describe_today

router = Router(tags=[gettext_noop("研究")])


@router.get(
    "/compare",
    response=ComparisonOut,
    summary=gettext_noop("两篇逐句对照"),
    description=gettext_noop(
        "两篇讲话逐句对照：未改、改写、移位、删去、新增；第一页另给出数字、任务与回顾、结构。"
    ),
)
def compare(request: HttpRequest, asked: Query[ComparisonAsked]) -> ComparisonOut:
    """Answer with a page of rows in the order of the later speech."""
    if asked.speech == asked.other:
        raise Http404
    comparison = compare_two(_find(asked.speech), _find(asked.other))
    scope = f"compare {asked.speech} {asked.other} {asked.kind}"
    first = take_place(asked.cursor, scope)
    rows = choose_rows(comparison, asked.kind or "")
    following = first + asked.limit
    cursor = write_cursor(scope, [following]) if following < len(rows) else None
    texts = comparison.texts
    return ComparisonOut(
        first=ComparedSpeechOut.of(comparison.first, len(texts.first_sentences)),
        second=ComparedSpeechOut.of(comparison.second, len(texts.second_sentences)),
        counts={str(kind): count for kind, count in texts.counts.items()},
        total=len(rows),
        items=[ComparedRowOut.of(comparison, row) for row in rows[first:following]],
        numbers=[] if first else list_numbers(comparison),
        tasks=[] if first else list_tasks(comparison),
        parts=[] if first else list_parts(comparison),
        notes=comparison.list_notes(),
        rule=describe_rule(),
        task_rule=describe_task_rule(),
        day=describe_today(),
        next_cursor=cursor,
        next=link_next(request, cursor),
    )


def _find(speech_id: int) -> Speech:
    speeches = Speech.objects.published().with_parties().select_related("current")
    found = speeches.filter(pk=speech_id).first()
    if found is None:
        raise Http404
    return found
