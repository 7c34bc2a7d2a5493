"""Addresses of the queue and of changes of many speeches."""

from django.urls import path

from corpus_app.review.views import bulk, queue, tables

urlpatterns = [
    path("queue/", queue.show_queue, name="queue"),
    path("queue/next/", queue.show_next, name="queue_next"),
    path("queue/look/", queue.mark_speeches, name="queue_look"),
    path("bulk/", bulk.list_changes, name="bulk"),
    path("bulk/new/", bulk.start_change, name="bulk_new"),
    path("bulk/table/", tables.upload_table, name="bulk_table"),
    path("bulk/table/rows/", tables.download_table, name="bulk_table_rows"),
    path("bulk/<int:change_id>/", bulk.show_change, name="bulk_change"),
    path("bulk/<int:change_id>/run/", bulk.run_change, name="bulk_run"),
]
