from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "corpus_app.operations"
    verbose_name = _("运行维护")

    def ready(self) -> None:
        """Have the worker see to backups and checks by the clock; keep count of searches."""
        from corpus_app.batches.upkeep import add_chore
        from corpus_app.operations.maintenance import start_due_jobs
        from corpus_app.operations.metrics.measures import count_searches

        add_chore(start_due_jobs)
        count_searches()
