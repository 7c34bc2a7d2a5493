"""Concordances: every occurrence of what a query asks for, one line each with its neighbours.

    from search.concordance import ConcordanceRequest, build_concordance
    build_concordance(ConcordanceRequest(SearchRequest(text="“全过程人民民主”"), sort="right"))

Ask after Django's apps are ready: lines are read from the database.
"""

from search.concordance.building import build_concordance
from search.concordance.counting import SpeechCount, count_in_speech
from search.concordance.exports import export_concordance, write_concordance_csv
from search.concordance.request import ConcordanceRequest
from search.concordance.result import Concordance, ConcordanceLine

__all__ = [
    "Concordance",
    "ConcordanceLine",
    "ConcordanceRequest",
    "SpeechCount",
    "build_concordance",
    "count_in_speech",
    "export_concordance",
    "write_concordance_csv",
]
