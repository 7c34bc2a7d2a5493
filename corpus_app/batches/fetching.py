"""One page fetched from the web for an editor: never from this machine's own networks."""

from __future__ import annotations

import http.client
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from corpus_app.batches.networks import is_public, resolve_host
from corpus_app.ingest.limits import describe_bytes, get_limits

PORTS: Final = {80, 443, 8080, 8443}
SUFFIXES: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/rtf": ".rtf",
    "text/rtf": ".rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/epub+zip": ".epub",
    "multipart/related": ".mht",
    "message/rfc822": ".mht",
}
# A server that knows no better sends any file as this; then its name decides.
UNKNOWN: Final = "application/octet-stream"
REDIRECTS: Final = {301, 302, 303, 307, 308}
HEADERS: Final = {"User-Agent": "Yanku/1.0", "Accept": "*/*", "Accept-Encoding": "identity"}
PIECE: Final = 64 * 1024


class FetchError(Exception):
    """Why a page was not fetched, in words for the editor."""


@dataclass(frozen=True)
class FetchLimits:
    """Bounds of one fetch, all its hops together; is_allowed judges each IP address."""

    seconds: float = field(default_factory=lambda: float(settings.FETCH_SECONDS))
    size: int = field(default_factory=lambda: get_limits().file_bytes)
    redirects: int = 3
    ports: frozenset[int] | None = frozenset(PORTS)
    is_allowed: Callable[[str], bool] = is_public


@dataclass(frozen=True)
class Fetched:
    """The bytes as the server sent them, a file name for them, and the address they came from."""

    data: bytes
    name: str
    url: str


def fetch_page(url: str, limits: FetchLimits | None = None) -> Fetched:
    """Return what is at the http(s) address; raise FetchError with the reason where it is not."""
    limits = limits or FetchLimits()
    deadline = time.monotonic() + limits.seconds
    for _hop in range(limits.redirects + 1):
        parts = check_url(url, limits)
        found = _ask(parts, limits, deadline)
        if isinstance(found, Fetched):
            return found
        url = urljoin(url, found)
    raise FetchError(_("网站转来转去，超过 %d 次，没有取回。") % limits.redirects)


def check_url(url: str, limits: FetchLimits) -> SplitResult:
    """Return the parts of an address that may be asked; raise FetchError for any other."""
    try:
        parts = urlsplit(url.strip())
        port = _find_port(parts)
    except ValueError:
        raise FetchError(_("这不是一个完整的网址。")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(_("只能取 http:// 或 https:// 开头的网址。"))
    if parts.username is not None or parts.password is not None:
        raise FetchError(_("网址里不能带用户名和密码。"))
    if limits.ports is not None and port not in limits.ports:
        raise FetchError(_("不取端口为 %d 的网址。") % port)
    return parts


def _find_port(parts: SplitResult) -> int:
    if parts.port is not None:
        return parts.port
    return 443 if parts.scheme == "https" else 80


def _ask(parts: SplitResult, limits: FetchLimits, deadline: float) -> Fetched | str:
    host = str(parts.hostname)
    try:
        address = _choose_address(host, _find_port(parts), limits)
        with _connect(parts, address, deadline) as connection:
            connection.request("GET", _write_target(parts), headers=HEADERS)
            return _read_answer(connection.getresponse(), parts, limits, deadline)
    except ssl.SSLError as error:
        raise FetchError(_("%s 的安全证书有问题，没有取回。") % host) from error
    except TimeoutError as error:
        raise FetchError(_tell_late(host, limits)) from error
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        if time.monotonic() >= deadline:
            raise FetchError(_tell_late(host, limits)) from error
        raise FetchError(_("连不上 %s：网站没有回应，或者本机没有连上外网。") % host) from error


def _choose_address(host: str, port: int, limits: FetchLimits) -> str:
    try:
        addresses = resolve_host(host, port)
    except (OSError, UnicodeError) as error:
        message = _("找不到 %s：请核对网址；本机没有连上外网时也会这样。")
        raise FetchError(message % host) from error
    # One local address among several is enough to refuse: the next question may get it.
    if not addresses or not all(map(limits.is_allowed, addresses)):
        raise FetchError(_("%s 指向本机或内部网络，不能取。") % host)
    return addresses[0]


@contextmanager
def _connect(
    parts: SplitResult, address: str, deadline: float
) -> Iterator[http.client.HTTPConnection]:
    """Give a connection to the checked IP address itself, cut off at the deadline."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    host, port = str(parts.hostname).encode("idna").decode(), _find_port(parts)
    plain = socket.create_connection((address, port), timeout=left)
    # Cuts a server off that sends a byte now and then, for which no single read is late.
    # The copy stays a way to the connection when TLS takes the socket over.
    handle = plain.dup()
    timer = threading.Timer(max(0.0, deadline - time.monotonic()), _cut, [handle])
    timer.daemon = True
    timer.start()
    connection = http.client.HTTPConnection(host, port)
    try:
        connection.sock = _secure(plain, host) if parts.scheme == "https" else plain
        yield connection
    finally:
        timer.cancel()
        connection.close()
        plain.close()
        handle.close()


def _cut(handle: socket.socket) -> None:
    try:
        handle.shutdown(socket.SHUT_RDWR)
    except OSError:
        # Closed already: the answer was read in time.
        return


def _secure(plain: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)


def _write_target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=?~-._")
    return f"{path}?{query}" if query else path


def _read_answer(
    answer: http.client.HTTPResponse, parts: SplitResult, limits: FetchLimits, deadline: float
) -> Fetched | str:
    if answer.status in REDIRECTS and answer.headers.get("Location"):
        return str(answer.headers["Location"])
    if answer.status != 200:
        raise FetchError(_("网站没有给出这一页（状态 %d）。") % answer.status)
    name = _name_file(parts, answer.headers.get_content_type())
    data = _read_body(answer, limits)
    if time.monotonic() >= deadline:
        raise TimeoutError
    return Fetched(data, name, parts._replace(fragment="").geturl())


def _read_body(answer: http.client.HTTPResponse, limits: FetchLimits) -> bytes:
    pieces, size = [], 0
    while piece := answer.read(PIECE):
        size += len(piece)
        if size > limits.size:
            message = _("这一页超过单个文件 %s 的上限，没有取回。")
            raise FetchError(message % describe_bytes(limits.size))
        pieces.append(piece)
    if answer.length:
        raise http.client.IncompleteRead(b"", answer.length)
    return b"".join(pieces)


def _name_file(parts: SplitResult, content_type: str) -> str:
    """Return a file name with the suffix of what came; raise FetchError for no document."""
    path = PurePosixPath(unquote(parts.path))
    stem = re.sub(r"[\x00-\x1f/\\]", "", path.stem)[:100]
    suffix = SUFFIXES.get(content_type)
    if content_type == UNKNOWN and path.suffix.lower() in SUFFIXES.values():
        suffix = path.suffix.lower()
    if suffix is None:
        raise FetchError(_("这个网址给出的是 %s，不是可以解析的文稿。") % content_type)
    return f"{stem or parts.hostname}{suffix}"


def _tell_late(host: str, limits: FetchLimits) -> str:
    return _("%(host)s 在 %(seconds)d 秒内没有答完，没有取回。") % {
        "host": host,
        "seconds": limits.seconds,
    }
