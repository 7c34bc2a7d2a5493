from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "corpus_app.intake"
    verbose_name = _("入库")
