"""Addresses; the public ones are fixed by the contract."""

from django.contrib import admin
from django.urls import include, path

from corpus_app.operations.metrics.views import report_metrics
from corpus_app.operations.probes import report_health, report_readiness
from corpus_app.operations.views import show_health

handler400 = "corpus_app.batches.views.refusing.answer_bad_request"
handler500 = "corpus_app.batches.views.refusing.answer_server_error"

urlpatterns = [
    path("", include("corpus_app.pages.urls")),
    path("", include("corpus_app.research.urls")),
    path("", include("corpus_app.programs.urls")),
    path("intake/", include("corpus_app.batches.urls")),
    path("intake/", include("corpus_app.review.urls")),
    path("intake/", include("corpus_app.review.queue_urls")),
    path("intake/", include("corpus_app.review.rule_urls")),
    path("intake/", include("corpus_app.review.site_urls")),
    path("intake/", include("corpus_app.registry.urls")),
    path("intake/", include("corpus_app.laws.urls")),
    path("structure/", include("corpus_app.structure.urls")),
    path("check/", include("corpus_app.proofreading.urls")),
    path("", include("corpus_app.desk.urls")),
    path("api/v1/", include("corpus_app.api.urls")),
    path("admin/", admin.site.urls),
    path("", include("corpus_app.accounts.urls")),
    path("healthz", report_health, name="healthz"),
    path("readyz", report_readiness, name="readyz"),
    path("metrics", report_metrics, name="metrics"),
    path("intake/health/", show_health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
]
