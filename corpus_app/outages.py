"""Services beside the program that are out of reach: told apart from faults, and said in words."""

from __future__ import annotations

import sqlite3
from typing import Final, Literal

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from corpus_app.storage_trouble import list_causes

Outage = Literal["engine", "database", "files", "reading_only", "busy"]
# Seconds after which asking again is worth it.
RETRY_SECONDS: Final = 5
# What PostgreSQL's states of errors begin with. What is full is its disk's matter, not its crowd's
# (storage_trouble.py).
_STATES: Final[dict[Outage, tuple[str, ...]]] = {
    # A connection cut, by a limit of the server's too; a server that goes down or comes up.
    "database": ("08", "57P", "25P03", "25P04"),
    # One that stands by for another, as after a failover.
    "reading_only": ("25006",),
    # Too many at once, too long a wait, two that wait for each other, a standby that catches up.
    "busy": ("532", "533", "534", "55P03", "57014", "40001", "40P01"),
}
_LOCKED: Final = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_PRIMARY: Final = 0xFF


def name_outage(error: BaseException | None) -> Outage | None:
    """Return which service was out of reach when something failed, None where none was."""
    # Settings are not ready yet where this module is loaded by them.
    from corpus_app.catalog.shared_files import SharedStorageError
    from search import EngineUnreachableError

    for one in list_causes(error):
        if isinstance(one, EngineUnreachableError):
            return "engine"
        if isinstance(one, OperationalError | InterfaceError) and (found := _read_state(one)):
            return found
        if isinstance(one, SharedStorageError):
            return "files"
    return None


def describe_outage(outage: Outage) -> str:
    """Return what can't be done now and what can, in a sentence or two."""
    if outage == "engine":
        return _("检索引擎暂时连接不上，现在不能检索；浏览不受影响。请稍后再试。")
    if outage == "files":
        return _("存放原始文件的存储暂时连接不上，已有的内容没有丢失。请稍后再试。")
    if outage == "reading_only":
        return _(
            "数据库暂时只能读取，现在不能保存，已有的内容没有丢失；浏览和检索不受影响。请稍后再试。"
        )
    if outage == "busy":
        return _("数据库暂时忙不过来，这一步没有做完，已有的内容没有丢失。请稍后再试。")
    return _("数据库暂时连接不上，现在不能查阅，已有的内容没有丢失。请稍后再试。")


def _read_state(error: BaseException) -> Outage | None:
    """Return what a server of the database said; of a file all that passes is another writer."""
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return "busy" if getattr(cause, "sqlite_errorcode", 0) & _PRIMARY in _LOCKED else None
    if cause is None or not type(cause).__module__.startswith("psycopg"):
        return None
    state = getattr(cause, "sqlstate", None)
    if state is None:  # no server said anything, or none let us in
        return "database"
    return next((kind for kind, begins in _STATES.items() if state.startswith(begins)), None)
