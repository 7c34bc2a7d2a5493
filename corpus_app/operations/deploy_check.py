"""Names what a production start still lacks.

python -m corpus_app.operations.deploy_check    exits 1 where something is missing

A program of its own, for settings that are wrong would stop any command of manage.py.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import django
from django.core.exceptions import ImproperlyConfigured

# Free space that a rebuild of the index and an upload of a gigabyte leave.
LEAST_FREE: Final = 5 * 1024**3
Gap = str


def main() -> int:
    """Print what is missing, a line each; return the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "corpus_app.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        print(f"缺：{error}")
        return 1
    gaps = list(find_gaps())
    for gap in gaps:
        print(f"缺：{gap}")
    if not gaps:
        print("部署检查通过。")
    return int(bool(gaps))


def find_gaps() -> Iterator[Gap]:
    """Yield what is missing, in words with the way to mend it; the application is loaded."""
    for check in _CHECKS:
        yield from check()


def _check_settings() -> Iterator[Gap]:
    from django.conf import settings

    if settings.DEMO:
        yield "CORPUS_MODE 不是 production：演示账号的密码人人知道，只能在本机试用。"
    if not settings.HTTPS:
        yield "CORPUS_HTTPS 关闭：密码和会话在网络上不加密。前面应有 nginx 和证书。"
    if settings.HTTPS and not settings.CSRF_TRUSTED_ORIGINS:
        yield "CORPUS_TRUSTED_ORIGINS 未设：写明网站地址，如 https://yanku.example.cn。"
    if not settings.BACKUP_HOURS:
        yield "CORPUS_BACKUP_HOURS 为 0：没有定时备份。"
    if not settings.CHECK_HOURS:
        yield "CORPUS_CHECK_HOURS 为 0：没有定时核对。"


def _check_folders() -> Iterator[Gap]:
    from django.conf import settings

    data, backups = Path(settings.DATA_DIR), Path(settings.BACKUP_DIR)
    if not data.is_dir():
        yield f"数据目录 {data} 不存在：先运行 manage.py bootstrap。"
        return
    if data.is_relative_to(settings.BASE_DIR):
        yield f"数据目录 {data} 在程序目录里：升级程序时容易误删，请用 CORPUS_DATA_DIR 移出。"
    if stat.S_IMODE(data.stat().st_mode) & 0o077:
        yield f"数据目录 {data} 别人也能进：chmod 700。"
    if not os.access(data, os.W_OK):
        yield f"数据目录 {data} 不能写入。"
    if shutil.disk_usage(data).free < LEAST_FREE:
        yield f"数据目录所在磁盘的可用空间不足 {LEAST_FREE // 1024**3} GB。"
    place = next(one for one in (backups, *backups.parents) if one.exists())
    if place.stat().st_dev == data.stat().st_dev:
        yield f"备份 {backups} 与数据在同一块磁盘上：磁盘损坏时会一起丢失（CORPUS_BACKUP_DIR）。"
    if not os.access(place, os.W_OK):
        yield f"备份文件夹 {backups} 不能写入。"


def _check_store() -> Iterator[Gap]:
    from django.contrib.auth.models import User
    from django.db import DatabaseError

    import search
    from corpus_app.catalog.store_state import find_store_trouble
    from corpus_app.intake.accounts import DEMO_PASSWORD

    try:
        trouble = find_store_trouble()
        if trouble is not None:
            yield trouble.message
            return
        admins = User.objects.filter(is_superuser=True, is_active=True)
        if not admins.exists():
            yield "没有管理员：运行 manage.py createsuperuser。"
        for user in admins:
            if user.check_password(DEMO_PASSWORD):
                yield f"管理员 {user.username} 用的是演示密码。"
    except DatabaseError as error:
        yield f"数据库读不出来：{error}"
        return
    state = search.read_state_at_rest()
    if not state.is_whole:
        yield f"检索索引不可用（{state.detail}）：运行 manage.py bootstrap。"


_CHECKS: Final[tuple[Callable[[], Iterator[Gap]], ...]] = (
    _check_settings,
    _check_folders,
    _check_store,
)

if __name__ == "__main__":
    sys.exit(main())
