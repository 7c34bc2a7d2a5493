"""What the worker does when no file waits: rooms that stand beside it name their work here."""

from __future__ import annotations

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

# Does a portion of the work, some seconds long, and returns whether there was any.
Step = Callable[[], bool]

_steps: list[Step] = []


def add_step(step: Step) -> None:
    """Have the worker ask the step for work; called when the application starts."""
    if step not in _steps:
        _steps.append(step)


def do_step() -> bool:
    """Do a portion of the first work that waits; return whether there was any.

    One that fails is noted and counts as done for now, so that it cannot keep the worker busy.
    """
    for step in _steps:
        try:
            if step():
                return True
        except Exception:
            logger.exception("%s failed", step)
    return False
