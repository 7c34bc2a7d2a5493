"""What a query matched, wording by wording: the forms of an expression, counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast

import numpy as np

from corpus_app.text.numbers import read_bounded
from search.frequencies.measures import count_distinct
from search.request import Params, read_choice
from search.study.answer import StudyAnswer
from search.study.forms import list_forms
from search.study.opening import open_study
from search.study.request import StudyRequest, read_studied

Order = Literal["count", "text"]

ORDERS: Final[tuple[str, ...]] = ("count", "text")
DEFAULT_ROWS: Final = 200
MAX_ROWS: Final = 5_000


@dataclass(frozen=True, slots=True)
class FormsRequest(StudyRequest):
    """The forms of what is searched for: the most frequent first, or by their characters."""

    order: Order = "count"
    limit: int = DEFAULT_ROWS

    @classmethod
    def from_params(cls, params: Params) -> FormsRequest:
        """Read the search's parameters and the choices; wrong values count as unset."""
        return cls(
            search=read_studied(params),
            order=cast(Order, read_choice(params.get("order"), ORDERS)),
            limit=read_bounded(params.get("limit"), 1, MAX_ROWS, DEFAULT_ROWS),
        )


@dataclass(frozen=True, slots=True)
class MatchedForm:
    """Characters, folded, that the query matched: how often, in how many speeches.

    share is count of all occurrences. The query's concordance of this form has its lines.
    """

    text: str
    count: int
    speeches: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms(StudyAnswer):
    """The answer to a request; found is how many forms there are, told or not."""

    request: FormsRequest
    occurrences: int
    speeches: int
    found: int
    rows: list[MatchedForm]


def count_forms(request: FormsRequest) -> Forms:
    """Return the forms of a request; raise QueryError for an unreadable text."""
    study = open_study(request.search)
    places = study.places
    forms = np.array(list_forms(study), dtype=object)
    known, numbers = np.unique(forms, return_inverse=True)
    counts = np.bincount(numbers, minlength=len(known))
    speeches = count_distinct(numbers, places.speech_ids, len(known))
    order = np.lexsort((np.arange(len(known)), -counts)) if request.order == "count" else None
    chosen = (np.arange(len(known)) if order is None else order)[: request.limit]
    return Forms(
        grounds=study.grounds,
        request=request,
        occurrences=len(places),
        speeches=len(np.unique(places.speech_ids)),
        found=len(known),
        rows=[
            MatchedForm(
                text=str(known[row]),
                count=int(counts[row]),
                speeches=int(speeches[row]),
                share=int(counts[row]) / len(places),
            )
            for row in chosen.tolist()
        ],
    )
