"""What a reader asks of a concordance: a search, and how its lines are cut, sampled and sorted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, cast

from corpus_app.text.numbers import read_bounded
from search.request import MAX_PAGE, Params, read_choice
from search.study.positions import read_position
from search.study.request import StudyRequest, read_studied

LineSort = Literal["date", "-date", "left", "right", "source"]
Collation = Literal["pinyin", "stroke"]

LINE_SORTS: Final[tuple[str, ...]] = ("date", "-date", "left", "right", "source")
COLLATIONS: Final[tuple[str, ...]] = ("pinyin", "stroke")
MIN_CONTEXT: Final = 10
MAX_CONTEXT: Final = 60
DEFAULT_CONTEXT: Final = 20
DEFAULT_PER_PAGE: Final = 50
DEFAULT_SEED: Final = 1
MAX_SAMPLE: Final = 100_000
MAX_SEED: Final = 2**31 - 1


@dataclass(frozen=True, slots=True)
class ConcordanceRequest(StudyRequest):
    """A concordance of what is searched for.

    context is the number of characters on each side, white space not counted. sample is how
    many lines are drawn of all (None: all of them); the same seed draws the same
    lines. form keeps the places of one wording, of all that the query matches.
    where keeps those of a part of speeches ("part:opening", "part:2") or a tenth of their texts
    ("tenth:1").
    """

    context: int = DEFAULT_CONTEXT
    sort: LineSort = "date"
    collation: Collation = "pinyin"
    sample: int | None = None
    seed: int = DEFAULT_SEED
    form: str = ""
    where: str = ""
    page: int = 1
    per_page: int | None = DEFAULT_PER_PAGE

    @classmethod
    def from_params(cls, params: Params) -> ConcordanceRequest:
        """Read the search's parameters and context, sort, collation, sample, seed and page.

        Wrong values count as unset, numbers out of range as the nearest one that is right.
        """
        where = str(params.get("where", "") or "")
        return cls(
            search=read_studied(params),
            context=read_bounded(params.get("context"), MIN_CONTEXT, MAX_CONTEXT, DEFAULT_CONTEXT),
            sort=cast(LineSort, read_choice(params.get("sort"), LINE_SORTS)),
            collation=cast(Collation, read_choice(params.get("collation"), COLLATIONS)),
            sample=read_bounded(params.get("sample"), 1, MAX_SAMPLE, None),
            seed=read_bounded(params.get("seed"), 1, MAX_SEED, DEFAULT_SEED),
            form=str(params.get("form", "") or "").strip(),
            where=where if read_position(where) else "",
            page=read_bounded(params.get("page"), 1, MAX_PAGE, 1),
        )
