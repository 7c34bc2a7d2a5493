"""Addresses of the editors' review."""

from django.urls import path

from corpus_app.review.views import difference, outline, review, text

urlpatterns = [
    path("<int:speech_id>/", review.review_speech, name="review"),
    path("<int:speech_id>/text/", text.edit_text, name="review_text"),
    path("<int:speech_id>/difference/", difference.show_difference, name="review_difference"),
    path("<int:speech_id>/outline/", outline.edit_outline, name="review_outline"),
]
