from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubcorporaConfig(AppConfig):
    name = "corpus_app.subcorpora"
    verbose_name = _("子语料库")
