"""Compare database, received bytes and index, and mend what can be derived again."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from corpus_app.intake.checking import Finding, check_everything


class Command(BaseCommand):
    """Exit 0 when all agrees or was mended, 1 while a difference remains."""

    help = "核对数据库、原始文件与检索索引；--repair 修复索引和可以重新推导的内容。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the two switches."""
        parser.add_argument("--repair", action="store_true", help=_("修复可以修复的问题"))
        parser.add_argument("--json", action="store_true", help=_("每个问题输出一个 JSON 对象"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each difference as it is found."""
        found = repaired = 0
        for finding in check_everything(repair=options["repair"]):
            found += 1
            repaired += finding.repaired
            self._print(finding, as_json=options["json"])
        if not options["json"]:
            self._print_summary(found, repaired)
        if found > repaired:
            sys.exit(1)

    def _print(self, finding: Finding, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(finding), ensure_ascii=False))
            return
        speech = f"（{finding.speech}）" if finding.speech else ""
        state = _("已修复") if finding.repaired else _("待处理")
        self.stdout.write(f"[{state}] {finding.message}{speech}")

    def _print_summary(self, found: int, repaired: int) -> None:
        if not found:
            self.stdout.write(_("核对完毕：数据库、原始文件与索引一致。"))
            return
        message = _("核对完毕：发现 %(found)d 处不一致，已修复 %(repaired)d 处，余 %(left)d 处。")
        values = {"found": found, "repaired": repaired, "left": found - repaired}
        self.stdout.write(message % values)
        if found > repaired:
            self.stdout.write(_("可运行 manage.py check_corpus --repair 修复索引与可推导内容。"))
