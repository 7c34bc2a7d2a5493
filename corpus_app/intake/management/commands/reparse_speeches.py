"""Read stored originals again with today's reader; what people decided stays."""

from __future__ import annotations

import json
import logging
import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from corpus_app.ingest.sandbox.client import LostError
from corpus_app.intake.indexing import index_together
from corpus_app.intake.rereading.choosing import RereadingScope, choose_speeches
from corpus_app.intake.rereading.describing import STATES, describe_plan, list_plan
from corpus_app.intake.rereading.planning import RereadingPlan, plan_rereading
from corpus_app.intake.rereading.storing import BusySpeechError, load_speech, read_again

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Exit 0 where every original could be read, 1 where one could not or none was chosen."""

    help = "用现行读法重读已入库的原始文件；人工决定保留。--dry-run 只报告，不改动。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the switches of the contract."""
        several: dict[str, Any] = {"nargs": "+", "type": int, "action": "extend", "metavar": "ID"}
        parser.add_argument("--speech", **several, help=_("讲话编号，可写多个"))
        parser.add_argument("--batch", type=int, metavar="ID", help=_("一个批次的讲话"))
        parser.add_argument("--source", default="", metavar="NAME", help=_("一个来源的讲话"))
        parser.add_argument("--drafts", action="store_true", help=_("只重读草稿"))
        parser.add_argument("--dry-run", action="store_true", help=_("只报告，什么也不改"))
        parser.add_argument("--json", action="store_true", help=_("每篇输出一个 JSON 对象"))

    def handle(self, *args: Any, **options: Any) -> None:
        """Read each original; one that fails never stops the others."""
        scope = RereadingScope(
            speeches=options["speech"],
            batch=options["batch"],
            source=options["source"],
            drafts=options["drafts"],
        )
        chosen = list(choose_speeches(scope).values_list("pk", flat=True))
        self._report_unknown(options["speech"], chosen)
        counts: Counter[str] = Counter()
        bar = tqdm(chosen, unit=_("篇"), disable=not sys.stderr.isatty(), file=sys.stderr)
        with index_together() as gathering:
            for speech_id in bar:
                plan = _read(speech_id, dry=options["dry_run"])
                counts[plan.status] += 1
                with tqdm.external_write_mode(file=sys.stderr):
                    self._print(plan, as_json=options["json"])
        if gathering.failed:
            self.stderr.write(
                _("文稿已入库，但索引未能更新；请运行 manage.py check_corpus --repair。")
            )
        if not options["json"]:
            self._print_summary(counts, dry=options["dry_run"])
        if not chosen or counts["refused"]:
            sys.exit(1)

    def _report_unknown(self, asked: list[int] | None, chosen: list[int]) -> None:
        missing = sorted(set(asked or ()) - set(chosen))
        if missing and not chosen:
            numbers = "、".join(map(str, missing))
            raise CommandError(_("没有符合条件的讲话：编号 %(numbers)s。") % {"numbers": numbers})
        for number in missing:
            self.stderr.write(_("编号 %(id)d 不在所选范围内，未重读。") % {"id": number})

    def _print(self, plan: RereadingPlan, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(list_plan(plan), ensure_ascii=False))
            return
        title = {"title": plan.title, "id": plan.speech.pk}
        name = _("《%(title)s》（编号 %(id)d）") % title
        self.stdout.write(f"{name}{describe_plan(plan)}")

    def _print_summary(self, counts: Counter[str], *, dry: bool) -> None:
        if not counts:
            self.stdout.write(_("没有符合条件的讲话。"))
            return
        told = "，".join(f"{STATES[one]} {counts[one]}" for one in STATES if counts[one])
        message = _("共 %(total)d 篇：%(told)s。") % {"total": counts.total(), "told": told}
        self.stdout.write(message + (_("这是试读，什么也没有改。") if dry else ""))


def _read(speech_id: int, *, dry: bool) -> RereadingPlan:
    """Return what became of a speech, or would; whatever goes wrong is told as its outcome."""
    try:
        return plan_rereading(load_speech(speech_id)) if dry else read_again(speech_id)
    except LostError as error:
        message = error.message
    except BusySpeechError:
        message = _("此间一直有人在改")
    except Exception as error:
        logger.exception("Reading speech %s again failed", speech_id)
        message = _("重读时程序出错，未改动：%(error)s") % {"error": error}
    speech = load_speech(speech_id)
    return RereadingPlan(speech, "refused", message=message, title=speech.title)
