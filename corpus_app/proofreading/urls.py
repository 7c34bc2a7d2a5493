"""Addresses of 校稿."""

from django.urls import path

from corpus_app.proofreading.views import checking, keeping

urlpatterns = [
    path("", checking.show_check, name="check"),
    path("text.docx", checking.send_text, name="checked_text"),
    path("revised.docx", checking.send_revised, name="revised_text"),
    path("drafts/", keeping.show_drafts, name="saved_drafts"),
    path("drafts/<int:number>/", keeping.show_draft, name="saved_draft"),
    path("drafts/<int:number>/delete/", keeping.delete, name="saved_draft_delete"),
    path("dismissed/", keeping.show_dismissed, name="dismissed_findings"),
]
