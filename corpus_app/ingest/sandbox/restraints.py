"""What a process gives up before it reads a file from outside: bounds, and calls to the system."""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import struct
from typing import Final

NICENESS: Final = 5
# Of prctl(2) and seccomp(2).
_DIE_WITH_PARENT, _NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 1, 38, 22, 2
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 1  # the latter answers EPERM
_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_X32: Final = 0x40000000
# By machine: its number; calls that are denied (network, other programs and processes, changes of
# the file system, io_uring as the way round all of them); calls that open a file, and which of
# their arguments bears the flags.
_MACHINES: Final[dict[str, tuple[int, list[int], dict[int, int]]]] = {
    "x86_64": (
        0xC000003E,
        [
            *(41, 42, 43, 49, 50, 53, 288),  # socket connect accept bind listen socketpair accept4
            *(56, 57, 58, 435, 59, 322),  # clone fork vfork clone3 execve execveat
            *(62, 200, 101, 310, 311),  # kill tkill ptrace process_vm_readv process_vm_writev
            *(76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 133, 165, 166),
            *(258, 259, 260, 263, 264, 265, 266, 268, 316, 437, 425, 426, 427),
        ],
        {2: 1, 257: 2},
    ),
    "aarch64": (
        0xC00000B7,
        [
            *(198, 199, 200, 201, 202, 203, 242),
            *(220, 435, 221, 281),
            *(129, 130, 117, 270, 271),
            *(45, 46, 33, 34, 35, 36, 37, 38, 39, 40, 52, 53, 54, 55, 276, 437, 425, 426, 427),
        ],
        {56: 2},
    ),
}


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_char_p)]


def follow_parent(parent: int) -> None:
    """Let the kernel end this process when its parent, that is a single thread, has ended."""
    _control(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def bound_process(seconds: int, memory_bytes: int) -> None:
    """Set the bounds of this process: seconds by the clock and of the processor, address space.

    The kernel ends it by SIGALRM or SIGXCPU when its time is up, whatever code is running.
    memory_bytes counts on top of what the process has now. It goes behind others on the processor
    and is the first to go where the machine's memory runs out; it can write no file.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    with contextlib.suppress(OSError):
        # One that is behind the others already, as the worker's are, stays where it is.
        os.nice(max(0, NICENESS - os.nice(0)))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123
        score.write("1000")
    _bound(resource.RLIMIT_AS, _measure_memory() + memory_bytes)
    # Where both are the same the kernel sends SIGKILL, which would look like want of memory.
    _bound(resource.RLIMIT_CPU, seconds, seconds + 1)
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        _bound(kind, 0)


def forbid_calls() -> bool:
    """Deny this process the network, other processes and all writing; return whether that held.

    A kernel without seccomp, or a machine whose numbers are not known here, leaves the bounds.
    """
    known = _MACHINES.get(platform.machine())
    if known is None:
        return False
    code = _write_filter(*known)
    program = _Program(len(code) // 8, code)
    return _control(_NO_NEW_PRIVILEGES, 1) and _control(
        _SECCOMP, _FILTER, ctypes.addressof(program)
    )


def _write_filter(machine: int, denied: list[int], opening: dict[int, int]) -> bytes:
    """Return the filter as the kernel reads it: instructions of eight bytes, jumps counted."""
    deny, allow = (_RETURN, 0, 0, _DENY), (_RETURN, 0, 0, _ALLOW)
    code = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, machine), deny, (_LOAD, 0, 0, _NUMBER)]
    code += [(_AT_LEAST, 0, 1, _X32), deny]
    for number in denied:
        code += [(_EQUAL, 0, 1, number), deny]
    for number, place in opening.items():
        flags = (_LOAD, 0, 0, _ARGUMENTS + 8 * place)
        mode = (_AND, 0, 0, os.O_ACCMODE | os.O_CREAT | os.O_TRUNC)
        code += [(_EQUAL, 0, 5, number), flags, mode, (_EQUAL, 1, 0, os.O_RDONLY), deny, allow]
    return b"".join(struct.pack("HBBI", *step) for step in [*code, allow])


def _bound(kind: int, soft: int, hard: int | None = None) -> None:
    most = resource.getrlimit(kind)[1]
    values = (soft, soft if hard is None else hard)
    least = [value if most == resource.RLIM_INFINITY else min(value, most) for value in values]
    resource.setrlimit(kind, (least[0], least[1]))


def _control(option: int, *arguments: int) -> bool:
    values = [*arguments, 0, 0, 0, 0][:4]
    call = ctypes.CDLL(None, use_errno=True).prctl
    return call(option, *map(ctypes.c_ulong, values)) == 0


def _measure_memory() -> int:
    """Return the bytes of address space that this process has."""
    with open("/proc/self/statm") as figures:  # noqa: PTH123
        return int(figures.read().split()[0]) * resource.getpagesize()
