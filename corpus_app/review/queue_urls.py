"""Addresses of the queue and of changes of many speeches."""

from django.urls import path

from corpus_app.review.views import bulk, queue

urlpatterns = [
    path("queue/", queue.show_queue, name="queue"),
    path("queue/next/", queue.show_next, name="queue_next"),
    path("queue/look/", queue.mark_speeches, name="queue_look"),
    path("bulk/", bulk.list_changes, name="bulk"),
    path("bulk/new/", bulk.start_change, name="bulk_new"),
    path("bulk/<int:change_id>/", bulk.show_change, name="bulk_change"),
    path("bulk/<int:change_id>/run/", bulk.run_change, name="bulk_run"),
]
