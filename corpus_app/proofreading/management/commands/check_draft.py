"""check_draft FILE...: what is to be looked at in drafts; nothing is stored."""

from __future__ import annotations

import io
import json
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import check_size
from corpus_app.proofreading.checking import check_draft
from corpus_app.proofreading.commenting import comment_docx
from corpus_app.proofreading.draft_days import read_day
from corpus_app.proofreading.drafts import read_draft
from corpus_app.proofreading.findings import CheckedDraft
from corpus_app.proofreading.word_file import NotWordError


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that was read, its bytes, and what was found."""

    data: bytes
    checked: CheckedDraft


class Command(BaseCommand):
    """Exit 0 whatever is found, 1 where a file was refused."""

    help = "对照语料库校核稿件：提法、引文、残留、提纲、标点。不保存任何内容。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the switches of the contract."""
        parser.add_argument("files", nargs="+", metavar="FILE", help=_("要校核的稿件"))
        parser.add_argument("--as-of", default="", metavar="DATE", help=_("按哪一天的说法校核"))
        parser.add_argument("--place", default="", metavar="NAME", help=_("稿件所属的地方"))
        parser.add_argument("--json", action="store_true", help=_("每份稿件输出一个 JSON 对象"))
        parser.add_argument("--docx", default="", metavar="OUT", help=_("另存带批注的 Word 文件"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Check each file in turn; one that is refused never stops the others."""
        if options["as_of"] and read_day(options["as_of"]) is None:
            raise CommandError(_("日期写作 2026-05-12、2026-05 或 2026。"))
        if options["docx"] and len(options["files"]) > 1:
            raise CommandError(_("--docx 一次只能带一份稿件。"))
        if self.stdout._out is sys.stdout and isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        refused = 0
        for name in options["files"]:
            try:
                found = _check(name, options["as_of"], options["place"])
            except RejectedFile as refusal:
                refused += 1
                self._refuse(name, refusal, as_json=options["json"])
                continue
            self._print(name, found.checked, as_json=options["json"])
            if options["docx"]:
                self._save(found, options["docx"])
        if refused:
            raise SystemExit(1)

    def _refuse(self, name: str, refusal: RejectedFile, *, as_json: bool) -> None:
        if as_json:
            error = {"code": refusal.code, "message": refusal.message}
            self.stdout.write(json.dumps({"file": name, "error": error}, ensure_ascii=False))
        else:
            self.stderr.write(f"{name}：{refusal.message}")

    def _print(self, name: str, checked: CheckedDraft, *, as_json: bool) -> None:
        if as_json:
            answer = {"file": name, **checked.to_json()}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        checked = checked.drop_unlikely()
        self.stdout.write(
            _("%(file)s：%(count)d 处") % {"file": name, "count": len(checked.findings)}
        )
        for one in checked.findings:
            line = checked.text.count("\n", 0, one.start) + 1
            advice = "" if one.suggestion is None else f" → {one.suggestion}"
            self.stdout.write(f"  {line}：{one.text}{advice}  {one.message}")
        sources = checked.sources
        shares = [round(100 * part) for part in (sources.borrowed, sources.quoted, sources.formula)]
        self.stdout.write(
            _("  与已发布讲话相同：借用 %(borrowed)d%%，引文 %(quoted)d%%，套语 %(formula)d%%")
            % dict(zip(("borrowed", "quoted", "formula"), shares, strict=True))
        )
        for words in checked.not_checked:
            self.stdout.write(_("  没有校核：%s") % words)

    def _save(self, found: CheckedFile, target: str) -> None:
        shown = found.checked.drop_unlikely()
        try:
            data, lost = comment_docx(found.data, shown.text, shown.findings)
        except NotWordError as error:
            raise CommandError(_("只有 .docx 稿件可以加批注。")) from error
        Path(target).write_bytes(data)
        if lost:
            self.stderr.write(_("有 %d 处在文件里找不到位置，没有加批注。") % lost)


def _check(name: str, day: str, place: str) -> CheckedFile:
    """Return what was found in a file; RejectedFile where it can't be read."""
    path = Path(name)
    try:
        check_size(path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise RejectedFile("damaged", _("文件读不出来（%s）。") % error) from error
    return CheckedFile(data, check_draft(read_draft(data, path.name, day=day, place=place)))
