from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SlogansConfig(AppConfig):
    name = "corpus_app.slogans"
    verbose_name = _("提法")
