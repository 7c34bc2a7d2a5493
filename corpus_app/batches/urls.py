"""Addresses for taking files in."""

from django.urls import path

from corpus_app.batches import views

urlpatterns = [
    path("", views.upload_file, name="upload"),
]
