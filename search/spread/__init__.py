"""The life of an expression: where and when it is first seen, how it spreads, rises and fades.

from search.spread import SpreadRequest, answer_spread
answer_spread(SpreadRequest(SearchRequest(text="“代表家站”")))
"""

from search.spread.exports import export_spread
from search.spread.finding import answer_spread
from search.spread.request import SpreadRequest
from search.spread.result import (
    CourseTurns,
    FirstSeen,
    OutlinePoint,
    OutlineRank,
    SpeechPoint,
    Spread,
    SpreadYear,
)

__all__ = [
    "CourseTurns",
    "FirstSeen",
    "OutlinePoint",
    "OutlineRank",
    "SpeechPoint",
    "Spread",
    "SpreadRequest",
    "SpreadYear",
    "answer_spread",
    "export_spread",
]
