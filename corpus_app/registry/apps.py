from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "corpus_app.registry"
    verbose_name = _("主题与提法")

    def ready(self) -> None:
        """Have the worker measure what changes would do, and tag by those that are saved."""
        from corpus_app.intake.background import add_step
        from corpus_app.registry.running import work_off

        add_step(work_off)
