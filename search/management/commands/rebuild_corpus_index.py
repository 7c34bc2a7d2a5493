"""manage.py rebuild_corpus_index: build the search index anew while the old one serves."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from corpus_app.outages import describe_outage
from search import EngineUnreachableError, read_index_state, rebuild_index


class Command(BaseCommand):
    """Rebuild the index."""

    help = "重建检索索引；重建期间原索引照常可用"

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--if-needed", action="store_true")
        # Haystack's own rebuild_index takes this; asking is not needed, nothing is lost.
        parser.add_argument("--noinput", "--no-input", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, unless the index is fresh and --if-needed is given."""
        if options["if_needed"] and read_index_state().is_whole:
            self.stdout.write(_("索引完好，无需重建。"))
            return
        with tqdm(unit=_("篇"), disable=not sys.stderr.isatty()) as bar:

            def show(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                rebuild_index(show, sparing=options["if_needed"])
            except EngineUnreachableError as error:
                raise CommandError(describe_outage("engine")) from error
        state = read_index_state()
        message = _("索引已重建：讲话 %(speeches)s 篇，章节 %(sections)s 个。")
        self.stdout.write(message % {"speeches": state.speeches, "sections": state.sections})
