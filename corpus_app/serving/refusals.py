"""What a client reads whose request never reaches the application."""

from __future__ import annotations

import json
import re
from http import HTTPStatus
from typing import Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy

from corpus_app.serving.limits import MEGABYTE, ConnectionLimits

_KINDS: Final = {
    400: (
        gettext_lazy("请求有误"),
        gettext_lazy(
            "服务器不能识别这个请求。由程序发送的，请检查请求的写法；地址里的汉字须按 UTF-8 编码。"
        ),
    ),
    408: (
        gettext_lazy("请求超时"),
        gettext_lazy("请求没有在规定时间内发送完，连接已经关闭。请检查网络后重试。"),
    ),
    413: (
        gettext_lazy("所发内容过大"),
        gettext_lazy("一次发送的内容不能超过 %(most)s MB，请分几次发送。"),
    ),
    414: (
        gettext_lazy("地址过长"),
        gettext_lazy("检索式最多 2000 字。请缩短检索式，或者减少筛选条件。"),
    ),
    431: (
        gettext_lazy("请求头过大"),
        gettext_lazy("浏览器随请求发送的信息过多。请清除本站的 Cookie 后重试。"),
    ),
    503: (
        gettext_lazy("服务器繁忙"),
        gettext_lazy("同时进行的传送过多，这次所发内容没有收下。请稍后再试。"),
    ),
    507: (
        gettext_lazy("服务器存储空间不足"),
        gettext_lazy("这次所发内容没有收下。请告知管理员，稍后再试。"),
    ),
}
_API: Final = re.compile(rb"[A-Z]+ /api/")
_ENGLISH: Final = re.compile(rb"\naccept-language:[ \t]*en\b", re.IGNORECASE)


class Refusals:
    """The answers, made once: nothing is left to do while a client waits."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self._made: dict[tuple[int, str, bool], tuple[bytes, bytes]] = {}
        most = limits.body_bytes // MEGABYTE
        for language in ("zh-hans", "en"):
            with translation.override(language):
                for status, (title, words) in _KINDS.items():
                    texts = (str(title), str(words) % {"most": most})
                    self._made[status, language, False] = _make_page(status, *texts)
                    self._made[status, language, True] = _make_problem(status, *texts)

    def write(self, status: int, head: bytes) -> bytes:
        """Return the whole answer to a request of which head has come."""
        language = "en" if _ENGLISH.search(head) else "zh-hans"
        top, body = self._made[status, language, _API.match(head) is not None]
        return top if head.startswith(b"HEAD ") else top + body


def _make_page(status: int, title: str, words: str) -> tuple[bytes, bytes]:
    page = render_to_string("refused.html", {"title": title, "words": words})
    return _frame(status, "text/html; charset=utf-8", page)


def _make_problem(status: int, title: str, words: str) -> tuple[bytes, bytes]:
    problem = {"type": "about:blank", "title": title, "status": status, "detail": words}
    return _frame(status, "application/problem+json", json.dumps(problem, ensure_ascii=False))


def _frame(status: int, kind: str, text: str) -> tuple[bytes, bytes]:
    body = text.encode()
    top = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Connection: close",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; "
        "img-src 'self'; base-uri 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        *(["Retry-After: 30"] if status in (503, 507) else []),
    ]
    return ("\r\n".join(top) + "\r\n\r\n").encode("ascii"), body
