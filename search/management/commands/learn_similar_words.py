"""manage.py learn_similar_words: learn from the corpus which words are used alike."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from search import is_learning_due, learn_similar


class Command(BaseCommand):
    """Learn; the worker does it by itself when the corpus changed enough."""

    help = "从本库文稿学习哪些词语用法相近（“相近的词”）；平时由后台自动进行"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--if-due", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Learn, unless too little changed and --if-due is given."""
        if options["if_due"] and not is_learning_due():
            self.stdout.write(_("文稿变化不大，无需重学。"))
            return
        learnt = learn_similar()
        if learnt is None:
            self.stdout.write(_("没有学习：文稿太少，或者另一进程正在学习。"))
            return
        words = {"count": len(learnt.names), "characters": learnt.characters}
        self.stdout.write(_("已学习 %(characters)d 字，词语 %(count)d 个。") % words)
