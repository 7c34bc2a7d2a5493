"""The way to the warm process: it is started when first needed, and anew where it was lost."""

from __future__ import annotations

import atexit
import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Final

from corpus_app.ingest.draft import RejectedFile
from corpus_app.ingest.limits import MEGABYTE
from corpus_app.ingest.sandbox.messages import EXIT_CODE
from corpus_app.ingest.sandbox.process import TimeUpError, make_environment

SERVER: Final = "corpus_app.ingest.sandbox.server"
SIGN: Final = b"r"
LOST: Final = "读取程序中途被系统终止（可能是内存不足），文件没有读完，请稍后重试。"
# Beyond a reader's own bound on time: for the start of the warm process, and for a busy machine.
GRACE_SECONDS: Final = 30
# What no draft of the longest text comes near.
MOST_ANSWERED: Final = 512 * MEGABYTE


class LostError(RejectedFile):
    """The warm process is gone, and with it the answer; nothing is said against the file."""

    def __init__(self) -> None:
        super().__init__("damaged", LOST)


class Client:
    """One warm process of this process; safe to be asked by several threads at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def ask(self, parts: list[bytes], seconds: int) -> tuple[bytes, int]:
        """Return what a new reader answers to the parts, and its exit code (a signal's below 0).

        Raises TimeUpError for a reader that outlives its bounds, LostError where the warm process
        was lost twice.
        """
        try:
            return self._ask_once(parts, seconds)
        except LostError:
            return self._ask_once(parts, seconds)

    def end(self) -> None:
        """End the warm process and all its readers; the next file starts another."""
        self._drop(self._server)

    def _drop(self, server: subprocess.Popen[bytes] | None) -> None:
        """End this warm process, unless another has taken its place already."""
        with self._lock:
            if server is None or server is not self._server:
                return
            control, self._control, self._server = self._control, None, None
        if control is not None:
            control.close()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()

    def forget(self) -> None:
        """In a forked copy of this process: let the warm process be that of the original."""
        self._lock = threading.Lock()
        if self._control is not None:
            self._control.close()
        if self._server is not None:
            self._server.returncode = 0  # not a child of this process: nothing to wait for
        self._control = self._server = None

    def _ask_once(self, parts: list[bytes], seconds: int) -> tuple[bytes, int]:
        deadline = time.monotonic() + seconds + GRACE_SECONDS
        connection, given = socket.socketpair()
        ending, given_ending = os.pipe()
        server = None
        try:
            try:
                server = self._send([given.fileno(), given_ending])
            finally:
                given.close()
                os.close(given_ending)
            answer = _exchange(connection, parts, deadline)
            return answer, _read_code(ending, deadline)
        except TimeoutError:
            self._drop(server)
            raise TimeUpError(seconds) from None
        except LostError:
            self._drop(server)
            raise
        finally:
            connection.close()
            os.close(ending)

    def _send(self, numbers: list[int]) -> subprocess.Popen[bytes]:
        """Hand a reader's ends to the warm process and return that process."""
        with self._lock:
            if self._control is None or self._server is None:
                self._control, self._server = _start_server()
            with contextlib.suppress(OSError):  # it is gone: so will be the reader's exit code
                socket.send_fds(self._control, [SIGN], numbers)
            return self._server


def _start_server() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    control, given = socket.socketpair()
    command = [sys.executable, "-P", "-B", "-X", "utf8", "-m", SERVER, str(given.fileno())]
    with given:
        server = subprocess.Popen(
            command,
            cwd="/",
            env=make_environment(Path("/")),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[given.fileno()],
            start_new_session=True,
        )
    return control, server


def _exchange(connection: socket.socket, parts: list[bytes], deadline: float) -> bytes:
    """Send the parts and return all that is answered; raise TimeoutError at the deadline."""
    with contextlib.suppress(ConnectionError):  # its exit code says why
        for part in parts:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            connection.sendall(part)
        connection.shutdown(socket.SHUT_WR)
    answered, size = [], 0
    with contextlib.suppress(ConnectionError):
        while True:
            connection.settimeout(max(0.001, deadline - time.monotonic()))
            piece = connection.recv(1 << 18)
            size += len(piece)
            if not piece:
                break
            if size > MOST_ANSWERED:
                connection.shutdown(socket.SHUT_RDWR)
                break
            answered.append(piece)
    return b"".join(answered)


def _read_code(ending: int, deadline: float) -> int:
    if not select.select([ending], [], [], max(0.0, deadline - time.monotonic()))[0]:
        raise TimeoutError
    written = os.read(ending, EXIT_CODE.size)
    if len(written) < EXIT_CODE.size:
        raise LostError
    code: int = EXIT_CODE.unpack(written)[0]
    return code


client: Final = Client()
atexit.register(client.end)
os.register_at_fork(after_in_child=client.forget)
