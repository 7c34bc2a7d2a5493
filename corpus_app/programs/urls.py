"""Addresses that programs read."""

from django.urls import path

from corpus_app.programs.views import formats

urlpatterns = [
    path(
        "speeches/<int:speech_id>/formats/<str:form>",
        formats.send_speech,
        name="speech_format",
    ),
]
