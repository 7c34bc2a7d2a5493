from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgramsConfig(AppConfig):
    name = "corpus_app.programs"
    verbose_name = _("其他程序")
