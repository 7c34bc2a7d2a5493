"""The first pages, asked for before the workers are forked: each finds made what all of them need.

What that makes (the dictionary, opened arrays, read templates and texts, suggestions, the counts of
the whole corpus) lies in memory that the workers share.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final
from urllib.parse import quote

logger = logging.getLogger(__name__)

# One page of each kind, so that each has read what it needs.
ADDRESSES: Final = (
    *("/", "/search/?q=人民", "/search/?q=代表+监督&unit=section", "/speeches/", "/themes/"),
    *("/slogans/", "/structure/", "/structure/openings/", "/structure/parallels/"),
    *("/structure/parallels/?form=sentence", "/concordance/?q=代表", "/trends/?expression=代表"),
    *("/suggest/?q=人", "/login/"),
)
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def warm_up(application: Application, host: str, *, https: bool) -> list[int]:
    """Ask for a page of each kind under the host's name; return their statuses, 0 where none came.

    A page that fails now fails for its readers too, who are told; the server starts all the same.
    """
    return [_ask(application, address, host, https) for address in ADDRESSES]


def _ask(application: Application, address: str, host: str, https: bool) -> int:
    path, _, query = address.partition("?")
    found: list[str] = []

    def begin(status: str, headers: Sequence[tuple[str, str]], problem: object = None) -> None:
        found.append(status)

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": quote(query, safe="=&+"),
        "SERVER_NAME": host,
        "SERVER_PORT": "443" if https else "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if https else "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if https:
        environ["HTTP_X_FORWARDED_PROTO"] = "https"
    try:
        answer = application(environ, begin)
        list(answer)
        close = getattr(answer, "close", None)
        if close is not None:
            close()
    except Exception:
        logger.warning("The page %s could not be prepared", address, exc_info=True)
    return int(found[0][:3]) if found else 0
