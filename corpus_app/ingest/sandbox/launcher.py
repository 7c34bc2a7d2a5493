"""Set the bounds of this process, then become the program: PARENT MEMORY SECONDS FILE_BYTES CMD…

A program of its own because code between fork and exec is unsafe in a server with threads.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

DIE_WITH_PARENT = 1  # of prctl(2)


def main(arguments: list[str]) -> None:
    """Run the command under the bounds (bytes, seconds, bytes of one written file).

    The program ends with the thread of its parent that waits for it.
    """
    parent, memory, seconds, file_bytes = (int(argument) for argument in arguments[:4])
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit(1)
    _bound(resource.RLIMIT_AS, memory)
    _bound(resource.RLIMIT_CPU, seconds)
    _bound(resource.RLIMIT_FSIZE, file_bytes)
    _bound(resource.RLIMIT_CORE, 0)
    # Python ignores this signal and the next program would inherit that.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    os.execvp(arguments[4], arguments[4:])


def _bound(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    try:
        resource.setrlimit(kind, (value, hard))
    except (ValueError, OSError):  # a system without this bound
        return


if __name__ == "__main__":
    main(sys.argv[1:])
