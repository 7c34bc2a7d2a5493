"""Addresses of 校稿."""

from django.urls import path

from corpus_app.proofreading import views

urlpatterns = [
    path("", views.show_check, name="check"),
    path("text.docx", views.send_text, name="checked_text"),
]
