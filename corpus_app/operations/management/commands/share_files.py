"""Put the received files of this host's folder into the object storage that hosts share."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus_app.catalog.shared_files import ORIGINALS, STAGED, open_storage


class Command(BaseCommand):
    """Exit 0 when the storage has all; may be broken off and begun again at any time."""

    help = (
        "把本机文件夹里的原始文件和正在进来的文件存入 CORPUS_FILES_URL 所指的对象存储：改用对象存储"
        "以后、恢复备份以后各执行一次；已经在那里的不再传，可随时中断，再执行即接着做。"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Share one after the other and say how many there are."""
        if open_storage() is None:
            raise CommandError(_("没有设置 CORPUS_FILES_URL，文件就在本机的文件夹里。"))
        count, failed = 0, []
        for folder in (ORIGINALS, STAGED):
            for path in [*folder.list_here(), *folder.list_set_aside()]:
                try:
                    folder.share(path)
                    count += 1
                except FileNotFoundError:
                    continue  # settled meanwhile
                except OSError as error:
                    failed.append(f"{path.name}：{error}")
        self.stdout.write(_("对象存储里已有本机的 %(count)d 个文件。") % {"count": count})
        if failed:
            raise CommandError(_("没有存成：") + "；".join(failed[:10]))
