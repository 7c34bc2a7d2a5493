"""Answers that took longer than CORPUS_SLOW_SECONDS: the last ones, for admins to look at.

They lie in a small SQLite file beside the outcomes of jobs: the corpus's own database would have
readers wait for its writers, and what was typed must not stay in a log for ever.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from corpus_app.operations.records import FOLDER

logger = logging.getLogger(__name__)

FILE_NAME: Final = "slow.sqlite3"
# So many are kept, for so long; of a query so many characters.
MOST: Final = 500
KEPT_DAYS: Final = 14
QUERY_CHARS: Final = 200
SHOWN: Final = 50
# A writer waits so long for another, then lets it be.
_WAIT_SECONDS: Final = 0.5
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS slow (
    id INTEGER PRIMARY KEY, at REAL NOT NULL, seconds REAL NOT NULL,
    view TEXT NOT NULL, query TEXT NOT NULL
)
"""
_BOUND: Final = """
DELETE FROM slow WHERE at < ? OR id <= (SELECT max(id) FROM slow) - ?
"""
# The pages that people open; what no page has a name for is named as in the program.
_NAMES: Final[dict[str, Promise]] = {
    "home": gettext_lazy("首页"),
    "search": gettext_lazy("检索"),
    "search_export": gettext_lazy("导出检索结果"),
    "concordance_export": gettext_lazy("导出语境"),
    "trends_export": gettext_lazy("导出趋势"),
    "numbers": gettext_lazy("这里的数是什么意思"),
    "concordance": gettext_lazy("语境"),
    "trends": gettext_lazy("趋势"),
    "speech_list": gettext_lazy("讲话"),
    "speech": gettext_lazy("讲话"),
    "theme_list": gettext_lazy("主题"),
    "theme": gettext_lazy("主题"),
    "slogan_list": gettext_lazy("提法"),
    "slogan": gettext_lazy("提法"),
    "outline_bench": gettext_lazy("谋篇"),
    "openings": gettext_lazy("谋篇"),
    "parallels": gettext_lazy("谋篇"),
    "basket_list": gettext_lazy("摘编"),
    "basket": gettext_lazy("摘编"),
    "basket_export": gettext_lazy("导出摘编"),
    "check": gettext_lazy("校稿"),
    "saved_draft": gettext_lazy("校稿"),
    "upload": gettext_lazy("收文稿"),
    "batch": gettext_lazy("批次"),
    "queue": gettext_lazy("待校核文稿"),
    "review": gettext_lazy("校核"),
    "bulk_change": gettext_lazy("批量改动"),
    "registry_change": gettext_lazy("登记改动"),
}
_SEARCHES: Final = ("search", "concordance", "trends")
# Before the names of what programs ask.
_API: Final = "api:"
# What a query has that makes it dear: a regular expression, a prefix.
_DEAR: Final = re.compile(r"/[^/]+/|[*＊]")


@dataclass(frozen=True)
class SlowRequest:
    """An answer that took long: when, how many seconds, of which view, to which query if any."""

    at: datetime
    seconds: float
    view: str
    query: str = ""

    @property
    def name(self) -> str:
        """The page in words, where it has some; no address, for one may hold a secret."""
        name = self.view.removeprefix(_API)
        words = str(_NAMES.get(name, name))
        return _("接口：%s") % words if name != self.view else words

    @property
    def advice(self) -> str:
        """What to do about it."""
        if self.view.removeprefix(_API) not in _SEARCHES and not self.query:
            return _("经常出现时，看上面磁盘和索引是否正常，再看机器是否够用。")
        if _DEAR.search(self.query):
            return _("检索式里有正则式或通配符：再写一个确定的词，或者限定年份、地区。")
        return _("限定年份、地区等范围；经常出现时，加处理器或内存。")


def note_slow(request: HttpRequest, view: str, seconds: float) -> None:
    """Keep the request where it took too long; what can't be written is left out.

    Of a query its text is kept, for admins: without it nothing can be done about it.
    """
    if not settings.SLOW_SECONDS or seconds < settings.SLOW_SECONDS:
        return
    now, query = time.time(), request.GET.get("q", "")[:QUERY_CHARS]
    path = Path(settings.DATA_DIR) / FOLDER / FILE_NAME
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as base:
            base.execute("PRAGMA synchronous=OFF")
            base.execute("BEGIN IMMEDIATE")
            base.execute(_TABLE)
            row = (now, seconds, view, query)
            base.execute("INSERT INTO slow (at, seconds, view, query) VALUES (?, ?, ?, ?)", row)
            base.execute(_BOUND, (now - KEPT_DAYS * 86_400, MOST))
            base.execute("COMMIT")
    except (sqlite3.Error, OSError) as error:
        logger.warning("A slow answer of %s could not be noted: %s", view, error)
        if not isinstance(error, sqlite3.OperationalError | OSError):
            path.unlink(missing_ok=True)


def list_slow() -> list[SlowRequest]:
    """Return the last slow answers, the newest first; none where nothing can be read."""
    path = Path(settings.DATA_DIR) / FOLDER / FILE_NAME
    asked = "SELECT at, seconds, view, query FROM slow WHERE at >= ? ORDER BY id DESC LIMIT ?"
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as base:
            rows = base.execute(asked, (time.time() - KEPT_DAYS * 86_400, SHOWN)).fetchall()
    except sqlite3.Error:
        return []
    return [SlowRequest(datetime.fromtimestamp(row[0], UTC), *row[1:]) for row in rows]
