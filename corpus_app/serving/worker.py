"""gunicorn's worker with threads, which waits for slow clients in its main loop alone.

gunicorn's own (gthread) gives a thread to every connection that sent a byte, and waits there for
the rest of the request without a limit. Here the main loop reads requests whole and sends answers
to their end, under deadlines; a thread only ever makes an answer (docs/decisions/0015).
"""

from __future__ import annotations

import errno
import resource
import selectors
import socket
import sys
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any, Final

from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, ThreadWorker

from corpus_app.serving.connections import LEAVE_SECONDS, Connection, Doing, choose_to_close
from corpus_app.serving.framing import Refused
from corpus_app.serving.limits import read_limits
from corpus_app.serving.refusals import Refusals

_RECEIVE: Final = 256 * 1024
_LOOK_SECONDS: Final = 0.25
# How long a thread computes while others wait for their turn. A page takes a hundred turns (each
# query of the database ends one), so beside an export it waits a hundred times as long as this.
_TURN_SECONDS: Final = 0.0005
# Seconds to pass over what an application left unread of a body that lies here.
_DRAIN_SECONDS: Final = 5.0
_NO_FILES_LEFT: Final = {errno.EMFILE, errno.ENFILE}
_PASSING: Final = {errno.EAGAIN, errno.EWOULDBLOCK, errno.ECONNABORTED, errno.EINTR}
# A connection is a socket and a file for what it holds; the application opens some more.
_FILES_EACH, _FILES_BESIDE = 2, 256


class BufferingWorker(ThreadWorker):
    """Reads requests and sends answers in the main loop; makes answers in threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = read_limits()
        self.cfg.set("sendfile", False)
        self._connections: set[Connection] = set()
        self._looked = 0.0
        self._refusals: Refusals | None = None

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        """Refuse what this worker does not do; raise ValueError."""
        if cfg.is_ssl:
            raise ValueError("TLS ends at a proxy before this server: set no certificate here.")

    def init_process(self) -> None:
        """Make room for the open files that so many connections need."""
        self.worker_connections = allow_files(self.limits.connections)
        sys.setswitchinterval(_TURN_SECONDS)
        super().init_process()

    def load_wsgi(self) -> None:
        """Load the application, and what is said without it."""
        super().load_wsgi()
        self._refusals = Refusals(self.limits)

    def accept(self, listener: socket.socket) -> None:
        """Take a connection; where there are as many as may be, the least missed one goes."""
        try:
            found, client = listener.accept()
        except OSError as error:
            if error.errno in _NO_FILES_LEFT:
                self._shed()
            elif error.errno not in _PASSING:
                raise
            return
        conn = Connection(self.cfg, found, client, listener.getsockname(), self.limits)
        self._connections.add(conn)
        self.nr_conns += 1
        self._watch(conn, selectors.EVENT_READ, self._read)
        if self.nr_conns >= self.worker_connections:
            self._shed()

    def _shed(self) -> None:
        conn = choose_to_close(self._connections)
        if conn is not None:
            self._drop(conn)

    def _watch(self, conn: Connection, event: int, then: Callable[[Connection], None]) -> None:
        self._unwatch(conn)
        self.poller.register(conn.socket, event, partial(self._guard, then, conn))

    def _unwatch(self, conn: Connection) -> None:
        with suppress(KeyError, ValueError, OSError):
            self.poller.unregister(conn.socket)

    def _guard(self, then: Callable[[Connection], None], conn: Connection, _: object) -> None:
        """Do what is to be done for a connection; whatever fails ends that connection alone."""
        if not conn.is_open:
            return
        try:
            then(conn)
        except OSError:
            self._drop(conn)
        except Exception:
            self.log.exception("Error in a connection")
            self._drop(conn)

    def _read(self, conn: Connection) -> None:
        try:
            data = conn.socket.recv(_RECEIVE)
        except BlockingIOError:
            return
        if data:
            self._take(conn, data)
        else:
            self._drop(conn)

    def _take(self, conn: Connection, data: bytes) -> None:
        """Take in what came of a request; hand it to a thread once it is all here."""
        if conn.doing is not Doing.READING:
            conn.turn_to(Doing.READING)
        try:
            conn.rest = conn.incoming.take(data, time.monotonic())
        except Refused as refused:
            self._refuse(conn, refused.status)
        except OSError:
            self._refuse(conn, 507)
        except Exception as error:
            self.handle_error(None, conn.sock, conn.client, error)
            self._finish(conn, keep=False)
        else:
            self._go_on(conn)

    def _go_on(self, conn: Connection) -> None:
        if conn.incoming.is_complete:
            self._unwatch(conn)
            conn.turn_to(Doing.RUNNING)
            conn.sock.begin()
            self.enqueue_req(conn)
        elif conn.incoming.wants_word:
            conn.incoming.request._expected_100_continue = False
            conn.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _refuse(self, conn: Connection, status: int) -> None:
        assert self._refusals is not None
        self.log.info("Refused with %s: %s", status, conn.peer)
        conn.sock.begin()
        conn.sock.sendall(self._refusals.write(status, conn.incoming.head))
        self._finish(conn, keep=False)

    def handle(self, conn: Connection) -> bool:
        """Answer a request in a thread; return whether the connection may bring another."""
        incoming = conn.incoming
        # Its client has been told, or has sent the body without being told.
        incoming.request._expected_100_continue = False
        try:
            if not self.handle_request(incoming.request, conn):
                return False
        except StopIteration:
            return False
        except OSError as error:
            self.log.debug("A client went away: %s", error)
            return False
        except Exception as error:
            self.handle_error(incoming.request, conn.sock, conn.client, error)
            return False
        deadline = time.monotonic() + _DRAIN_SECONDS
        return bool(incoming.parser.finish_body(deadline=deadline)) and incoming.is_spent()

    def finish_request(self, conn: Connection, done: Future[bool]) -> None:
        """Send what a thread has made; called in the main loop."""
        keep = not done.cancelled() and done.exception() is None and done.result()
        self._guard(partial(self._finish, keep=keep), conn, None)

    def _finish(self, conn: Connection, keep: bool) -> None:
        conn.is_kept = keep
        conn.turn_to(Doing.SENDING)
        self._send(conn)
        if conn.doing is Doing.SENDING:
            self._watch(conn, selectors.EVENT_WRITE, self._send)

    def _send(self, conn: Connection) -> None:
        if not conn.sock.flush():
            return
        if not conn.is_kept:
            self._leave(conn)
            return
        rest, conn.rest = conn.rest, b""
        conn.expect_another(self.cfg.keepalive if self.alive else STOP_KEEPALIVE_LINGER)
        self._watch(conn, selectors.EVENT_READ, self._read)
        if rest:
            self._take(conn, rest)

    def _leave(self, conn: Connection) -> None:
        """End our side; pass over what still comes, or the client would lose the answer."""
        conn.socket.shutdown(socket.SHUT_WR)
        conn.incoming.close()
        conn.turn_to(Doing.LEAVING, LEAVE_SECONDS)
        self._watch(conn, selectors.EVENT_READ, self._pass_over)

    def _pass_over(self, conn: Connection) -> None:
        with suppress(BlockingIOError):
            if not conn.socket.recv(_RECEIVE):
                self._drop(conn)

    def _drop(self, conn: Connection) -> None:
        if conn.is_open:
            self._unwatch(conn)
            conn.close()
            self._connections.discard(conn)
            self.nr_conns -= 1

    def murder_pending(self) -> None:
        """End the connections whose time is over; called at every turn of the main loop."""
        now = time.monotonic()
        if now - self._looked < _LOOK_SECONDS:
            return
        self._looked = now
        for conn in list(self._connections):
            if conn.doing is Doing.SENDING:
                # The system tells of room only when a third is free, which a slow client
                # may take minutes for.
                self._guard(self._send, conn, None)
            if conn.is_open and conn.is_late(now):
                self._guard(self._expire, conn, None)
        self._make_room()

    def _expire(self, conn: Connection) -> None:
        if conn.doing is Doing.READING:
            self._refuse(conn, 408)
        else:
            self._drop(conn)

    def _make_room(self) -> None:
        """End what holds most, while all hold more than they may."""
        held = {each: each.held for each in self._connections if each.doing is not Doing.RUNNING}
        while held and sum(held.values()) > self.limits.held_bytes:
            conn = max(held, key=held.__getitem__)
            del held[conn]
            if conn.doing is Doing.READING:
                self._guard(partial(self._refuse, status=503), conn, None)
            else:
                self._drop(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """Let go of those who have no request here when the worker stops."""
        for conn in self._connections:
            if conn.doing is Doing.WAITING:
                conn.deadline = min(conn.deadline, deadline)


def allow_files(connections: int) -> int:
    """Raise this process's limit of open files; return how many connections it is enough for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections * _FILES_EACH + _FILES_BESIDE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    if soft == resource.RLIM_INFINITY:
        return connections
    return max(16, min(connections, (soft - _FILES_BESIDE) // _FILES_EACH))
