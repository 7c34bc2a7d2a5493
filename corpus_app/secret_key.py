"""The demo's secret key: made once, kept in the data folder, readable by its owner alone."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

FILE_NAME = "secret_key"


def load_or_create_secret_key(folder: Path) -> str:
    """Return the key kept in folder, making folder and key the first time."""
    path = folder / FILE_NAME
    with contextlib.suppress(FileNotFoundError):
        return path.read_text("ascii")
    folder.mkdir(parents=True, exist_ok=True)
    # Two processes may start at once: each writes its own file, the first link wins.
    own = folder / f"{FILE_NAME}.{os.getpid()}"
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(50))
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(own)
    own.unlink()
    return path.read_text("ascii")
