"""What stops a move."""

from __future__ import annotations


class MoveError(Exception):
    """A corpus could not be moved, and is where it was; the message says why."""
