from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BatchesConfig(AppConfig):
    name = "corpus_app.batches"
    verbose_name = _("批次")

    def ready(self) -> None:
        """Have check_corpus look at the staged bytes too."""
        from corpus_app.batches.checking import check_staging
        from corpus_app.intake.checking import add_check

        add_check(check_staging)
