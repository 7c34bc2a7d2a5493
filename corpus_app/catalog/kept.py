"""What was worked out from all that is stored, kept until something of it changes.

What is kept stands under the version of what is stored and under whom it is for, so that nobody
is shown what is out of date or another's, in whatever process it was changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import get_language

from corpus_app.access.audience import read_audience
from corpus_app.catalog.bounded_cache import BoundedCache

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")
Row = TypeVar("Row")
# Lists and counts that pages show, for this audience and that.
KEPT: Final = 256


class VersionedCache(BoundedCache):
    """What was used last, all of one version: the first of another one lets go of the rest."""

    _version: int | None = None

    def turn_to(self, version: int) -> None:
        """Forget everything of other versions."""
        if version != self._version:
            self.clear()
            self._version = version


ANSWERS: Final = VersionedCache(KEPT, lambda _answer: 1)


def read_corpus_version() -> int:
    """Return a number that stays as long as nothing changes that readers may be shown."""
    version: int = connection.read_version()  # type: ignore[attr-defined]
    return version


def keep_answers(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Return the function asked once for each state of what is stored, audience and language.

    Its arguments are hashable; its answers are no querysets and not None, and nobody changes them.
    """

    @wraps(function)
    def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        version = read_corpus_version()
        ANSWERS.turn_to(version)
        asked = (function.__module__, function.__qualname__, args, tuple(sorted(kwargs.items())))
        key = (*asked, version, read_audience(), get_language())
        found: Answer = ANSWERS.get(key, lambda: function(*args, **kwargs))
        return found

    return answer


def read_page(rows: QuerySet[Any, Row], size: int, number: str | None) -> Page[Row]:
    """Return a page of rows, of that size and number, with all read that it tells: to be kept."""
    page = Paginator(rows, size).get_page(number)
    page.object_list = list(page.object_list)
    return page
