"""Pack the originals that lie as they came, as older versions left them all."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from corpus_app.catalog.uploads import list_unpacked, pack_stored


class Command(BaseCommand):
    """Exit 0 when all was looked at; may be broken off and begun again at any time."""

    help = "把旧版本原样存放的原始文件压缩存放，核对后才删去原样的；可随时中断，再执行即接着做。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Pack one after the other and say what that saved."""
        files = list_unpacked()
        saved, packed, failed = 0, 0, []
        for path in files:
            try:
                won = pack_stored(path)
            except FileNotFoundError:
                continue  # dropped meanwhile, or packed by another
            except OSError as error:
                failed.append(f"{path.name}：{error.strerror or error}")
                continue
            packed += won > 0
            saved += won
        values = {"count": packed, "saved": saved / 1e6, "left": len(files) - packed}
        words = _("压缩了 %(count)d 个原始文件，省出 %(saved).1f MB；%(left)d 个仍原样存放。")
        self.stdout.write(words % values)
        if failed:
            raise CommandError(_("没有压缩成，原样保留：") + "；".join(failed[:10]))
