from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ThemesConfig(AppConfig):
    name = "corpus_app.themes"
    verbose_name = _("主题")
