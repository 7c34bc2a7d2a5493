"""Dispersion: where in speeches an expression stands, and how evenly over them.

from search.dispersion import DispersionRequest, answer_dispersion
answer_dispersion(DispersionRequest(SearchRequest(text="“监督”")))
"""

from search.dispersion.counting import answer_dispersion
from search.dispersion.exports import export_dispersion
from search.dispersion.request import DispersionRequest
from search.dispersion.result import Dispersion, Slice

__all__ = [
    "Dispersion",
    "DispersionRequest",
    "Slice",
    "answer_dispersion",
    "export_dispersion",
]
