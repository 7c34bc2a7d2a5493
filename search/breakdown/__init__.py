"""Breakdowns: how often a query's words stand in the speeches of each year, level, speaker …

from search.breakdown import BreakdownRequest, answer_breakdown
answer_breakdown(BreakdownRequest(SearchRequest(text="“监督”"), by=("year", "level")))
"""

from search.breakdown.counting import answer_breakdown
from search.breakdown.exports import export_breakdown
from search.breakdown.request import BreakdownRequest, read_keys
from search.breakdown.result import Breakdown, BreakdownRow, GroupCounts, KeyValue

__all__ = [
    "Breakdown",
    "BreakdownRequest",
    "BreakdownRow",
    "GroupCounts",
    "KeyValue",
    "answer_breakdown",
    "export_breakdown",
    "read_keys",
]
