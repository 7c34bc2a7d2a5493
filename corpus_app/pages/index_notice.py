"""Whether the search index is behind the corpus, in words for the page frame."""

from __future__ import annotations

import logging

from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)


def describe_index_state() -> str:
    """Return a sentence where the index is not fresh, else an empty string; never raises."""
    try:
        from search import read_index_state

        status = read_index_state().status
    except Exception:
        # A frame that fails would hide every page behind a fault of the index.
        logger.exception("index state could not be read")
        return _("检索索引暂不可用，浏览不受影响。")
    return _describe(status)


def _describe(status: str) -> str:
    sentences = {
        "missing": _("检索索引尚未建立，暂时检索不到内容；浏览不受影响。"),
        "stale": _("检索索引正在更新，新近的改动可能暂时检索不到。"),
        "damaged": _("检索索引已损坏，等待修复；浏览不受影响。"),
    }
    return sentences.get(status, "")
