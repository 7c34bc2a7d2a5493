"""Addresses of the editors' review."""

from django.urls import path

from corpus_app.review.views import outline, review

urlpatterns = [
    path("<int:speech_id>/", review.review_speech, name="review"),
    path("<int:speech_id>/outline/", outline.edit_outline, name="review_outline"),
]
