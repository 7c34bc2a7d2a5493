"""Addresses of the reader's pages."""

from django.urls import path
from django.views.generic import TemplateView

from corpus_app.pages.views import home, originals, search, slogans, speeches, themes

urlpatterns = [
    path("", home.show_home, name="home"),
    path("search/", search.show_results, name="search"),
    path("speeches/", speeches.list_speeches, name="speech_list"),
    path("speeches/<int:speech_id>/", speeches.show_speech, name="speech"),
    path(
        "speeches/<int:speech_id>/sections/<str:key>/",
        speeches.redirect_to_section,
        name="section",
    ),
    path("speeches/<int:speech_id>/original/", originals.send_original, name="speech_original"),
    path("themes/", themes.list_themes, name="theme_list"),
    path("themes/<slug:slug>/", themes.show_theme, name="theme"),
    path("numbers/", TemplateView.as_view(template_name="pages/numbers.html"), name="numbers"),
    path("slogans/", slogans.list_slogans, name="slogan_list"),
    path("slogans/<int:slogan_id>/", slogans.show_slogan, name="slogan"),
]
