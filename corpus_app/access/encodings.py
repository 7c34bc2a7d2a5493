"""In what encoding a request is read: one that makes characters of bytes, whatever it names."""

from __future__ import annotations

import codecs
from typing import Any, Final

from django.core.handlers.wsgi import WSGIRequest
from django.utils.http import parse_header_parameters

# By the names that Python gives them. Its others make halves of characters (unicode_escape, utf-7)
# or no text at all (hex), with which neither a database nor an answer can go on.
_READ: Final = {
    *("utf-8", "ascii", "gb2312", "gbk", "gb18030", "hz", "big5", "big5hkscs", "cp950"),
    *("iso8859-1", "cp1252"),
}


class ReadableRequest(WSGIRequest):
    """A request read as UTF-8 where it names what no writer of Chinese would."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(
            meta.get("CONTENT_TYPE", "")
        )
        named = self.content_params.get("charset", "")
        if _is_read(named):
            self.encoding = named


def _is_read(named: str) -> bool:
    try:
        return codecs.lookup(named).name in _READ
    except (LookupError, ValueError):
        return False
