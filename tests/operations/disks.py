"""A small disk of its own, which a test can fill or make read-only for real."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batches.processes import wait_until


@dataclass(frozen=True)
class Disk:
    """A mounted file system of some megabytes."""

    path: Path

    def fill(self) -> None:
        """Leave no byte."""
        with (self.path / "filler").open("ab", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                return

    def empty(self) -> None:
        (self.path / "filler").unlink()

    def remount(self, how: str) -> None:
        """Make it read-only ("ro") or writable ("rw"), once nobody has a file open to write."""
        command = ["mount", "-o", f"remount,{how}", str(self.path)]
        wait_until(lambda: subprocess.run(command, check=False).returncode == 0, 10, how)


@contextmanager
def mount_disk(path: Path, megabytes: int) -> Iterator[Disk]:
    """Yield a disk of that size; the test is skipped where none may be mounted."""
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no mount here")
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield Disk(path)
    finally:
        subprocess.run(["umount", "-l", str(path)], check=False)
