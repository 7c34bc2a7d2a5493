from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "corpus_app.access"
    verbose_name = _("访问与记录")
