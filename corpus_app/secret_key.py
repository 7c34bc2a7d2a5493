"""The secret key: the demo's own, made once, and what a key of production must be."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

FILE_NAME: Final = "secret_key"
LEAST_LENGTH: Final = 50
# A key that was drawn at random has more different characters than this, in hexadecimal too.
_LEAST_CHARACTERS: Final = 9
# What samples and documentation write in place of a key.
_SAMPLES: Final = ("django-insecure", "change-me", "changeme", "secret-key", "your-key", "example")


def find_weakness(key: str) -> str:
    """Return why the key can be guessed, "" where nothing speaks for it.

    Length alone is no strength: a word said ten times is long, and so is a sample's key.
    """
    if len(key) < LEAST_LENGTH:
        return f"has {len(key)} characters, fewer than {LEAST_LENGTH}"
    if any(sample in key.lower().replace("_", "-") for sample in _SAMPLES):
        return "looks like a sample's key"
    runs = {key[at : at + 3] for at in range(len(key) - 2)}
    if len(set(key)) < _LEAST_CHARACTERS or len(runs) < 0.8 * (len(key) - 2):
        return "repeats itself"
    return ""


def load_or_create_secret_key(folder: Path) -> str:
    """Return the key kept in folder, making folder and key the first time.

    Raises ImproperlyConfigured, which says why, where none can be kept there.
    """
    path = folder / FILE_NAME
    with contextlib.suppress(FileNotFoundError):
        return path.read_text("ascii")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep_new_key(path)
    except OSError as error:
        reason = error.strerror or error
        raise ImproperlyConfigured(f"No secret key can be kept in {folder}: {reason}.") from None
    return path.read_text("ascii")


def _keep_new_key(path: Path) -> None:
    """Two processes may start at once: each writes its own file, the first link wins."""
    own = path.with_name(f"{FILE_NAME}.{os.getpid()}")
    try:
        descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(own)
    finally:
        own.unlink(missing_ok=True)
