"""Make a corpus of a backup, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

import search
from corpus_app.catalog.store_state import UNFINISHED
from corpus_app.database_url import FILE_NAME, describe_file
from corpus_app.intake.checking import Finding, check_everything
from corpus_app.intake.indexing import index_pending
from corpus_app.operations.backups import BackupError, extract_backup
from corpus_app.operations.moving import MoveError, check_empty, fill_server
from corpus_app.operations.moving.places import (
    describe_present,
    migrate_database,
    write_present_url,
)

# Whatever is found here can be mended by the program; the rest waits for a person's word.
HELD = {"database", "uploads", "staging", "derived", "index"}


class Command(BaseCommand):
    """Exit 0 when the restored corpus is whole, 1 else."""

    help = "从备份恢复整个语料库到一个空文件夹，重建索引，最后核对一遍。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the archive and the folder of the contract."""
        parser.add_argument("file", metavar="FILE", help=_("备份文件"))
        parser.add_argument("--into", metavar="DIR", help=_("空文件夹；不写则为当前数据目录"))
        # A second process, for settings are read once: this one may have another data folder.
        parser.add_argument("--finish", action="store_true", help=SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        """Unpack the archive, then bring the corpus up in a process that works on its folder."""
        if options["finish"]:
            self._finish()
            return
        folder = Path(options["into"] or settings.DATA_DIR).absolute()
        try:
            if connection.vendor != "sqlite":
                check_empty(describe_present())
            report = extract_backup(Path(options["file"]), folder)
        except (BackupError, MoveError) as error:
            raise CommandError(str(error)) from error
        message = _("已解开 %(made_at)s 的备份：讲话 %(speeches)d 篇。")
        self.stdout.write(message % {"made_at": report.made_at, "speeches": report.speeches})
        self.stdout.flush()
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore", "--finish"]
        # With the key of this process: it would make the folder one of its own, which nobody asked
        # for and which a start in production never reads.
        environment = os.environ | {
            "CORPUS_DATA_DIR": str(folder),
            "CORPUS_SECRET_KEY": settings.SECRET_KEY,
        }
        done = subprocess.run([*command, options["file"]], env=environment, check=False)
        if done.returncode:
            sys.exit(done.returncode)
        self.stdout.write(_("恢复完成：%(path)s") % {"path": folder})

    def _finish(self) -> None:
        if connection.vendor != "sqlite":
            self._fill_server(Path(settings.DATA_DIR, FILE_NAME))
        call_command("migrate", interactive=False, verbosity=0)
        # An index that came along is a little older than the database.
        index_pending()
        search.repair_index()
        Path(settings.DATA_DIR, UNFINISHED).unlink(missing_ok=True)
        found = list(check_everything())
        if any(finding.area in HELD for finding in found):
            list(check_everything(repair=True))
            found = list(check_everything())
        left = [finding for finding in found if finding.area in HELD]
        self._tell(found)
        if left:
            sys.exit(1)

    def _fill_server(self, file: Path) -> None:
        """Move the rows of the restored file to the server's database, today's tables first."""
        try:
            migrate_database(file.parent, "")
            fill_server(describe_file(file.parent), write_present_url(), file.parent, alone=True)
        except MoveError as error:
            raise CommandError(str(error)) from error
        for left in file.parent.glob(f"{file.name}*"):
            left.unlink()

    def _tell(self, found: list[Finding]) -> None:
        for finding in found:
            self.stdout.write(f"[{_('待处理')}] {finding.message}")
        if not found:
            self.stdout.write(_("核对完毕：数据库、原始文件与索引一致。"))
