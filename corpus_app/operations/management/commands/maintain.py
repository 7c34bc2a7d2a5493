"""Do a job that the worker does by the clock, for a clock of one's own."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus_app.operations.maintenance import JOBS, do_job


class Command(BaseCommand):
    """Exit 0 when all went well, 1 where a backup failed or damage was found."""

    help = "执行一项日常维护：backup 备份并清理旧备份，check 全面核对；结果见“运行状况”页。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the jobs."""
        parser.add_argument("jobs", nargs="+", choices=JOBS, help=_("要执行的任务"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one after the other."""
        troubles = [trouble for job in options["jobs"] if (trouble := do_job(job))]
        if troubles:
            raise CommandError("\n".join(troubles))
