"""The site with pages that are large, for clients that do not read them."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from corpus_app.wsgi import application as site

PIECE, PIECES = b"x" * 65_536, 320
SIZE = len(PIECE) * PIECES


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    head = [("Content-Type", "text/plain")]
    if environ["PATH_INFO"] == "/streamed":
        start_response("200 OK", head)
        return stream()
    if environ["PATH_INFO"] == "/file":
        start_response("200 OK", [*head, ("Content-Length", str(SIZE))])
        return environ["wsgi.file_wrapper"](write_file(), 65_536)
    if environ["PATH_INFO"] == "/broken":
        start_response("200 OK", head)
        return break_off()
    return site(environ, start_response)


def stream() -> Iterator[bytes]:
    for _ in range(PIECES):
        yield PIECE


def break_off() -> Iterator[bytes]:
    yield PIECE
    raise RuntimeError("amid the answer")


def write_file() -> Any:
    found = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the server)
    found.write(PIECE * PIECES)
    found.seek(0)
    return found
