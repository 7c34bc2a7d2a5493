from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "corpus_app.review"
    verbose_name = _("校核")

    def ready(self) -> None:
        """Have the worker go on with changes of many speeches."""
        from corpus_app.intake.background import add_step
        from corpus_app.review.bulk.applying import work_off

        add_step(work_off)
