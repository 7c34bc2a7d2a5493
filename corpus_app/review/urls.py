"""Addresses of the editors' review."""

from django.urls import path

from corpus_app.review.views import (
    access,
    compare,
    difference,
    disputes,
    files,
    history,
    mentions,
    outline,
    review,
    samples,
    splitting,
    text,
    themes,
)

urlpatterns = [
    path("<int:speech_id>/", review.review_speech, name="review"),
    path("<int:speech_id>/access/", access.set_access, name="review_access"),
    path("<int:speech_id>/text/", text.edit_text, name="review_text"),
    path("<int:speech_id>/difference/", difference.show_difference, name="review_difference"),
    path("<int:speech_id>/outline/", outline.edit_outline, name="review_outline"),
    path("<int:speech_id>/history/", history.show_history, name="review_history"),
    path("<int:speech_id>/history/restore/", history.restore_state, name="review_restore"),
    path("<int:speech_id>/compare/<int:other_id>/", compare.compare_speeches, name="compare"),
    path(
        "<int:speech_id>/compare/<int:other_id>/filled/", compare.fill_from_other, name="fill_gaps"
    ),
    path("<int:speech_id>/files/<int:upload_id>/", files.decide_file, name="review_file"),
    path("<int:speech_id>/split/", splitting.split_speech, name="review_split"),
    path("<int:speech_id>/mentions/", mentions.decide_mention, name="review_mention"),
    path("<int:speech_id>/themes/", themes.decide_theme, name="review_theme"),
    path("<int:speech_id>/themes/similar/", themes.propose_similar, name="theme_similar"),
    path("<int:speech_id>/head/", disputes.settle_head, name="review_head"),
    path("samples/remove/", samples.remove_samples, name="samples_remove"),
    path("joinings/<int:joining_id>/part/", compare.part_speeches, name="part_speeches"),
]
