"""Take in what waits; the server starts this by itself."""

from __future__ import annotations

import os
import signal
import threading
import time
from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus_app.batches.worker import run_worker, step_back
from corpus_app.catalog.store_state import find_store_trouble

WATCH_SECONDS: Final = 0.5
# A file begun is finished where that takes no longer than this.
FAREWELL_SECONDS: Final = 20.0


class Command(BaseCommand):
    """Runs until it is told to stop, or until its parent is gone."""

    help = "后台处理程序：处理等待中的批次文件和收件夹；make run 会自动启动它。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the way to end."""
        parser.add_argument("--once", action="store_true", help=_("处理完等待中的文件即退出"))
        parser.add_argument("--parent", type=int, default=0, help=_("随该进程结束而结束"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        trouble = find_store_trouble()
        if trouble is not None:
            raise CommandError(trouble.message)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_args: stop.set())
        if options["parent"]:
            threading.Thread(target=follow, args=(options["parent"], stop), daemon=True).start()
        step_back()
        done = run_worker(stop, once=options["once"])
        if options["once"]:
            self.stdout.write(_("处理了 %(count)d 个文件。") % {"count": done})


def follow(parent: int, stop: threading.Event) -> None:
    """Stop the worker once its parent is gone, however that ended; by force if it lingers."""
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    stop.set()
    time.sleep(FAREWELL_SECONDS)
    # The claim on the file is given up with the process.
    os._exit(1)
