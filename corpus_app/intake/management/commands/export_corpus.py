"""Write the corpus, or what a query finds, into plain folders."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

import search
from corpus_app.intake.exchange.exporting import ExportError, Extent, export_corpus
from corpus_app.storage_trouble import describe_storage_trouble, name_storage_trouble

EXIT_BAD_QUERY = 2


class Command(BaseCommand):
    """Exit 0 when all was written, 1 where something could not be had, 2 for a wrong query."""

    help = "导出语料：一篇一个文件夹（原始文件、正文、JSON），一张全部信息的表；--tei 另加 TEI。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and the switches of the contract."""
        parser.add_argument("folder", metavar="DIR", help=_("空文件夹，或尚不存在"))
        help_text = _("只导出检索式找到的已发布讲话；不写则导出全部，含草稿")
        parser.add_argument("--query", metavar="QUERY", help=help_text)
        help_text = _("账号（不含密码）与摘编也一并导出；不能与 --query 同用")
        parser.add_argument("--people", action="store_true", help=help_text)
        parser.add_argument("--tei", action="store_true", help=_("另写 TEI（ParlaMint 的样式）"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the export and say what is in it."""
        query = options["query"]
        if query is not None and options["people"]:
            raise CommandError(_("--people 导出全库的账号与摘编，不能与 --query 同用。"))
        found = self._find(query) if query is not None else None
        extent = Extent(found, people=options["people"], tei=options["tei"])
        ids = extent.list_ids()
        folder = Path(options["folder"])
        with tqdm(total=len(ids), unit=_("篇"), disable=not sys.stderr.isatty()) as bar:
            try:
                missing = export_corpus(folder, extent, progress=bar.update)
            except ExportError as error:
                raise CommandError(str(error)) from error
            except OSError as error:
                trouble = name_storage_trouble(error)
                words = describe_storage_trouble(trouble) if trouble else str(error)
                raise CommandError(_("导出没有完成：%(reason)s") % {"reason": words}) from error
        for name in missing:
            self.stderr.write(_("原始文件缺失，没有导出：%(name)s") % {"name": name})
        message = _("已导出 %(count)d 篇到 %(path)s")
        self.stdout.write(message % {"count": len(ids), "path": folder})
        if missing:
            sys.exit(1)

    def _find(self, query: str) -> list[int]:
        try:
            return search.find_speech_ids(search.SearchRequest(text=query))
        except search.QueryError as error:
            message = _("检索式第 %(position)s 个字符处有误：%(reason)s")
            self.stderr.write(message % {"position": error.position + 1, "reason": error.reason})
            sys.exit(EXIT_BAD_QUERY)
