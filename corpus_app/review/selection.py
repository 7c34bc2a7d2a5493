"""Which speeches an editor has chosen on a list: ticked ones, or all that the list holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django.http import QueryDict

from corpus_app.catalog.models import Speech
from corpus_app.review.queue import MOST_DIGITS, QueueRequest, list_queue

# More are refused with a message: a preview nobody can read is none.
MOST_CHOSEN: Final = 2000


def read_ids(words: Iterable[str]) -> list[int]:
    """Return the numbers in words such as "3", "3,5"; each once, in order, others left out."""
    numbers = (number.strip() for word in words for number in word.split(","))
    sound = (n for n in numbers if n.isascii() and n.isdecimal() and len(n) <= MOST_DIGITS)
    return list(dict.fromkeys(int(number) for number in sound))


def read_filters(text: str) -> QueueRequest:
    """Return the list that a form names by its parameters ("view=clean&year=2023")."""
    params: Mapping[str, str] = {name: str(value) for name, value in QueryDict(text).items()}
    return QueueRequest.from_params(params)


def read_selection(post: QueryDict) -> list[int]:
    """Return the ids chosen on the queue that are there: the ticked rows, or all of the list."""
    if post.get("scope") == "all":
        speeches = list_queue(read_filters(post.get("filters", "")))
        return list(speeches.values_list("pk", flat=True)[: MOST_CHOSEN + 1])
    ticked = read_ids(post.getlist("speech"))
    there = set(Speech.objects.filter(pk__in=ticked).values_list("pk", flat=True))
    return [speech_id for speech_id in ticked if speech_id in there]
