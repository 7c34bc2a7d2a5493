from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from corpus_app.ingest.limits import set_limits


class IntakeConfig(AppConfig):
    name = "corpus_app.intake"
    verbose_name = _("入库")

    def ready(self) -> None:
        """Hand the bounds in the settings to the parser, which knows no settings."""
        from corpus_app.intake.text_reuse.duplicates import follow_signatures

        set_limits(settings.UPLOAD_LIMITS)
        follow_signatures()
