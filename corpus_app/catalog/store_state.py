"""Whether the program may work on a data folder: not on one that is newer, or half made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

# Lies in the folder of a corpus that is being restored.
UNFINISHED: Final = "restore.unfinished"


@dataclass(frozen=True)
class StoreTrouble:
    """Why the program must not serve a data folder, and in words what to do."""

    kind: Literal["unfinished", "newer", "half", "unmigrated"]
    message: str


def find_store_trouble() -> StoreTrouble | None:
    """Return what speaks against serving the data folder, None where nothing does.

    Raises DatabaseError where the database can't be read at all.
    """
    if Path(settings.DATA_DIR, UNFINISHED).exists():
        message = _("数据目录里有一次没有完成的恢复。请清空这个目录，再运行 manage.py restore。")
        return StoreTrouble("unfinished", message)
    executor = MigrationExecutor(connection)
    applied = executor.loader.applied_migrations
    unknown = list_unknown_migrations(executor.loader, applied)
    if unknown:
        message = _(
            "数据由更新版本的言库写成（%(name)s）。请改用该版本的程序；"
            "或把本版本时所做的备份恢复到另一个目录（manage.py restore 备份文件 --into 新目录），"
            "再把 CORPUS_DATA_DIR 改为新目录。"
        )
        return StoreTrouble("newer", message % {"name": unknown[0]})
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    planned = {(migration.app_label, migration.name) for migration, _backwards in plan}
    # One that is lacking below others that are there can't be made up for.
    left_out = set(executor.loader.graph.nodes) - set(applied) - planned
    missing = [*_list_missing_columns(executor.loader), *map(".".join, sorted(left_out))]
    if missing:
        message = _(
            "数据库升级只做了一半，缺少 %(name)s。请把升级前的备份恢复到另一个目录"
            "（manage.py restore 备份文件 --into 新目录），再把 CORPUS_DATA_DIR 改为新目录。"
        )
        return StoreTrouble("half", message % {"name": missing[0]})
    if plan:
        message = _("数据库还没有升级到本版本。请先运行 manage.py bootstrap。")
        return StoreTrouble("unmigrated", message)
    return None


def takes_writing() -> bool:
    """Return whether the database takes any now: not a server that stands by for another one.

    A file's writing is the disk's matter. Raises DatabaseError where the database can't be read.
    """
    if connection.vendor == "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only')")
        return bool(cursor.fetchone()[0] == "off")


def list_unknown_migrations(
    loader: MigrationLoader, applied: Iterable[tuple[str, str]]
) -> list[str]:
    """Return those of the applied migrations that this program does not have, as app.name."""
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    # Of packages that are installed: what a removed one left is no sign of a newer program.
    ours = {config.label for config in apps.get_app_configs()}
    return sorted(
        f"{app}.{name}" for app, name in applied if (app, name) not in known and app in ours
    )


def _list_missing_columns(loader: MigrationLoader) -> list[str]:
    """Return what the applied migrations promise and the database lacks, as table.column."""
    nodes = [key for key in loader.applied_migrations if key in loader.graph.nodes]
    if not nodes:
        return []
    state = loader.project_state(nodes)
    missing = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in state.apps.get_models():
            table = model._meta.db_table
            if not model._meta.managed:
                continue
            if table not in tables:
                missing.append(table)
                continue
            described = connection.introspection.get_table_description(cursor, table)
            present = {column.name for column in described}
            wanted = {str(field.column) for field in model._meta.local_concrete_fields}
            missing += [f"{table}.{name}" for name in sorted(wanted - present)]
    return missing
