"""Make the data folder ready to serve: run it before each start, it does what is left to do."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

import search
from corpus_app.catalog.changes import note_changes
from corpus_app.catalog.store_state import find_store_trouble, takes_writing
from corpus_app.data_folder import close_data_folder
from corpus_app.intake.accounts import (
    DEMO_ACCOUNTS,
    DEMO_PASSWORD,
    close_demo_accounts,
    make_demo_accounts,
)
from corpus_app.intake.importing.shipped import are_samples_loaded, load_registries, load_samples
from corpus_app.intake.indexing import index_pending, leave_index
from corpus_app.intake.quality.flags import refresh_missing
from corpus_app.intake.text_reuse.finding import record_missing
from corpus_app.outages import describe_outage
from corpus_app.storage_trouble import (
    describe_storage_trouble,
    find_storage_trouble,
)


class Command(BaseCommand):
    """Migrate, collect static files, load registries, accounts and samples, ready the index."""

    help = "准备数据目录：建表、收集静态文件、载入主题与提法、示例文稿，检查索引。可重复运行。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the switch that leaves the sample corpus out."""
        parser.add_argument("--no-samples", action="store_true", help=_("不载入示例文稿"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Do every step that has not been done yet."""
        self._say(_("数据目录：%(path)s") % {"path": settings.DATA_DIR})
        trouble = find_storage_trouble()
        if trouble is not None:
            self._leave_as_it_is(describe_storage_trouble(trouble))
            return
        close_data_folder(settings.DATA_DIR)
        if not takes_writing():
            call_command("collectstatic", interactive=False, verbosity=0)
            self._leave_as_it_is(describe_outage("reading_only"))
            return
        unfit = find_store_trouble()
        if unfit is not None and unfit.kind != "unmigrated":
            raise CommandError(unfit.message)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        changed = self._load_registries()
        self._prepare_accounts()
        self._find_text_reuse()
        loaded = False
        if settings.DEMO and not options["no_samples"] and not are_samples_loaded():
            loaded = self._load_samples()
        self._refresh_flags()
        self._prepare_index(changed, rebuild=loaded)

    def _leave_as_it_is(self, words: str) -> None:
        """Let the site start for readers where all is ready, else raise CommandError."""
        try:
            unfit = find_store_trouble()
        except DatabaseError as error:
            raise CommandError(words) from error
        if unfit is not None:
            raise CommandError(words)
        self.stderr.write(words)

    def _load_registries(self) -> list[int]:
        changed = load_registries(self._say)
        if changed:
            message = _("主题与提法已更新，重新标注 %(count)d 篇。")
            self._say(message % {"count": len(changed)})
        return changed

    def _find_text_reuse(self) -> None:
        count = record_missing()
        if count:
            self._say(_("已查找重复与同源文本，共 %(count)d 篇。") % {"count": count})

    def _prepare_accounts(self) -> None:
        if not settings.DEMO:
            for name in close_demo_accounts():
                self._say(_("已停用演示账号：%(name)s") % {"name": name})
            return
        make_demo_accounts()
        names = "、".join(account[0] for account in DEMO_ACCOUNTS)
        # Told at every start: who comes back after a month has forgotten them.
        values = {"names": names, "password": DEMO_PASSWORD}
        self._say(_("演示账号 %(names)s，密码均为 %(password)s") % values)

    def _load_samples(self) -> bool:
        self._say(_("首次启动，载入示例文稿……"))
        with leave_index():
            outcomes = load_samples(self._show_progress)
        for outcome in outcomes:
            if outcome.status != "imported":
                self._say(outcome.message)
        return bool(outcomes)

    def _refresh_flags(self) -> None:
        count = refresh_missing()
        if count:
            self._say(_("疑点已评估，共 %(count)d 篇。") % {"count": count})

    def _prepare_index(self, changed: list[int], *, rebuild: bool) -> None:
        try:
            self._bring_up_to_date(changed, rebuild=rebuild)
        except search.EngineUnreachableError:
            # The site starts for who reads; the worker repairs the index once it can.
            self.stderr.write(describe_outage("engine"))
            return
        state = search.read_index_state()
        message = _("索引就绪：%(speeches)d 篇、%(sections)d 个章节。")
        self._say(message % {"speeches": state.speeches, "sections": state.sections})

    def _bring_up_to_date(self, changed: list[int], *, rebuild: bool) -> None:
        note_changes(changed)
        if rebuild or not search.read_index_state().is_whole:
            self._say(_("建立检索索引……"))
            search.rebuild_index(self._show_progress, sparing=True)
        index_pending()
        search.repair_index()

    def _show_progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r  {done}/{total}", ending="\n" if done == total else "")
            self.stdout.flush()

    def _say(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
