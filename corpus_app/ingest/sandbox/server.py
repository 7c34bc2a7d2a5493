"""The warm process: it has loaded all that reading takes, and forks a reader for each file.

It never looks at a file itself. It ends when the process that started it has ended, and its
readers with it. CONTROL, a socket's number, brings for each file a connection and a pipe's end:
the reader answers on the one, its exit code goes into the other.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import sys
from typing import Final, NoReturn

from corpus_app.ingest.formats import load_readers
from corpus_app.ingest.pipeline import parse_bytes
from corpus_app.ingest.sandbox.messages import EXIT_CODE
from corpus_app.ingest.sandbox.reader import read_file
from corpus_app.ingest.sandbox.restraints import follow_parent

# A speech and a page of every stage, so that rules are loaded before the first file comes.
SPEECH: Final = (
    "在工作会议上的讲话\n（2024年3月1日）\n同志们：\n一、抓学习\n要学深悟透“五个认同”。\n"
)
PAGE: Final = f"<html><body><h1>讲话</h1><p>{SPEECH}</p></body></html>"


class Server:
    """Forks readers and tells how each ended."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._endings: dict[int, int] = {}

    def serve(self) -> None:
        """Serve until the other end of the control socket is closed."""
        woken, waker = socket.socketpair()
        waker.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while True:
            ready, _, _ = select.select([self._control, woken], [], [])
            if woken in ready:
                woken.recv(4096)
                self._collect()
            if self._control in ready and not self._take():
                break
        for process in self._endings:
            os.kill(process, signal.SIGKILL)

    def _take(self) -> bool:
        """Fork a reader for the connection that came; return False where none will come."""
        message, numbers, _, _ = socket.recv_fds(self._control, 1, 2)
        if not message:
            return False
        connection, ending = numbers
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            self._read(connection, ending, parent)
        self._endings[process] = ending
        os.close(connection)
        return True

    def _read(self, connection: int, ending: int, parent: int) -> NoReturn:
        try:
            follow_parent(parent)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._control.close()
            for number in (*self._endings.values(), ending):
                os.close(number)
            read_file(socket.socket(fileno=connection))
        finally:
            os._exit(1)

    def _collect(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while True:
                process, status = os.waitpid(-1, os.WNOHANG)
                if not process:
                    return
                ending = self._endings.pop(process)
                with contextlib.suppress(BrokenPipeError):
                    os.write(ending, EXIT_CODE.pack(os.waitstatus_to_exitcode(status)))
                os.close(ending)


def warm_up() -> None:
    """Load everything, so that a forked reader has it at once."""
    load_readers()
    # Several times, for the interpreter makes code faster that it has met before.
    for text, name in ((SPEECH, "a.txt"), (PAGE, "a.html")) * 5:
        parse_bytes(text.encode(), name)
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    warm_up()
    Server(socket.socket(fileno=int(sys.argv[1]))).serve()
