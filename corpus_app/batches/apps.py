from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BatchesConfig(AppConfig):
    name = "corpus_app.batches"
    verbose_name = _("批次")
