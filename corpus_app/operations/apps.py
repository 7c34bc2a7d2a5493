from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationsConfig(AppConfig):
    name = "corpus_app.operations"
    verbose_name = _("运行维护")

    def ready(self) -> None:
        """Have the worker see to backups, checks and the record; keep count of searches."""
        from corpus_app.batches.upkeep import add_chore
        from corpus_app.operations.learning import learn_when_due
        from corpus_app.operations.maintenance import start_due_jobs
        from corpus_app.operations.metrics.measures import count_searches
        from corpus_app.operations.record_archive import archive_when_due

        add_chore(start_due_jobs)
        add_chore(archive_when_due)
        add_chore(learn_when_due)
        count_searches()
