"""Move the corpus to another database: from SQLite to PostgreSQL, and back."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus_app.batches.presence import is_worker_present
from corpus_app.database_url import FILE_NAME, VARIABLE, describe_server
from corpus_app.operations.moving import MoveError, fill_server, make_file
from corpus_app.operations.moving.folders import hold_folder
from corpus_app.operations.moving.places import describe_present, run_manage

FILE: Final = "sqlite"


class Command(BaseCommand):
    """Exit 0 when the moved corpus is whole, 1 else; what was there stays as it is."""

    help = "把整个语料库移到另一个空的数据库（SQLite 与 PostgreSQL 互移），逐表核对；请先停止网站。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address of the target, and where its files shall lie."""
        to = _("postgresql://用户:密码@主机:端口/库名；或 sqlite（数据目录里的文件），")
        to += _("或 sqlite:///目录/corpus.sqlite3")
        parser.add_argument("--to", required=True, metavar="URL", help=to)
        into = _("另一个空的数据目录：原始文件和索引一并复制过去；不写则文件留在原处")
        parser.add_argument("--into", metavar="DIR", help=into)

    def handle(self, *args: Any, **options: Any) -> None:
        """Copy the rows, compare them, then check the corpus on its new database."""
        folder = Path(options["into"] or settings.DATA_DIR).absolute()
        try:
            address, folder = _read_target(options["to"], folder)
            if is_worker_present():
                raise MoveError(_("网站或后台任务还在运行，请先停止再移动。"))
            with hold_folder(folder):
                counts = _move(address, folder)
        except (MoveError, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error
        message = _("已移动并逐表核对：%(tables)d 个表，共 %(rows)d 行；讲话 %(speeches)d 篇。")
        values = {"tables": len(counts), "rows": sum(counts.values())}
        self.stdout.write(message % {**values, "speeches": counts["catalog_speech"]})
        self.stdout.flush()
        if run_manage(folder, address, "check_corpus", told=True):
            self.stderr.write(_("移动以后核对发现上述问题；原来的数据库没有改动。"))
            sys.exit(1)
        self._tell_next(address, folder)

    def _tell_next(self, address: str, folder: Path) -> None:
        if address:
            self.stdout.write(_("以后启动请设 %(name)s 为目标地址。") % {"name": VARIABLE})
        else:
            self.stdout.write(_("以后启动请不要再设 %(name)s。") % {"name": VARIABLE})
        if folder != Path(settings.DATA_DIR):
            self.stdout.write(_("并把 CORPUS_DATA_DIR 设为 %(path)s。") % {"path": folder})
        self.stdout.write(_("原来的数据库没有改动，确认无误后可自行删除。"))


def _read_target(url: str, folder: Path) -> tuple[str, Path]:
    """Return the server's address, "" for a file, and the folder that the files lie in."""
    if url == FILE:
        return "", folder
    if urlsplit(url).scheme != FILE:
        describe_server(url)
        return url, folder
    path = Path("/", unquote(urlsplit(url).path).lstrip("/"))
    if path.name != FILE_NAME:
        message = _("SQLite 的文件名只能是 %(name)s，写作 sqlite:///目录/%(name)s。")
        raise MoveError(message % {"name": FILE_NAME})
    return "", path.parent


def _move(address: str, folder: Path) -> dict[str, int]:
    if address:
        return fill_server(describe_present(), address, folder, alone=True)
    target = folder / FILE_NAME
    if target.exists():
        message = _("%(path)s 已经存在，没有移动；请先把它移开。")
        raise MoveError(message % {"path": target})
    return make_file(target, alone=True)
