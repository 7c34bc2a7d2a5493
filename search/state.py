"""Is the index there, made by today's rules, and does it hold what the database holds?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class IndexState:
    """status, the numbers of speeches and sections held, and a Chinese word on what is wrong."""

    status: Literal["missing", "stale", "damaged", "fresh"]
    speeches: int = 0
    sections: int = 0
    detail: str = ""

    @property
    def is_fresh(self) -> bool:
        """Tell whether searches can be trusted to be complete."""
        return self.status == "fresh"


@dataclass(frozen=True, slots=True)
class Difference:
    """One speech that index and database disagree on; speech_id is None for the whole index."""

    speech_id: int | None
    kind: Literal["missing", "extra", "outdated", "engine", "index"]
    message: str


def read_index_state() -> IndexState:
    """Return the state of the index as a whole, without comparing it speech by speech."""
    raise NotImplementedError


def check_index() -> list[Difference]:
    """Return the differences between published speeches and index."""
    raise NotImplementedError
