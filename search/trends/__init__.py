"""Trends: how often expressions stand in the speeches of each year or month.

    from search.trends import count_trend
    count_trend(["全过程人民民主", "四个机关"], period="year")

Ask after Django's apps are ready.
"""

from search.trends.counting import answer_trend, count_trend
from search.trends.exports import export_trend, write_trend_csv
from search.trends.expressions import ExpressionError, find_point
from search.trends.request import TrendRequest, clean_expressions
from search.trends.result import Period, Point, Series, Trend

__all__ = [
    "ExpressionError",
    "Period",
    "Point",
    "Series",
    "Trend",
    "TrendRequest",
    "answer_trend",
    "clean_expressions",
    "count_trend",
    "export_trend",
    "find_point",
    "write_trend_csv",
]
