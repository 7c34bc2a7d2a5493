"""Back the corpus up to one file, while the site runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus_app.operations.backups import BackupError, BackupReport, write_backup


class Command(BaseCommand):
    """Exit 0 when the archive was written and read back, 1 else."""

    help = "备份整个语料库到一个文件：数据库、原始文件和设置；网站照常运行，写完即校验。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file of the contract, and whether the index comes along."""
        parser.add_argument("file", metavar="FILE", help=_("备份文件（尚不存在）"))
        help_text = _("连同检索索引：备份更大，恢复时不必重建")
        parser.add_argument("--index", action="store_true", help=help_text)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the archive and say what is in it."""
        target = Path(options["file"])
        try:
            report = write_backup(target, with_index=options["index"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(describe_backup(report, target.stat().st_size))
        for name in report.missing:
            message = _("原始文件缺失，备份里也没有：%(name)s")
            self.stderr.write(message % {"name": name})


def describe_backup(report: BackupReport, size: int) -> str:
    """Return one sentence on what an archive of this size in bytes holds."""
    message = _("已备份并校验：讲话 %(speeches)d 篇，原始文件 %(originals)d 个，共 %(size).1f MB。")
    values = {"speeches": report.speeches, "originals": report.originals, "size": size / 1e6}
    return message % values
