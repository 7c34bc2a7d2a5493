"""load_laws PATH: the texts of laws that drafts are checked against; no part of the corpus."""

from __future__ import annotations

import getpass
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus_app.laws.loading import load_laws
from corpus_app.laws.sources import UnreadableSourceError

_SHOWN: Final = 20


class Command(BaseCommand):
    """Exit 0 where something could be read, 1 where the path holds no law."""

    help = "载入法律文本，供校稿核对法律条文；不入库，不进检索。再次载入同样的文本不会重复。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to load."""
        parser.add_argument("path", metavar="PATH", help=_("文件夹、文本文件或 .tar.xz 等压缩包"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say what changed."""
        try:
            done = load_laws(Path(options["path"]), _name_user())
        except UnreadableSourceError as error:
            raise CommandError(_("读不出来（%s）。") % error) from error
        for name in done.left[:_SHOWN]:
            self.stderr.write(_("%s：没有找到条文，未载入。") % name)
        if len(done.left) > _SHOWN:
            self.stderr.write(_("另有 %d 个文件没有找到条文，未载入。") % (len(done.left) - _SHOWN))
        if not done.added + done.replaced + done.unchanged:
            raise CommandError(_("没有找到法律文本。"))
        numbers = {"added": done.added, "replaced": done.replaced, "unchanged": done.unchanged}
        self.stdout.write(
            _("新载入 %(added)d 部，更新 %(replaced)d 部，已有 %(unchanged)d 部。") % numbers
        )


def _name_user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # an account without a name, as in some containers
        return ""
