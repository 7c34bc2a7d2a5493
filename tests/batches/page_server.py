"""A web server on this machine with pages good and bad, and limits under which it may be asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from corpus_app.batches.fetching import FetchLimits
from tests.catalog.speeches import WORK_CONFERENCE

PAGE = "<title>讲话</title><p>同志们：把群众的话带进会场。</p>".encode()
SPEECH = f"<title>{WORK_CONFERENCE.splitlines()[0]}</title>" + "".join(
    f"<p>{line}</p>" for line in WORK_CONFERENCE.splitlines()
)
# What the server at hand answers: status, headers, body.
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/a/speech.html": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/speech.html": (200, {"Content-Type": "text/html; charset=utf-8"}, SPEECH.encode()),
    "/moved": (302, {"Location": "/a/speech.html"}, b""),
    "/1": (302, {"Location": "/2"}, b""),
    "/2": (302, {"Location": "/3"}, b""),
    "/3": (302, {"Location": "/4"}, b""),
    "/4": (302, {"Location": "/a/speech.html"}, b""),
    "/inside": (302, {"Location": "http://169.254.169.254/latest/"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/tool.exe": (200, {"Content-Type": "application/octet-stream"}, b"MZ"),
    "/paper.docx": (200, {"Content-Type": "application/octet-stream"}, b"PK"),
    "/big": (200, {"Content-Type": "text/plain"}, b"x" * 5000),
    "/short": (200, {"Content-Type": "text/plain", "Content-Length": "900"}, b"half"),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/drip":
            self.drip()
            return
        status, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self) -> None:
        """Answer a byte now and then, so that no single read is late."""
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                time.sleep(0.05)
        except OSError:
            return

    def log_message(self, *args: Any) -> None:
        return


@contextmanager
def serve_pages() -> Iterator[str]:
    """Serve the pages for as long as the block lasts; yield the server's address."""
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=found.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{found.server_port}"
    finally:
        found.shutdown()
        thread.join()
        found.server_close()


def allow(**changes: Any) -> FetchLimits:
    """Return limits under which this machine itself may be asked."""
    near = {"is_allowed": lambda address: address == "127.0.0.1", "ports": None, "seconds": 5.0}
    return FetchLimits(**near | changes)
