"""Addresses of the pages for writers."""

from django.urls import path

from corpus_app.structure import views

urlpatterns = [
    path("", views.show_bench, name="outline_bench"),
    path("openings/", views.list_openings, name="openings"),
    path("parallels/", views.list_parallels, name="parallels"),
    path("speeches/<int:speech_id>/skeleton.txt", views.send_skeleton, name="skeleton_text"),
]
