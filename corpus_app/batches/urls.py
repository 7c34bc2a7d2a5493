"""Addresses for taking files in."""

from django.urls import path

from corpus_app.batches.views import (
    batch_pages,
    changing,
    front,
    pieces,
    receiving,
    rereadings,
    speech_table,
)

urlpatterns = [
    path("", front.upload_files, name="upload"),
    path("paste/", front.paste_text, name="paste"),
    path("fetch/", front.fetch_address, name="fetch"),
    path("uploads/", pieces.serve_uploads, name="piece_uploads"),
    path("uploads/<uuid:upload_id>/", pieces.serve_upload, name="piece_upload"),
    path("uploads/<uuid:upload_id>/forget/", pieces.forget_upload, name="piece_upload_forget"),
    path("batches/", batch_pages.show_list, name="batch_list"),
    path("batches/new/", receiving.open_batch, name="batch_new"),
    path("batches/bell/", batch_pages.show_bell, name="batch_bell"),
    path("batches/<int:batch_id>/", batch_pages.show_batch, name="batch"),
    path("batches/<int:batch_id>/files/", receiving.receive_file, name="batch_files"),
    path("batches/<int:batch_id>/table/", speech_table.set_up_table, name="batch_table"),
    path("batches/<int:batch_id>/change/", changing.change_batch, name="batch_change"),
    path("batches/<int:batch_id>/progress/", batch_pages.show_progress, name="batch_progress"),
    path("rereadings/", rereadings.list_rereadings, name="rereadings"),
    path("rereadings/new/", rereadings.begin_rereading, name="rereading_new"),
    path("rereadings/<int:rereading_id>/", rereadings.show_rereading, name="rereading"),
    path("rereadings/<int:rereading_id>/stop/", rereadings.stop_rereading, name="rereading_stop"),
]
