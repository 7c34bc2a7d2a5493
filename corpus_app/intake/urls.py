"""Addresses of the admin's desk."""

from django.urls import path

from corpus_app.intake import views

urlpatterns = [
    path("", views.upload_file, name="upload"),
    path("<int:speech_id>/", views.review_speech, name="review"),
]
