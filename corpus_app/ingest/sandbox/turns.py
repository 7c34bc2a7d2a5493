"""How many readers one process may have at a time; who asks first is served first."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class BusyError(Exception):
    """The file cannot be read while its sender would wait."""


class Turns:
    """A number of places, given away in the order in which they are asked for."""

    def __init__(self, places: int) -> None:
        self._places = places
        self.clear()

    def clear(self) -> None:
        """Have all places free and nobody waiting, as a forked copy of the process begins."""
        self._free = self._places
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @contextmanager
    def take(self, patience: float | None = None) -> Iterator[None]:
        """Hold a place inside; raise BusyError where none is free within patience seconds."""
        turn = self._ask()
        if not turn.wait(patience) and not self._give_up(turn):
            raise BusyError
        try:
            yield
        finally:
            self._pass_on()

    def _ask(self) -> threading.Event:
        turn = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                turn.set()
            else:
                self._waiting.append(turn)
        return turn

    def _give_up(self, turn: threading.Event) -> bool:
        """Leave the queue; return True where the turn came at the last moment."""
        with self._lock:
            if turn.is_set():
                return True
            self._waiting.remove(turn)
            return False

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
