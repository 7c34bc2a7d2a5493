"""Services beside the program that are out of reach: told apart from faults, and said in words."""

from __future__ import annotations

from typing import Final, Literal

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from corpus_app.storage_trouble import list_causes

Outage = Literal["engine", "database", "files"]
# Seconds after which asking again is worth it.
RETRY_SECONDS: Final = 5
# PostgreSQL's classes of errors for a connection, and for a server that goes down or comes up.
_GONE: Final = ("08", "57P")


def name_outage(error: BaseException | None) -> Outage | None:
    """Return which service was out of reach when something failed, None where none was."""
    # Settings are not ready yet where this module is loaded by them.
    from corpus_app.catalog.shared_files import SharedStorageError
    from search import EngineUnreachableError

    for one in list_causes(error):
        if isinstance(one, EngineUnreachableError):
            return "engine"
        if isinstance(one, OperationalError | InterfaceError) and _is_gone(one):
            return "database"
        if isinstance(one, SharedStorageError):
            return "files"
    return None


def describe_outage(outage: Outage) -> str:
    """Return what can't be done now and what can, in a sentence or two."""
    if outage == "engine":
        return _("检索引擎暂时连接不上，现在不能检索；浏览不受影响。请稍后再试。")
    if outage == "files":
        return _("存放原始文件的存储暂时连接不上，已有的内容没有丢失。请稍后再试。")
    return _("数据库暂时连接不上，现在不能查阅，已有的内容没有丢失。请稍后再试。")


def _is_gone(error: BaseException) -> bool:
    """Tell whether a server of the database did not answer; a file beside the program is none."""
    cause = error.__cause__
    if cause is None or not type(cause).__module__.startswith("psycopg"):
        return False
    state = getattr(cause, "sqlstate", None)
    return state is None or state.startswith(_GONE)
