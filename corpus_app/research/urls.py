"""Addresses of the research views."""

from django.urls import path

from corpus_app.research.views import (
    breakdown,
    comparing,
    concordance,
    dispersion,
    frequencies,
    hits,
    reuse,
    similar,
    spread,
    subcorpora,
    suggestions,
    trends,
)

urlpatterns = [
    path("concordance/", concordance.show_concordance, name="concordance"),
    path("concordance/export/", concordance.export_lines, name="concordance_export"),
    path("trends/", trends.show_trends, name="trends"),
    path("trends/export/", trends.export_points, name="trends_export"),
    path("breakdown/", breakdown.show_breakdown, name="breakdown"),
    path("breakdown/export/", breakdown.export_rows, name="breakdown_export"),
    path("collocates/", frequencies.show_collocates, name="collocates"),
    path("collocates/export/", frequencies.export_collocates, name="collocates_export"),
    path("forms/", frequencies.show_forms, name="forms"),
    path("forms/export/", frequencies.export_forms, name="forms_export"),
    path("keywords/", frequencies.show_keywords, name="keywords"),
    path("keywords/export/", frequencies.export_keywords, name="keywords_export"),
    path("ngrams/", frequencies.show_ngrams, name="ngrams"),
    path("ngrams/export/", frequencies.export_ngrams, name="ngrams_export"),
    path("dispersion/", dispersion.show_dispersion, name="dispersion"),
    path("dispersion/export/", dispersion.export_rows, name="dispersion_export"),
    path("spread/", spread.show_spread, name="spread"),
    path("spread/export/", spread.export_rows, name="spread_export"),
    path("search/export/", hits.export_hits, name="search_export"),
    path("speeches/<int:speech_id>/reuse/", reuse.show_reuse, name="speech_reuse"),
    path(
        "speeches/<int:speech_id>/reuse/export/", reuse.export_passages, name="speech_reuse_export"
    ),
    path(
        "speeches/<int:speech_id>/reuse/<int:other_id>/", reuse.show_pair, name="speech_reuse_pair"
    ),
    path("speeches/<int:speech_id>/compare/", comparing.choose_other, name="speech_compare"),
    path(
        "speeches/<int:speech_id>/compare/<int:other_id>/",
        comparing.show_comparison,
        name="speech_comparison",
    ),
    path(
        "speeches/<int:speech_id>/compare/<int:other_id>/export/",
        comparing.send_comparison,
        name="speech_comparison_export",
    ),
    path("similar/", similar.show_similar, name="similar_words"),
    path("similar/export/", similar.send_similar, name="similar_words_export"),
    path("subcorpora/", subcorpora.show_subcorpora, name="subcorpora"),
    path("subcorpora/new/", subcorpora.make_new, name="subcorpus_new"),
    path("subcorpora/<str:token>/", subcorpora.show_subcorpus, name="subcorpus"),
    path("subcorpora/<str:token>/change/", subcorpora.change_subcorpus, name="subcorpus_change"),
    path("suggest/", suggestions.send_suggestions, name="suggest"),
]
