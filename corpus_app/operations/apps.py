from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "corpus_app.operations"
    verbose_name = _("运行维护")

    def ready(self) -> None:
        """Have the worker see to backups and checks by the clock."""
        from corpus_app.batches.upkeep import add_chore
        from corpus_app.operations.maintenance import start_due_jobs

        add_chore(start_due_jobs)
