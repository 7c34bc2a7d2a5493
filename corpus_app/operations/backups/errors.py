"""What stops a backup or a restoration."""

from __future__ import annotations


class BackupError(Exception):
    """A backup could not be written, is no backup, or is damaged; the message says why."""
