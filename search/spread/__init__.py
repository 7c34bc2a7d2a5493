"""The life of an expression: where and when it is first seen, how it spreads, rises and fades.

from search.spread import SpreadRequest, answer_spread
answer_spread(SpreadRequest(SearchRequest(text="“代表家站”")))
"""

from search.spread.exports import export_spread
from search.spread.finding import answer_spread
from search.spread.request import SpreadRequest
from search.spread.result import (
    FirstSeen,
    OutlinePoint,
    OutlineRank,
    SpeechPoint,
    Spread,
    SpreadYear,
    Turns,
)

__all__ = [
    "FirstSeen",
    "OutlinePoint",
    "OutlineRank",
    "SpeechPoint",
    "Spread",
    "SpreadRequest",
    "SpreadYear",
    "Turns",
    "answer_spread",
    "export_spread",
]
