from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProofreadingConfig(AppConfig):
    name = "corpus_app.proofreading"
    verbose_name = _("校稿")
