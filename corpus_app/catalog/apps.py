from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "corpus_app.catalog"
    verbose_name = _("文稿目录")
