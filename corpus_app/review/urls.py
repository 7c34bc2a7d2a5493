"""Addresses of the editors' review."""

from django.urls import path

from corpus_app.review.views import review

urlpatterns = [
    path("<int:speech_id>/", review.review_speech, name="review"),
]
